"""Finding pages by words: parks, rides, companies and models in one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from parks.gathering import STEP, Part, PublicPages, look_up
from parks.models import (
    CompanyName,
    CompanyPage,
    ParkName,
    ParkPage,
    RideModelPage,
    RideName,
    RidePage,
)

KINDS = {ParkPage: "Park", RidePage: "Ride", CompanyPage: "Company"}
NAMES: dict[str, Any] = {
    "ride_names": RideName,
    "park_names": ParkName,
    "company_names": CompanyName,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A page found, with what tells it from others of its name."""

    page: Any
    kind: str
    above: Page | None
    formerly: str


def find_pages(words: Sequence[str], public: PublicPages) -> Any:
    """Public pages that hold every word, best first, as a sliceable result."""
    pages = public.among(Page.objects.type(*KINDS, RideModelPage))
    return pages.search(" ".join(words), operator="and")


def as_hits(
    pages: Iterable[Page], words: Sequence[str], public: PublicPages
) -> list[Hit]:
    """The pages of one slice with type, place and matching former name."""
    shown = _specific(pages)
    ids = [page.pk for page in shown]
    links = look_up(
        public,
        page_paths=[page.path[:-STEP] for page in shown],
        more={
            name: Part(
                model.objects.filter(page__in=ids),
                ("id", "sort_order", "page_id", "text"),
            )
            for name, model in NAMES.items()
        },
    )
    names: dict[int, list[str]] = {}
    for found in NAMES:
        for name in links.others[found]:
            names.setdefault(name.page_id, []).append(name.text)
    return [
        Hit(
            page,
            KINDS.get(type(page), "Ride model"),
            links.above(page),
            _formerly(page, names.get(page.pk, []), words),
        )
        for page in shown
    ]


def _specific(pages: Iterable[Page]) -> list[Page]:
    """The pages with their own columns: one query for each type among them."""
    order = [page.pk for page in pages]
    found: dict[int, Page] = {}
    for model in (*KINDS, RideModelPage):
        if wanted := [pk for pk in order if pk not in found]:
            found |= model.objects.defer_streamfields().in_bulk(wanted)
    return [found[pk] for pk in order if pk in found]


def _formerly(page: Page, names: Iterable[str], words: Sequence[str]) -> str:
    """The name that explains why the page was found, when its title does not."""
    if _holds(page.title, words):
        return ""
    others = (name for name in names if name != page.title)
    return next((name for name in others if _holds(name, words)), "")


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word.casefold() in folded for word in words)
