"""What search knows of a park, a ride, a maker and a model. Asks no database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from parks.choices import GONE, Intensity, Material, ParkType, RideCategory
from parks.gathering import STEP
from parks.models import CompanyPage
from search.documents import Subject
from search.models import Kind
from search.places import place_names

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """The names of one thing: the current official ones, and all others."""

    official: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.official + self.others


@dataclass(frozen=True, slots=True)
class Around:
    """What some pages are called, and what is around them, by primary key.

    Parks are known by their path as well. Whatever is not public is not in here.
    """

    named: Mapping[int, Named]
    parks_at: Mapping[str, Any]
    makers_of: Mapping[int, set[int]]
    stood_at: Mapping[int, set[int]]
    followers: Mapping[int, int]

    def names_of(self, pages: Iterable[int | None]) -> Iterator[str]:
        """All names of those pages that are public."""
        known = sorted({pk for pk in pages if pk is not None} & self.named.keys())
        return (name for pk in known for name in self.named[pk].all)


def park_subject(page: Row, around: Around) -> Subject:
    named = around.named[page["pk"]]
    place = place_names(page["city"], page["subdivision"], page["country"])
    return Subject(
        pk=page["pk"],
        kind=Kind.PARK,
        official=named.official,
        others=named.others,
        about=(*place, *around.names_of(around.makers_of.get(page["pk"], ()))),
        labels=_english(ParkType(page["park_type"])),
        prose=_prose(page),
        lends=(*named.all, *place),
        is_gone=page["status"] in GONE,
        followers=page["numchild"],
    )


def ride_subject(page: Row, around: Around) -> Subject:
    named = around.named[page["pk"]]
    here = around.parks_at.get(page["path"][:-STEP])
    place = place_names(here.city, here.subdivision, here.country) if here else []
    beside = (
        *around.stood_at.get(page["pk"], ()),
        *([here.pk] if here else []),
        *around.makers_of.get(page["pk"], ()),
        page["model_id"],
    )
    return Subject(
        pk=page["pk"],
        kind=Kind.RIDE,
        official=named.official,
        others=named.others,
        about=(*around.names_of(beside), *place),
        labels=_english(
            RideCategory(page["category"]),
            *(Material(material) for material in [page["material"]] if material),
            *(Intensity(level) for level in [page["intensity"]] if level),
        ),
        prose=_prose(page),
        is_gone=page["status"] in GONE,
        followers=here.numchild if here else 0,
    )


def maker_subject(page: Row, around: Around) -> Subject:
    named = around.named[page["pk"]]
    return Subject(
        pk=page["pk"],
        kind=Kind.MAKER,
        official=named.official,
        others=named.others,
        about=tuple(place_names("", "", page["country"])),
        labels=(
            page["kind"],
            *(role for role in CompanyPage.ROLES if page[f"is_{role}"]),
        ),
        prose=_prose(page),
        lends=named.all,
        is_gone=page["dissolved"] is not None,
        followers=around.followers.get(page["pk"], 0),
    )


def model_subject(page: Row, around: Around) -> Subject:
    named = around.named[page["pk"]]
    return Subject(
        pk=page["pk"],
        kind=Kind.MODEL,
        official=named.official,
        about=tuple(around.names_of([page["manufacturer_id"]])),
        labels=_english(RideCategory(page["category"])),
        prose=_prose(page),
        lends=named.all,
        followers=around.followers.get(page["pk"], 0),
    )


SUBJECT_OF: dict[Kind, Callable[[Row, Around], Subject]] = {
    Kind.PARK: park_subject,
    Kind.RIDE: ride_subject,
    Kind.MAKER: maker_subject,
    Kind.MODEL: model_subject,
}


def _prose(page: Row) -> tuple[str, ...]:
    story = page["body"]
    return tuple(map(str, story.stream_block.get_searchable_content(story)))


def _english(*kinds: TextChoices) -> tuple[str, ...]:
    """Labels in the language of the wiki, whoever publishes: they are stored."""
    with override(settings.LANGUAGE_CODE):
        return tuple(str(kind.label) for kind in kinds)
