"""Things that are proposed to be added and may be there already."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from django.utils.translation import gettext_noop as _

from branches.checks.registry import Remark, check, warn
from branches.checks.subjects import Handed
from branches.merging.items import ItemPlan
from branches.models import ItemOperation

# Names as near as this are one name written in two ways.
NEAR = 0.85
MOST_COMPARED = 5_000


@check("duplicate")
def look_for_duplicates(handed: Handed) -> Iterator[Remark]:
    """A page of nearly the same name beside it."""
    beside = _Beside()
    for item in handed.items:
        plan = item.plan
        if plan.item.operation != ItemOperation.CREATE or plan.place is None:
            continue
        title = str(plan.mine.get("title") or plan.item.title)
        near = (other for other in beside.titles(plan) if is_near(title, other))
        for name in islice(near, 3):
            yield warn(
                _("There is “%(name)s” already. Is it the same?"),
                params={"name": name},
                uuid=plan.item.object_uuid,
                fact="title",
            )


class _Beside:
    """The names of the pages of one kind under one page, read once for all of them."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], list[str]] = {}

    def titles(self, plan: ItemPlan) -> list[str]:
        """Names beside which a new page would stand."""
        # Parks of the whole world stand beside each other.
        country = plan.mine.get("country") or ""
        key = (plan.model, plan.place.pk, country)
        if key not in self._known:
            beside = plan.model.objects.child_of(plan.place).live()
            beside = beside.filter(country=country) if country else beside
            titles = beside.values_list("title", flat=True)[:MOST_COMPARED]
            self._known[key] = list(titles)
        return self._known[key]


def is_near(one: str, other: str) -> bool:
    """Whether two names may be one: case, signs and a few letters apart."""
    first, second = _plain(one), _plain(other)
    if first == second:
        return True
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return (
        matcher.real_quick_ratio() >= NEAR
        and matcher.quick_ratio() >= NEAR
        and matcher.ratio() >= NEAR
    )


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
