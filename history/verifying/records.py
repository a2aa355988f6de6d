"""What is recorded of a version beside its text has to follow from its text (I3)."""

from collections.abc import Iterator

from history.models import PageVersion
from history.recording.texts import Texts


def problems_of_record(
    version: PageVersion, before: PageVersion | None, texts: Texts
) -> Iterator[str]:
    """What lists, blame and filters would tell of a version that its text does not."""
    if version.size != texts.size:
        yield f"has {texts.size} bytes, and is said to have {version.size}"
    elif version.growth != texts.size - (before.size if before else 0):
        yield "is said to have grown by another number of bytes than it did"
    title = texts.facts.get("title")
    # What is hidden shows no title; that of a snippet is made up.
    if title is not None and not version.text_hidden and version.title != title[:255]:
        yield "is called otherwise in lists than in its text"
    if version.changed_facts != texts.changed_facts():
        yield "does not name the facts that it changed"
    paths = sorted(change.path for change in version.fact_changes.all())
    if paths != texts.changed_paths():
        yield "is not found by the facts that it changed"
