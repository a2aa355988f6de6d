"""What the checks said about the newest text, for whom it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext

from branches.browsing.asking import items_for
from branches.models import CheckLevel, CheckResult, Proposal
from branches.rights import may_review, may_revise
from history.facts import label_of

PER_PAGE = 50
_GRAVEST_FIRST = [level.value for level in CheckLevel]


@dataclass(frozen=True, slots=True)
class Shown:
    """One remark as the page shows it. `about` names fact and page, where known."""

    level: CheckLevel
    about: str
    words: str


def remarks_on(request: HttpRequest, proposal: Proposal) -> Any:
    """A page of the remarks for whoever asks for it."""
    found = Paginator(remarks_for(request.user, proposal), PER_PAGE)
    return found.get_page(request.GET.get("remarks"))


def remarks_for(user: Any, proposal: Proposal) -> list[Shown]:
    """The remarks, the gravest first; none for others than those concerned."""
    return [*_of_now(user, proposal), *_of_checks(user, proposal)]


def _of_now(user: Any, proposal: Proposal) -> list[Shown]:
    """What no check could know when the text was handed in."""
    if proposal.author.is_active or not may_review(user):
        return []
    words = gettext(
        "The account of its author is closed. Look at it with special care: nobody can "
        "answer a question."
    )
    return [Shown(CheckLevel.WARN, "", words)]


def _of_checks(user: Any, proposal: Proposal) -> list[Shown]:
    is_concerned = user.pk == proposal.author_id or may_revise(user, proposal)
    if not (is_concerned or may_review(user)) or proposal.latest_revision_id is None:
        return []
    found = list(
        CheckResult.objects.filter(
            proposal=proposal, revision=proposal.latest_revision_id
        )
    )
    found.sort(key=lambda result: _GRAVEST_FIRST.index(result.level))
    return list(_shown(user, proposal, found)) if found else []


def _shown(
    user: Any, proposal: Proposal, results: list[CheckResult]
) -> Iterator[Shown]:
    named = [result.object_uuid for result in results if result.object_uuid]
    known = items_for(user, proposal) if proposal.is_branch else proposal.items
    items = known.filter(object_uuid__in=named).defer("content")
    by_uuid = {item.object_uuid: item for item in items.select_related("content_type")}
    for result in results:
        item = by_uuid.get(result.object_uuid)
        if item is None and result.object_uuid and proposal.is_branch:
            # It is about a page that they may not read, or off the branch by now.
            continue
        about = []
        if item is not None and proposal.is_branch:
            about.append(item.title)
        if item is not None and result.fact:
            label = label_of(item.model, result.fact)
            about.append(f"{label[:1].upper()}{label[1:]}")
        yield Shown(CheckLevel(result.level), ": ".join(about), result.words)
