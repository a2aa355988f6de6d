"""The lists of rides: records, comings and goings, and what still needs help."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.wording import Words
from parks.choices import COASTERS, OPEN_TO_VISITORS, RideStatus
from parks.gathering import PublicPages
from parks.rides_shown import ListedRide, list_rides, with_closing_days

Rides = Any  # a RideQuerySet

RECORDS = _("Records")
COMINGS_AND_GOINGS = _("Comings and goings")
NEEDS_HELP = _("What needs help")


@dataclass(frozen=True, slots=True)
class RideList:
    """One list: which rides in which order, and the fact it is about.

    `fact` names an attribute of ListedRide that ranks the rides; empty where nothing
    does. `is_plain` leaves the figures out of the table, and `moment` says which day
    stands there: when a ride "opens" or "closes"; else the years of its life.
    """

    slug: str
    heading: Words
    lead: Words
    group: Words
    choose: Callable[[Rides], Rides]
    fact: str = ""
    is_plain: bool = False
    moment: Literal["", "opens", "closes"] = ""

    def lines(self, public: PublicPages, rides: Rides) -> list[ListedRide]:
        """Some rides of the list, with what it tells of them."""
        shown = list_rides(public, rides)
        return with_closing_days(shown) if self.moment == "closes" else shown


def _open_coasters(rides: Rides) -> Rides:
    return rides.operating().filter(category__in=COASTERS)


def _known(rides: Rides, figure: str) -> Rides:
    return rides.filter(**{f"{figure}__isnull": False})


def _opening(rides: Rides) -> Rides:
    coming = (RideStatus.ANNOUNCED, RideStatus.UNDER_CONSTRUCTION)
    # "before 2027" has no lower bound; its upper one says where it belongs.
    day = Coalesce("opened_lower", "opened_upper")
    return rides.filter(status__in=coming).order_by(day.asc(nulls_last=True), "title")


def _closing(rides: Rides) -> Rides:
    to_come = Q(
        status_periods__status__in=OPEN_TO_VISITORS,
        status_periods__ended_upper__gte=timezone.localdate(),
    )
    return (
        rides.operating()
        .filter(to_come)
        .order_by("status_periods__ended_upper", "title", "pk")
        .distinct()
    )


def _gone_lately(rides: Rides) -> Rides:
    day = Coalesce("closed_lower", "closed_upper")
    gone = rides.defunct().exclude(closed="")
    return gone.order_by(day.desc(nulls_last=True), "title")


def _moved(rides: Rides) -> Rides:
    # The count in a query of its own: joined, it would multiply with other rows.
    several = (
        rides.model.objects.annotate(places=Count("stays"))
        .filter(places__gt=1)
        .values("pk")
    )
    return rides.filter(pk__in=several).by_name()


def _most_inversions(rides: Rides) -> Rides:
    return (
        _open_coasters(rides)
        .with_figures()
        .filter(most_inversions__gt=0)
        .order_by(F("most_inversions").desc(), "title")
    )


def _without_figures(rides: Rides) -> Rides:
    known = Q(tracks__height_si__isnull=False) | Q(tracks__speed_si__isnull=False)
    of_coasters = rides.counted().filter(category__in=COASTERS)
    return of_coasters.exclude(pk__in=rides.filter(known).values("pk")).by_name()


LISTS = (
    RideList(
        "tallest-coasters",
        _("Tallest coasters"),
        _("Coasters open to visitors, by the height of their tallest track."),
        RECORDS,
        lambda rides: _known(_open_coasters(rides).tallest_first(), "height_m"),
        fact="height",
    ),
    RideList(
        "fastest-coasters",
        _("Fastest coasters"),
        _("Coasters open to visitors, by the speed of their fastest track."),
        RECORDS,
        lambda rides: _known(_open_coasters(rides).fastest_first(), "speed_kmh"),
        fact="speed",
    ),
    RideList(
        "longest-coasters",
        _("Longest coasters"),
        _("Coasters open to visitors, by the length of their longest track."),
        RECORDS,
        lambda rides: _known(_open_coasters(rides).longest_first(), "length_m"),
        fact="length",
    ),
    RideList(
        "most-inversions",
        _("Most inversions"),
        _("Coasters open to visitors that turn their riders upside down most often."),
        RECORDS,
        _most_inversions,
        fact="inversions",
    ),
    RideList(
        "tallest-coasters-ever",
        _("Tallest coasters ever"),
        _("All coasters that were ever built, those that are gone included."),
        RECORDS,
        lambda rides: _known(
            rides.counted().filter(category__in=COASTERS).tallest_first(), "height_m"
        ),
        fact="height",
    ),
    RideList(
        "tallest-other-rides",
        _("Tallest other rides"),
        _("Towers, swings, wheels and other rides that are no coasters."),
        RECORDS,
        lambda rides: _known(
            rides.operating().exclude(category__in=COASTERS).tallest_first(), "height_m"
        ),
        fact="height",
    ),
    RideList(
        "oldest-operating",
        _("Oldest operating rides"),
        _("Rides open to visitors, by the year they first opened anywhere."),
        RECORDS,
        lambda rides: rides.operating().exclude(opened="").oldest_first(),
        fact="opened",
        is_plain=True,
    ),
    RideList(
        "newest",
        _("Newest rides"),
        _("Rides open to visitors, the latest opening first."),
        COMINGS_AND_GOINGS,
        lambda rides: rides.operating().exclude(opened="").newest_first(),
        fact="opened",
        is_plain=True,
    ),
    RideList(
        "opening-soon",
        _("Opening soon"),
        _("Rides announced or under construction, the next opening first."),
        COMINGS_AND_GOINGS,
        _opening,
        is_plain=True,
        moment="opens",
    ),
    RideList(
        "closing-soon",
        _("Closing soon"),
        _("Rides open to visitors whose closing day is known, the next one first."),
        COMINGS_AND_GOINGS,
        _closing,
        is_plain=True,
        moment="closes",
    ),
    RideList(
        "gone",
        _("Gone lately"),
        _("Rides that closed, the latest closing first."),
        COMINGS_AND_GOINGS,
        _gone_lately,
        is_plain=True,
    ),
    RideList(
        "moved",
        _("Moved rides"),
        _("Rides that have stood in more than one place."),
        COMINGS_AND_GOINGS,
        _moved,
        is_plain=True,
    ),
    RideList(
        "without-figures",
        _("Coasters without figures"),
        _("Neither height nor speed of any track is recorded."),
        NEEDS_HELP,
        _without_figures,
        is_plain=True,
    ),
    RideList(
        "without-opening-date",
        _("Rides without an opening date"),
        _("Not even the decade in which they opened is recorded."),
        NEEDS_HELP,
        lambda rides: rides.counted().filter(opened="").by_name(),
        is_plain=True,
    ),
    RideList(
        "without-source",
        _("Rides without a source"),
        _("Nothing says where their facts can be checked."),
        NEEDS_HELP,
        lambda rides: rides.counted().filter(sources__isnull=True).by_name(),
        is_plain=True,
    ),
    RideList(
        "without-photo",
        _("Rides without a photo"),
        _("No picture shows what they look like."),
        NEEDS_HELP,
        lambda rides: rides.counted().filter(lead_photo__isnull=True).by_name(),
        is_plain=True,
    ),
)
BY_SLUG = {kind.slug: kind for kind in LISTS}
