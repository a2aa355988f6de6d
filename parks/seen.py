"""A park or ride as it appears from a viewpoint: its name, status and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.partial_dates import PartialDate
from core.wording import in_a_sentence
from parks.as_of import Certainty, LifeThen, life_as_of, name_as_of
from parks.choices import OPEN_TO_VISITORS, RideStatus
from parks.timeline import life_on
from parks.viewpoint import Viewpoint

NOT_THERE_YET = _("Not there yet")


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands at the head of a page and in a line of a list.

    `name` is the row of the name, if it has one; `label` the status in words.
    """

    title: str
    name: Any
    status: str
    label: str
    opened: PartialDate | None
    closed: PartialDate | None
    other_names: tuple[Any, ...] = ()
    there: Certainty = Certainty.CERTAINLY
    is_certain: bool = True

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_TO_VISITORS

    @property
    def is_doubtful(self) -> bool:
        """Whether the dates known leave its standing open."""
        return bool(self.there) and not self.is_certain


def seen_now(page: Any, names: Iterable[Any] = ()) -> Seen:
    """A page by the columns that were computed for today."""
    name = next((name for name in names if name.is_current_official), None)
    label = page.get_status_display()
    return Seen(page.title, name, page.status, label, page.opened, page.closed)


def seen_from(
    view: Viewpoint, page: Any, *, names: Iterable[Any], periods: Iterable[Any]
) -> Seen:
    """A page by its rows, on the day of the viewpoint."""
    names, periods = list(names), list(periods)
    current = next((name for name in names if name.is_current_official), None)
    if view.as_of is None:
        if view.last_known_day is None:
            return seen_now(page, names)
        life = life_on(view.last_known_day, periods)
        label = _label(page, life.status)
        dates = life.opened, life.closed
        return Seen(page.title, current, life.status, label, *dates)
    then = life_as_of(view.as_of, periods)
    name, others = name_as_of(view.as_of, names)
    return Seen(
        title=name.text if name is not None else page.title,
        name=name or current,
        status=then.status if then.there else RideStatus.UNKNOWN,
        label=_label_then(page, then),
        opened=then.opened,
        closed=then.closed,
        other_names=others,
        there=then.there,
        is_certain=then.is_certain,
    )


def _label_then(page: Any, then: LifeThen) -> str:
    if not then.there:
        return gettext(NOT_THERE_YET)
    first, *rest = (_label(page, status) for status in (then.status, *then.others))
    return gettext(" or ").join([first, *(in_a_sentence(label) for label in rest)])


def _label(page: Any, status: str) -> str:
    return str(dict(page._meta.get_field("status").choices).get(status, status))
