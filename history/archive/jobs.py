"""The archive's long work: archive, restore, check. Begun again, each goes on."""

import logging
from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from core.jobs.kinds import Kind, register_kind
from core.jobs.turns import Turn
from history.archive.checking import faults_in, orphans
from history.archive.files import remove_file
from history.archive.moving import Moved, archive_chunk, chunks
from history.archive.policy import default_age, eligible, explain
from history.archive.restoring import restore_chunk
from history.models import ArchiveBundle, PageVersion

logger = logging.getLogger("thrillwiki.archive")

ARCHIVE = "archive"
RESTORE = "restore_archive"
CHECK = "check_archive"
SLOT = "archive"
MOST_NAMED = 50


def archive(turn: Turn) -> dict[str, Any]:
    """Move what may go, chunk by chunk, and remove files that no version is in."""
    job = turn.job
    older_than = job.option("older_than", default_age())
    within = _within(job.options)
    if job.option("dry_run"):
        reasons = explain(older_than=older_than, within=within)
        return {"eligible": reasons.pop("", 0), "kept": reasons}
    going = eligible(older_than=older_than, within=within)
    for chunk in chunks(_sized(turn, going)):
        turn.go_on()
        began = monotonic()

        def committing(moved: Moved, began: float = began) -> None:
            report = _added(job.report, moved, monotonic() - began)
            turn.keep(done=job.done + moved.versions, report=report)

        moved = archive_chunk(pks=chunk, eligible=going, committing=committing)
        for name in moved.unsound:
            logger.error("Not archived, its text is not what was recorded: %s", name)
    removed = []
    for name in orphans():
        turn.go_on()
        remove_file(name)
        removed.append(name)
    return {**job.report, "files_removed": removed[:MOST_NAMED]}


def restore(turn: Turn) -> dict[str, Any]:
    """Bring versions back into the database."""
    job = turn.job
    asked = PageVersion.objects.filter(
        _within(job.options) or Q(), bundle__isnull=False
    ).order_by("bundle", "bundle_entry")
    damaged: list[str] = []
    for chunk in chunks(_sized(turn, asked)):
        turn.go_on()

        def committing(restored: int) -> None:
            turn.keep(done=job.done + restored)

        lost = restore_chunk(pks=chunk, committing=committing)
        damaged += [
            f"{damage.version} ({damage.version.object_uuid})" for damage in lost
        ]
    return {"versions": job.done, "damaged": damaged[:MOST_NAMED]}


def check(turn: Turn) -> dict[str, Any]:
    """Read every bundle and note on its row what is wrong with it."""
    job = turn.job
    waiting = ArchiveBundle.objects.exclude(checked_at__gt=job.started_at)
    waiting = waiting.order_by(F("checked_at").asc(nulls_first=True), "pk")
    turn.keep(total=job.done + waiting.count())
    damaged: list[str] = list(job.report.get("damaged", ()))
    for bundle in list(waiting):
        faults = [str(fault) for fault in faults_in(bundle)]
        for fault in faults:
            logger.error("The archive is damaged: %s", fault)
        ArchiveBundle.objects.filter(pk=bundle.pk).update(
            checked_at=Now(), problem=" ".join(faults)[:300]
        )
        damaged += faults
        report = {"bundles": job.done + 1, "damaged": damaged[:MOST_NAMED]}
        turn.go_on(done=job.done + 1, report=report)
    return dict(job.report)


def _sized(turn: Turn, versions: QuerySet[PageVersion]) -> Sequence[tuple[int, int]]:
    """Keys and sizes of what is left to do; says on the job how many they are."""
    done, limit = turn.job.done, turn.job.option("limit")
    left = None if limit is None else max(limit - done, 0)
    sized = list(versions.values_list("pk", "size")[:left])
    turn.go_on(total=done + len(sized))
    return sized


def _within(options: dict[str, Any]) -> Q | None:
    """The versions the job was asked for: of one object, in one bundle, or one."""
    names = ("object_uuid", "bundle_id", "pk")
    asked = {name: options[name] for name in names if options.get(name) is not None}
    return Q(**asked) if asked else None


def _added(report: dict[str, Any], moved: Moved, seconds: float) -> dict[str, Any]:
    """The report with one more chunk in it."""

    def sum_of(name: str, more: float) -> float:
        return report.get(name, 0) + more

    before = sum_of("bytes_before", moved.raw_bytes)
    after = sum_of("bytes_after", moved.bytes)
    versions = sum_of("versions", moved.versions)
    seconds = sum_of("seconds", seconds)
    return {
        "versions": versions,
        "bundles": sum_of("bundles", moved.bundles),
        "bytes_before": before,
        "bytes_after": after,
        "ratio": round(before / after, 1) if after else 0,
        "seconds": round(seconds, 3),
        "versions_per_second": round(versions / seconds) if seconds else 0,
        "unsound": [*report.get("unsound", ()), *moved.unsound][:MOST_NAMED],
    }


def register() -> None:
    """Make the archive's kinds of work known."""
    for kind in (
        Kind(ARCHIVE, "Archive old versions", SLOT, archive, is_bulk=True),
        Kind(RESTORE, "Restore archived versions", SLOT, restore, is_bulk=True),
        Kind(CHECK, "Check the archive", "archive check", check, is_bulk=True),
    ):
        register_kind(kind)
