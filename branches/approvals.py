"""How many people have to approve a proposal, and who has.

What moves, renames, closes or removes something, and what changes many pages at once,
two people look at. Whoever deletes a page with all that stands below it needs an
administrator for one of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from wagtail.models import TaskState

from branches.merging.items import ItemPlan
from branches.models import Approval, ItemOperation, Proposal, ProposalItem
from branches.states import REVIEWED
from history.content import changed_facts
from history.models import PageVersion

# More objects than that are looked at twice.
MANY = 10
_WEIGHTY = frozenset(
    {
        *(ItemOperation.MOVE, ItemOperation.RENAME),
        *(ItemOperation.UNPUBLISH, ItemOperation.DELETE),
    }
)


@dataclass(frozen=True, slots=True)
class Needed:
    """So many different people, one of them an administrator perhaps."""

    number: int = 1
    admin: bool = False

    def is_met_by(self, people: Iterable[Any]) -> bool:
        """Whether these are enough."""
        known = {person.pk: person for person in people}
        has_admin = any(person.is_superuser for person in known.values())
        return len(known) >= self.number and (has_admin or not self.admin)


def needed_for(proposal: Proposal, plans: Iterable[ItemPlan]) -> Needed:
    """How many approvals the merge of a proposal needs.

    Of one with many objects the plans may be left out: it needs two for being large.
    """
    if not settings.SECOND_APPROVALS:
        return Needed()
    rows = ProposalItem.objects.filter(proposal=proposal)
    operations = dict(rows.values_list("object_uuid", "operation"))
    going = [uuid for uuid, deed in operations.items() if deed == ItemOperation.DELETE]
    if going and _has_pages_below(going):
        return Needed(2, admin=True)
    is_large = len(operations) > MANY or _WEIGHTY & set(operations.values())
    if is_large or any(map(_is_weighty, plans)):
        return Needed(2)
    return Needed()


def _has_pages_below(uuids: Iterable[Any]) -> bool:
    versions = PageVersion.objects.filter(object_uuid__in=uuids)
    return versions.filter(page__numchild__gt=0).exists()


def _is_weighty(plan: ItemPlan) -> bool:
    """Whether it changes what others rely on; what is new, nobody relies on yet."""
    if plan.item.operation == ItemOperation.CREATE:
        return False
    weighty = getattr(plan.model, "weighty_facts", ())
    return not set(weighty).isdisjoint(changed_facts(plan.before, plan.after))


def approvals_of(proposal: Proposal) -> list[Approval]:
    """Those that count: of the text as it is, in the review that goes on."""
    # The last step of a workflow ends it before it publishes.
    workflow = proposal.workflow_states.order_by("-pk").first()
    return list(
        proposal.approvals.filter(
            review__workflow_state=workflow,
            # Changes asked for in a review undo what others had approved in it.
            review__status__in=(
                TaskState.STATUS_IN_PROGRESS,
                TaskState.STATUS_APPROVED,
            ),
            content_hash=proposal.content_hash,
        ).select_related("person")
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How the approvals of a proposal stand, as its page says it."""

    needed: Needed
    given: tuple[Approval, ...]

    @property
    def number(self) -> int:
        return len(self.given)

    @property
    def is_for_several(self) -> bool:
        return self.needed.number > 1

    @property
    def wants_admin(self) -> bool:
        """Whether an administrator has to be among those who are still to approve."""
        return self.needed.admin and not any(
            one.person.is_superuser for one in self.given
        )

    def has(self, user: Any) -> bool:
        """Whether this person has approved already."""
        return any(one.person_id == user.pk for one in self.given)

    def is_met_with(self, user: Any) -> bool:
        """Whether the approval of this person would be the last one needed."""
        return self.needed.is_met_by([user, *(one.person for one in self.given)])


def standing_of(proposal: Proposal, plans: Iterable[ItemPlan]) -> Standing:
    """How many approvals a proposal needs and has."""
    needed = needed_for(proposal, plans)
    given = approvals_of(proposal) if needed.number > 1 else ()
    return Standing(needed, tuple(given))


def approval_context(
    proposal: Proposal, plans: Iterable[ItemPlan], user: Any
) -> dict[str, Any]:
    """What templates/branches/_approvals.html shows while it is in review."""
    if proposal.state not in REVIEWED:
        return {}
    standing = standing_of(proposal, plans)
    return {
        "standing": standing,
        "has_approved": standing.has(user) and not standing.is_met_with(user),
        "is_last_approval": standing.is_met_with(user),
    }
