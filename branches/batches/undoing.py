"""Taking back what was published: the inverse of some versions of each page.

Of versions that follow each other the item on the branch is based on the newest and
says what stood before the oldest, so that the merge takes back just these, keeps what
others edited since, and asks where both are about the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from branches.actions import Piece
from branches.batches.planning import Known, live_subject, read_all
from branches.models import (
    Batch,
    BatchRow,
    ItemOperation,
    Outcome,
    Proposal,
    ProposalItem,
)
from branches.models.batches import REVERT
from core.batch_operations import Unfit
from core.sayings import saying as _
from history.diff.schema import schema_of
from history.facts import disputed_facts
from history.merging import Conflict, merge
from history.models import ChangeSet, Operation, PageVersion
from history.reading import contents_of_versions
from history.reverting.contents import Content, facts_alone

# Versions of one page without others between them, the newest first.
Run = list[PageVersion]
_SHOWS = (Operation.REPUBLISH, Operation.RESTORE)


def changes_undone_by(batch: Batch) -> QuerySet[ChangeSet]:
    """The changes that a batch takes back."""
    if batch.operation == REVERT and batch.undoes is not None:
        return changes_of(batch.undoes.branch)
    return changes_by(**batch.parameters)


def changes_of(branch: Proposal | None) -> QuerySet[ChangeSet]:
    """What a branch became in the history."""
    # One for all of it, or one for each part.
    parts = ProposalItem.objects.filter(proposal=branch, merged_in__isnull=False)
    whole = Q(proposal=branch)
    return ChangeSet.objects.filter(whole | Q(pk__in=parts.values("merged_in")))


def changes_by(
    user: int | None = None, since: str | None = None, until: str | None = None
) -> QuerySet[ChangeSet]:
    """What one account wrote, or all of them, in a time as the database counts it."""
    changes = ChangeSet.objects.all()
    if user is not None:
        own = Q(author=user) | Q(author__isnull=True, publisher=user)
        changes = changes.filter(own)
    if since is not None:
        changes = changes.filter(recorded_at__gte=since)
    if until is not None:
        changes = changes.filter(recorded_at__lte=until)
    return changes


def plan_inverse(batch: Batch, rows: Sequence[BatchRow]) -> list[Piece]:
    """Say of each row in memory what becomes of it; what the branch shall hold."""
    undone = _versions_undone(batch, rows)
    known = read_all(rows)
    texts = _texts(undone.values())
    pieces = []
    for row in rows:
        try:
            piece = _inverse(row, undone.get(row.object_uuid, []), known, texts)
        except Unfit as unfit:
            row.becomes(Outcome.INVALID, str(unfit))
            continue
        if piece is not None:
            pieces.append(piece)
    return pieces


def _versions_undone(
    batch: Batch, rows: Iterable[BatchRow]
) -> dict[UUID | None, list[PageVersion]]:
    """Of each object the versions to take back, the newest first."""
    found = PageVersion.objects.filter(
        changeset__in=changes_undone_by(batch),
        object_uuid__in=[row.object_uuid for row in rows],
    )
    undone: defaultdict[UUID | None, list[PageVersion]] = defaultdict(list)
    for version in found.select_related("parent__payload", "payload").order_by("-seq"):
        undone[version.object_uuid].append(version)
    return dict(undone)


def _texts(undone: Iterable[list[PageVersion]]) -> dict[int, Content]:
    """The facts of the ends of every run; hidden texts are left out."""
    ends = [
        end
        for versions in undone
        for run in _runs(versions)
        for end in (run[0], run[-1].parent)
        if end is not None and not end.text_hidden
    ]
    contents = contents_of_versions(ends, reader=None)
    return {pk: facts_alone(content) for pk, content in contents.items()}


def _runs(versions: Iterable[PageVersion]) -> list[Run]:
    runs: list[Run] = []
    for version in versions:
        if runs and runs[-1][-1].seq == version.seq + 1:
            runs[-1].append(version)
        else:
            runs.append([version])
    return runs


def _inverse(
    row: BatchRow,
    versions: list[PageVersion],
    known: Known,
    texts: Mapping[int, Content],
) -> Piece | None:
    if not versions:
        row.becomes(Outcome.UNCHANGED, _("Nothing was published here."))
        return None
    if versions[0].operation == Operation.DELETE:
        raise Unfit(_("It was deleted. Bring it back from the trash."))
    if versions[0].operation == Operation.UNPUBLISH:
        raise Unfit(_("It was unpublished. Publish it again from its own page."))
    subject, head, before = live_subject(row, known)
    if versions[-1].parent is None or versions[-1].operation in _SHOWS:
        return _hidden_again(row, versions, subject, head, before)
    runs = _runs(versions)
    _refuse_hidden(runs, texts)
    base, wanted, merged, conflicts = _taken_back(subject, runs, head, before, texts)
    place = _former_place(versions, head)
    if merged == before and place is None and not conflicts:
        row.becomes(Outcome.UNCHANGED, _("This was taken back already."))
        return None
    row.becomes(Outcome.CHANGED)
    if conflicts:
        row.becomes(Outcome.CONFLICT, _disputed(subject, conflicts))
    return Piece(
        model=type(subject),
        uuid=subject.uuid,
        title=head.title,
        content=wanted,
        base=base,
        operation=ItemOperation.MOVE if place else ItemOperation.EDIT,
        place_uuid=place,
    )


def _taken_back(
    subject: Any,
    runs: list[Run],
    head: PageVersion,
    before: Content,
    texts: Mapping[int, Content],
) -> tuple[PageVersion, Content, Content, list[Conflict]]:
    """The base of the item and what it says; what comes out of it, and the disputes.

    Where others have published in between, the runs are taken back one after the
    other, and what is in dispute stays as it is today.
    """
    schema: Any = schema_of(type(subject))
    merged = before
    conflicts: list[Conflict] = []
    for run in runs:
        result = merge(
            schema,
            texts[run[0].pk],
            ours=merged,
            theirs=texts[_before(run).pk],
        )
        merged = result.content
        conflicts += result.conflicts
    if len(runs) == 1:
        return runs[0][0], texts[_before(runs[0]).pk], merged, conflicts
    return head, merged, merged, conflicts


def _hidden_again(
    row: BatchRow, versions: Run, subject: Any, head: PageVersion, before: Content
) -> Piece:
    """What these versions made public goes; what others made of it since does not."""
    if head.pk != versions[0].pk or len(_runs(versions)) > 1:
        raise Unfit(
            _(
                "It was made public by this, and others have edited it since. "
                "Unpublish it from its own page if it shall go."
            )
        )
    row.becomes(Outcome.CHANGED, _("It will be unpublished."))
    return Piece(
        model=type(subject),
        uuid=subject.uuid,
        title=head.title,
        content=before,
        base=head,
        operation=ItemOperation.UNPUBLISH,
    )


def _former_place(versions: Run, head: PageVersion) -> UUID | None:
    """Where it goes back to, if it was moved; none if others moved it since."""
    moves = [version for version in versions if version.operation == Operation.MOVE]
    if not moves or moves[-1].parent is None:
        return None
    former = moves[-1].parent.place_uuid
    if head.place_uuid != moves[0].place_uuid or former == head.place_uuid:
        return None
    return former


def _before(run: Run) -> PageVersion:
    before: Any = run[-1].parent
    return before


def _refuse_hidden(runs: list[Run], texts: Mapping[int, Content]) -> None:
    if any(end.pk not in texts for run in runs for end in (run[0], _before(run))):
        raise Unfit(_("The text before it is hidden, so it does not come back."))


def _disputed(subject: Any, conflicts: Iterable[Conflict]) -> str:
    return _("Later edits are about the same: %(facts)s.") % {
        "facts": ", ".join(disputed_facts(type(subject), conflicts))
    }
