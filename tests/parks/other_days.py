"""Visiting pages on other days, and wikis with a past to visit."""

import re
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from core.changes import describe_change
from history.models import PageVersion
from parks.models import (
    ParkPage,
    RideName,
    RidePage,
    RideStay,
)
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person


def seen(client: Client, page: Any, status: int = 200, **asked: Any) -> str:
    """The page on another day, from its banner to the footer."""
    response = client.get(page.url, asked)
    assert response.status_code == status, response.status_code
    html = response.content.decode()
    return str(html[html.index("<main") : html.index("</main")])


def title_of(html: str) -> str:
    heading = html[html.index("<h1") : html.index("</h1>")]
    return " ".join(re.sub(r"<[^>]+>", " ", heading).split())


def publish_on(moment: str, page: Any, **facts: Any) -> None:
    """Publish a change under the date a loader of old histories would give it."""
    draft = type(page).objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(draft, name, value)
    made_at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    with describe_change(by=make_person("Editor"), made_at=made_at):
        draft.save_revision().publish()


def relocated_ride() -> tuple[ParkPage, ParkPage, RidePage]:
    """Built at one park in 1976, renamed and moved to another in 1993."""
    old, new = make_park("Geauga Lake", opened="1887"), make_park("Wild Waves")
    ride = make_ride(new, "Thunder Run", opened="1976-05-22")
    ride.stays = [
        RideStay(park=old, began="1976", ended="1992"),
        RideStay(park=new, began="1993-05-01", continuity="relocated_same_track"),
    ]
    ride.names = [
        RideName(text="Thunder Run", began="1993"),
        RideName(text="Double Loop", kind="former", began="1976", ended="1992"),
    ]
    ride.save_revision().publish()
    return old, new, RidePage.objects.get(pk=ride.pk)


def backdate(page: Any, moment: str) -> None:
    """Give the newest change of a page a date of its own."""
    version = PageVersion.objects.filter(object_uuid=page.uuid).latest("seq")
    changes = type(version.changeset).objects.filter(pk=version.changeset_id)
    changes.update(made_at=datetime.fromisoformat(moment).replace(tzinfo=UTC))


def known_park() -> tuple[ParkPage, RidePage]:
    """A park and a ride first published in 2020."""
    park = make_park("Kings Island", opened="1972")
    backdate(park, "2020-01-01T12:00")
    ride = make_ride(park, "The Beast", opened="1979", height="105 ft")
    backdate(ride, "2020-02-01T12:00")
    return park, ride
