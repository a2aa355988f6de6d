"""One of each page and state that a visitor can meet, by its address."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

import pytest

from core.changes import describe_change
from history.models import ChangeSet, Tag
from parks.lists.kinds import BY_SLUG
from parks.models import (
    ParkArea,
    ParkName,
    ParkPage,
    ParkPicture,
    ParkSeason,
    RideModelPage,
    RideName,
    RidePage,
    RideStatusPeriod,
)
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.factories.people import make_person


@dataclass(frozen=True, slots=True)
class Wiki:
    """A wiki with a little of everything."""

    park: ParkPage
    ride: RidePage
    rides: list[RidePage]
    model: RideModelPage
    tag: Tag

    def pages(self) -> list[str]:
        """What there is to read."""
        return [
            *("/", "/about/", "/styleguide/", "/parks/", "/parks/?view=table"),
            *("/parks/?view=map", "/parks/?country=IS", "/parks/?country=XX"),
            *("/companies/", "/models/", "/countries/", "/countries/united-states/"),
            *("/lists/", "/lists/tallest-coasters/", "/lists/oldest-operating/"),
            *("/lists/opening-soon/", "/lists/moved/"),
            *(self.park.url, self.ride.url, self.model.url),
            *(credit.company.url for credit in self.ride.makers()),
            *(self._compared(number) for number in (0, 1, 4)),
        ]

    def searches(self) -> list[str]:
        """What answers a question, with an answer, without one, and to a wrong one."""
        return [
            *("/search/", "/search/?q=millennium", "/search/?q=zzyzx"),
            *("/search/?q=milenium+forse", f"/search/?q={'x' * 300}"),
            *("/rides/", "/rides/?more=1", "/rides/?view=cards", "/rides/?view=map"),
            *("/rides/?status=operating&height=60..m", "/rides/?q=zzyzx"),
            *("/rides/?height_min=tall", "/rides/?country=XX&status=nonsense"),
            *("/rides/near/", "/rides/near/?place=sandusky"),
            "/rides/near/?place=zzyzx",
        ]

    def past(self) -> list[str]:
        """What the wiki knows of its own past."""
        park, day = self.park.url, timezone.localdate().isoformat()
        return [
            *("/changes/", "/changes/1/", "/changes/tags/"),
            f"/changes/tags/{self.tag.slug}/",
            *(f"{park}history/", f"{park}history/1/", f"{park}blame/"),
            *(f"{park}diff/1..3/", f"{park}diff/1..3/?view=inline"),
            *(f"{park}?as_of=1950", f"{park}?known_at={day}", f"{park}?as_of=never"),
            *(f"{self.ride.url}?as_of=2010", f"{self.ride.url}history/"),
        ]

    def refusals(self) -> list[str]:
        """What says that something cannot be had (see `refuse_some`)."""
        return [
            *("/nowhere/", "/lists/forbidden/", "/rides/export.csv"),
            *("/lists/broken/", "/search/?q=%00"),
        ]

    def doors(self) -> list[str]:
        """The way in."""
        accounts = "/accounts"
        return [
            *(f"{accounts}/login/", f"{accounts}/signup/"),
            *(f"{accounts}/password/reset/", f"{accounts}/password/reset/done/"),
            f"{accounts}/inactive/",
        ]

    def _compared(self, number: int) -> str:
        asked = "&".join(f"ride={ride.uuid}" for ride in self.rides[:number])
        return f"/compare/?{asked}"


OWN_PAGES = (
    *("/accounts/profile/", "/accounts/sessions/", "/accounts/email/"),
    *("/accounts/password/change/", "/accounts/logout/", "/accounts/reauthenticate/"),
)


class BrokenLists(dict[str, Any]):
    """Lists of which some cannot be shown."""

    def get(self, slug: str, default: Any = None) -> Any:
        match slug:
            case "forbidden":
                raise PermissionDenied
            case "broken":
                raise RuntimeError("A list is broken, as a test wants it.")
        return super().get(slug, default)


def refuse_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the lists "forbidden" and "broken" fail as they are called.

    And let every download of what the finder found be one too many.
    """
    monkeypatch.setattr("search.finder.views.is_too_often", lambda *_, **__: True)
    monkeypatch.setattr("parks.lists.views.BY_SLUG", BrokenLists(BY_SLUG))


def make_wiki() -> Wiki:
    """Make it, with a past of three versions of its park."""
    person = make_person("Editor")
    maker = make_company("Intamin", is_operator=True, country="CH", founded="1967")
    model = make_model("Giga Coaster", manufacturer=maker)
    photos = [
        get_image_model().objects.create(
            title=title, file=get_test_image_file(size=(660, 440)), credit="Ada"
        )
        for title in ("Midway", "Lift hill")
    ]
    park = make_park("Cedar Point", latitude="41.48", longitude="-82.68", city="Huron")
    park.lead_photo = photos[0]
    park.gallery = [ParkPicture(photo=photo) for photo in photos]
    park.seasons = [ParkSeason(year=2025, opens_on=date(2025, 5, 9))]
    park.names.add(ParkName(text="シダーポイント", language="ja", kind="nickname"))
    ParkArea.objects.create(park=park, name="Main Midway")
    for why in ("The map says so", "Both say so"):
        park.city = "Sandusky" if park.city == "Huron" else "Sandusky on the lake"
        with describe_change(by=person, author=person, reason=why):
            park.save_revision(user=person).publish()
        park = ParkPage.objects.get(pk=park.pk)
    rides = [
        make_ride(park, title, maker=maker, height=height, speed="93 mph", model=model)
        for title, height in (
            *(("Millennium Force", "310 ft"), ("Gemini", "125 ft")),
            *(
                ("Magnum XL-200", "205 ft"),
                ("A Corkscrew with a Long Name", "85 ft"),
            ),
        )
    ]
    ride = rides[0]
    ride.lead_photo = photos[1]
    ride.names.add(RideName(text="Working Title", kind="working", ended="1999"))
    ride.save_revision().publish()
    before = ChangeSet.objects.latest("number")
    _make_what_comes_and_goes(park)
    make_park("Phantasialand", country="DE", status="closed")
    tag = Tag.objects.create(
        slug="season-2025", name="Season 2025", changeset=before, made_by=person
    )
    return Wiki(park, RidePage.objects.get(pk=ride.pk), rides, model, tag)


def _make_what_comes_and_goes(park: ParkPage) -> None:
    soon = (timezone.localdate() + timedelta(days=40)).isoformat()
    make_ride(park, "Witches' Wheel", category="flat", status="demolished")
    make_ride(park, "North-Westerly", status="announced", opened="2020")
    closing = make_ride(park, "Old Breakwater", opened="1926")
    closing.status_periods = [
        RideStatusPeriod(status="operating", began="1926", ended=soon)
    ]
    closing.save_revision().publish()
