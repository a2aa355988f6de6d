"""Nobody publishes over a version they have not seen.

Stock Wagtail lets the second of two editors who opened one form put back what the
first one changed. Here a publish has to begin from what is live when it happens.
"""

from typing import Any

from django.dispatch import receiver

from wagtail.models import Revision

from core.publishing import publishing
from history.conflicts.meanwhile import published_since
from history.conflicts.refusals import StalePublish
from history.content import facts_in, fingerprint
from history.models import ObjectHead, PageVersion
from history.serializer import text_with


@receiver(publishing)
def refuse_stale(action: Any, live: int | None, **kwargs: Any) -> None:
    refuse_if_stale(action.object, action.revision, live)


def refuse_if_stale(subject: Any, revision: Revision, live: int | None) -> None:
    """Raise StalePublish for a text begun from something else than what is live.

    A revision that was live once may go live again: who publishes it by itself means
    to go back to it.
    """
    begun_from = beginnings_of(revision)
    if live == revision.pk or not is_stale(subject, begun_from, live):
        return
    if PageVersion.objects.filter(revision_pk=revision.pk).exists():
        return
    raise StalePublish(subject, published_since(subject.uuid, begun_from[0]))


def is_stale(subject: Any, begun_from: list[int | None], live: int | None) -> bool:
    """Whether something else was published since, and changed anything."""
    if live is None or live in begun_from or not hasattr(subject, "uuid"):
        return False
    return not _says_what_is_live(subject, begun_from[0])


def beginnings_of(revision: Revision) -> list[int | None]:
    """The live revision that a draft was begun from, as it knows it itself.

    The second one is the draft it was written over: that may have gone live since.
    """
    content = revision.content
    return [content.get("live_revision"), content.get("latest_revision")]


def beginning_of_draft(subject: Any, live: int | None) -> int | None:
    """What a text that is edited further from the newest draft was begun from."""
    draft = subject.get_latest_revision()
    if draft is None or not subject.has_unpublished_changes:
        return live
    known = beginnings_of(draft)
    return live if live in (draft.pk, *known) else known[0]


def _says_what_is_live(subject: Any, revision_pk: int | None) -> bool:
    """Whether a revision has the facts of the newest version: then nothing changed."""
    revision = Revision.objects.filter(pk=revision_pk).first()
    head = ObjectHead.objects.filter(pk=subject.uuid).select_related("version").first()
    if revision is None or head is None or head.version is None:
        return False
    text = text_with(subject, facts_in(type(subject), revision.content))
    return fingerprint(text) == head.version.sha256
