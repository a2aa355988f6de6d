"""Whether what a merge would write is sound: it can be stored, read and published."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from branches.merging.items import Problem, ProblemKind
from core.models import ContentPage
from core.refusals import NotPublishable
from core.sayings import as_saying, of_error
from core.sayings import saying as _
from history.content import Versioned
from history.facts import label_of
from history.merging import Result
from history.reverting.contents import Content, check, drafted, facts_of, stored_data


def problems_of_text(
    subject: Versioned, result: Result, after: Content, place: Any
) -> list[Problem]:
    """Why the merged content would not be sound, where it shall stand.

    `after` is what would be stored of it; `place` is the page it moves to, if any.
    """
    model: Any = type(subject)
    found = list(_dangling(model, result.content, after))
    moves = place is not None
    if not found and not result.conflicts and (moves or after != result.ours):
        draft: Any = drafted(subject, stored_data(subject), after)
        if moves:
            draft._cached_parent_obj = place
        found += _unsound(draft, live=None if moves else subject)
    return found


def problems_of_addition(page: ContentPage, wanted: Content) -> list[Problem]:
    """Why a page that is new could not be published with these facts."""
    return list(_dangling(type(page), wanted, facts_of(page))) or _unsound(page)


def problems_of_arrival(subject: Versioned, after: Content) -> list[Problem]:
    """What stands against a place that the merge itself adds."""
    draft: Any = drafted(subject, stored_data(subject), after)
    said = draft.keeps_from_arriving()
    return [Problem(ProblemKind.VALIDATION, said)] if said else []


def unreadable(title: str, why: Exception) -> Problem:
    """A content that code has put there, and that no field can hold."""
    told = of_error(why) if isinstance(why, ValidationError) else as_saying(str(why))
    said = _("What “%(title)s” shall say cannot be read: %(why)s")
    return Problem(ProblemKind.VALIDATION, said % {"title": title, "why": told})


def _unsound(draft: Versioned, live: Versioned | None = None) -> list[Problem]:
    try:
        check(draft, live=live)
    except NotPublishable as problem:
        return [Problem(ProblemKind.VALIDATION, str(problem))]
    return []


def _dangling(model: Any, wanted: Content, stored: Content) -> Iterator[Problem]:
    """Facts that lose a row or a link when the content is stored."""

    def is_poorer(was: Any, now: Any) -> bool:
        if isinstance(was, list):
            return len(was) > len(now or [])
        return was is not None and now is None

    for name, value in sorted(wanted.items()):
        if name in stored and is_poorer(value, stored[name]):
            fact = {"fact": capfirst(label_of(model, name))}
            said = _("%(fact)s: something it names has been deleted meanwhile.")
            yield Problem(ProblemKind.DANGLING, said % fact)
