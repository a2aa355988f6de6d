"""Running the archive in a test, and what stands in the database before and after."""

from typing import Any

from core.jobs.actions import start_job
from core.jobs.models import Job, JobState
from core.jobs.running import run
from history.archive.jobs import ARCHIVE, RESTORE
from history.models import PageVersion
from history.reading import stored_texts


def archive(**options: Any) -> Job:
    """Archive whatever may go, whatever its age, and expect it to be done."""
    return done(ARCHIVE, {"older_than": 0, **options})


def restore(**options: Any) -> Job:
    """Bring versions back, and expect it to be done."""
    return done(RESTORE, options)


def done(kind: str, options: dict[str, Any]) -> Job:
    """Start a job and do it in this process."""
    job: Job = run(start_job(kind=kind, by=None, options=options, ring=False).pk)
    assert job.state == JobState.DONE, job.message
    return job


def archived(page: Any) -> list[int]:
    """The numbers of a page's versions that are in a bundle."""
    cold = PageVersion.objects.filter(object_uuid=page.uuid, bundle__isnull=False)
    return sorted(cold.values_list("seq", flat=True))


def texts_of(page: Any) -> dict[int, str]:
    """All texts of a page by the number of their version."""
    versions = list(PageVersion.objects.filter(object_uuid=page.uuid))
    texts = stored_texts(versions)
    return {version.seq: texts[version.pk] for version in versions}
