"""The cards of pages, lists, countries and the wiki. None of what is not public."""

from collections.abc import Callable
from typing import Any

from core.partial_dates import PartialDate
from core.templatetags.facts import when, year_of
from parks.cards.card import MOST_FIGURES, Card, Figure, counted, measured
from parks.choices import RideStatus
from parks.countries import NOT_KNOWN, country_name
from parks.country_contents import rides_in
from parks.gathering import PublicPages
from parks.index_contents import count_below
from parks.lists.kinds import BY_SLUG, RideList
from parks.models import CompanyPage, ParkPage, RideModelPage, RidePage
from parks.rides_shown import ListedRide, list_rides

TOP_SHOWN = 3


def card_of_park(park: ParkPage, public: PublicPages) -> Card:
    """Where it is, since when, and how many rides stand there."""
    open_rides = public.among(RidePage.objects.operating())
    rides = count_below([park], open_rides)[park.path]
    return Card(
        kicker=park.get_park_type_display(),
        names=_names(park),
        lead=park.place(),
        figures=(
            *_life(park.opened, park.closed),
            *counted("Rides open", rides or None),
            Figure("Status", park.get_status_display()),
        ),
    )


def card_of_ride(ride: RidePage, public: PublicPages) -> Card:
    """Its park and its best figures; how it stands where too few are known."""
    (shown,) = list_rides(public, RidePage.objects.filter(pk=ride.pk))
    inversions = shown.inversions or None
    figures = [
        *measured("Height", shown.height),
        *measured("Speed", shown.speed),
        *measured("Length", shown.length),
        *_life(ride.opened, ride.closed),
        *counted("Inversions", inversions),
    ]
    if len(figures) < MOST_FIGURES:
        figures.append(Figure("Status", ride.get_status_display()))
    material = ride.get_material_display() if ride.material else ""
    return Card(
        kicker=" · ".join(filter(None, [ride.get_category_display(), material])),
        names=_names(ride),
        lead=", ".join(filter(None, [_title(shown.park), *map(_title, shown.makers)])),
        figures=tuple(figures[:MOST_FIGURES]),
    )


def card_of_company(company: CompanyPage, public: PublicPages) -> Card:
    """What it does, since when, and how many rides it had a hand in."""
    rides = public.among(
        RidePage.objects.filter(pk__in=company.ride_credits.values("page"))
    )
    parks = public.among(
        ParkPage.objects.filter(pk__in=company.park_terms.values("page"))
    )
    roles = [role for role in CompanyPage.ROLES if getattr(company, f"is_{role}")]
    return Card(
        kicker=", ".join(roles).capitalize() or company.get_kind_display(),
        names=_names(company),
        lead=country_name(company.country) if company.country else "",
        figures=(
            *counted("Founded", year_of(company.founded)),
            *counted("Dissolved", year_of(company.dissolved)),
            *counted("Rides", rides.count() or None),
            *counted("Parks", parks.count() or None),
        )[:MOST_FIGURES],
    )


def card_of_model(model: RideModelPage, public: PublicPages) -> Card:
    """Who makes it, since when, and how many rides were built to it."""
    rides = public.among(model.rides.all())
    first = rides.exclude(opened="").oldest_first().first()
    maker = model.manufacturer
    return Card(
        kicker=f"{model.get_category_display()} model",
        names=(model.title,),
        lead=maker.title if public.has(maker) and maker is not None else "",
        figures=(
            *counted("Introduced", year_of(model.introduced)),
            *counted("Rides", rides.count() or None),
            *counted("Rides open", rides.operating().count() or None),
            *counted("First opened", year_of(first.opened) if first else None),
        ),
    )


def card_of_country(code: str, public: PublicPages) -> Card | None:
    """How much there is, and its tallest coaster; None where no park is recorded."""
    parks = public.among(ParkPage.objects.in_country(code))
    one = parks.values_list("path", flat=True).first()
    if one is None:
        return None
    rides = rides_in(parks, one, public)
    tallest = BY_SLUG["tallest-coasters"]
    best = list_rides(public, tallest.choose(rides)[:1])
    return Card(
        kicker="Country",
        names=(country_name(code),),
        lead="Theme parks and rides",
        figures=(
            *counted("Parks", parks.count()),
            *counted("Rides", rides.count() or None),
            *(_line(tallest, shown) for shown in best),
        ),
    )


def card_of_wiki(public: PublicPages) -> Card:
    """What it is, and how much it holds."""
    parks = public.among(ParkPage.objects.all())
    known = parks.exclude(country=NOT_KNOWN).order_by()
    return Card(
        kicker="Theme parks and rides",
        names=("Every ride has a story. Here is its record.",),
        lead="An encyclopedia in which every fact has a history",
        figures=(
            *counted("Parks", parks.count() or None),
            *counted("Countries", known.values("country").distinct().count() or None),
            *counted("Rides", public.among(RidePage.objects.all()).count() or None),
        ),
    )


def card_of_list(kind: RideList, public: PublicPages) -> Card:
    """The first three of a list, each with the figure that brought it there."""
    rides = kind.choose(public.among(RidePage.objects.all()))[:TOP_SHOWN]
    return Card(
        kicker=f"Lists · {kind.group}",
        names=(str(kind.heading),),
        lead=str(kind.lead),
        figures=tuple(_line(kind, shown) for shown in kind.lines(public, rides)),
    )


KINDS: dict[type, Callable[[Any, PublicPages], Card]] = {
    ParkPage: card_of_park,
    RidePage: card_of_ride,
    CompanyPage: card_of_company,
    RideModelPage: card_of_model,
}


def card_of_page(pk: int) -> Card | None:
    """The card of a public page; None where there is none to show."""
    public = PublicPages()
    for model, card_of in KINDS.items():
        found = public.among(model.objects.filter(pk=pk)).first()  # type: ignore[attr-defined]  # a page's model
        if found is not None:
            return card_of(found, public)
    return None


def _names(page: Any) -> tuple[str, ...]:
    others = page.names.values_list("text", flat=True)
    return tuple(dict.fromkeys([page.title, *others]))


def _title(page: Any) -> str:
    return page.title if page is not None else ""


def _life(opened: PartialDate | None, closed: PartialDate | None) -> list[Figure]:
    years = counted("Opened", year_of(opened)), counted("Closed", year_of(closed))
    return [figure for found in years for figure in found]


def _line(kind: RideList, shown: ListedRide) -> Figure:
    fact = _fact(kind, shown)
    if isinstance(fact, PartialDate):
        return Figure(shown.seen.title, when(fact) if kind.moment else year_of(fact))
    if fact is None:
        return Figure(shown.seen.title, str(RideStatus(shown.ride.status).label))
    return (measured if kind.fact != "inversions" else counted)(shown.seen.title, fact)[
        0
    ]


def _fact(kind: RideList, shown: ListedRide) -> Any:
    if kind.moment == "closes":
        return shown.until
    if kind.fact in ("", "opened"):
        return shown.seen.opened
    return getattr(shown, kind.fact)
