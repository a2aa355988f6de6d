"""How much is changed at once, and by whom."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from branches.checks.registry import Remark, block, check, inform, warn
from branches.checks.subjects import Handed
from branches.models import NoteKind, Proposal, ProposalNote
from branches.rights import most_open
from branches.states import ProposalState
from branches.suggesting.story import as_plain
from history.facts import texts_in
from history.models import ChangeSet

HANDED_IN_AN_HOUR = 20
MANY = 10
# Of a text, what may go without anybody being told; shorter ones are no story.
REMOVED = 0.3
SHORTEST = 200


@check("rate")
def look_at_rate(handed: Handed) -> Iterator[Remark]:
    """More in an hour than one person can look up."""
    author = handed.proposal.author
    if most_open(author) is None:
        return
    lately = ProposalNote.objects.filter(
        author=author,
        kind__in=(NoteKind.SUBMITTED, NoteKind.REVISED),
        made_at__gt=timezone.now() - timedelta(hours=1),
    )
    if lately.count() > HANDED_IN_AN_HOUR:
        yield block(
            _("More than %(count)s in one hour. Wait a little and hand it in again."),
            params={"count": HANDED_IN_AN_HOUR},
        )


@check("many")
def look_at_number(handed: Handed) -> Iterator[Remark]:
    """Many objects at once."""
    count = len(handed.items)
    if count > MANY:
        yield warn(_("It changes %(count)s pages at once."), params={"count": count})


@check("removed")
def look_for_removed_text(handed: Handed) -> Iterator[Remark]:
    """A story that loses much of what it tells."""
    for item in handed.items:
        if "body" not in item.changes:
            continue
        before, after = (
            sum(len(as_plain(text)) for text in texts_in(content.get("body")))
            for content in (item.was, item.says)
        )
        if before >= SHORTEST and after < before * (1 - REMOVED):
            yield warn(
                _("%(share)s %% of the story would go."),
                params={"share": round(100 * (before - after) / before)},
                uuid=item.plan.item.object_uuid,
                fact="body",
            )


@check("first")
def look_for_first(handed: Handed) -> Iterator[Remark]:
    """The first change of a person."""
    author = handed.proposal.author
    has_merged = Proposal.objects.by(author).filter(state=ProposalState.MERGED)
    if not has_merged.exists() and not ChangeSet.objects.filter(author=author).exists():
        yield inform(_("The first change of this member."))
