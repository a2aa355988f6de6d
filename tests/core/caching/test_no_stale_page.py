"""After a change no page shows what was true before it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.cache import cache
from django.test import Client

from wagtail.models import Page, PageViewRestriction

import pytest

from core.models import ContentPage
from history.models import Deletion
from history.trash.actions import restore
from home.models import ArticlePage, HomePage
from parks.models import (
    CompanyPage,
    Element,
    Layout,
    MakerCredit,
    ParkArea,
    ParkPage,
    ParkTerm,
    RideElement,
    RidePage,
    RideStatusPeriod,
    RideStay,
    RideTrack,
)
from photos.models import LicenceType
from tests.factories.pages import (
    make_company,
    make_model,
    make_park,
    make_ride,
)
from tests.factories.people import make_person
from tests.parks.test_public_pages import photo

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    # Wagtail leaves the spool files it draws pictures in to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]


class Wiki:
    """One page of each kind, and the pages around it; each name is one page."""

    def __init__(self, home: HomePage) -> None:
        self.home = home
        self.article = ArticlePage.objects.get()
        self.maker = make_company("Vekoma", country="NL", is_operator=True)
        self.other_maker = make_company("Intamin")
        self.spare = make_company("Schwarzkopf")
        self.model = make_model("Boomerang", manufacturer=self.maker)
        self.resort = make_park("Great Resort")
        self.park = make_park(
            "Kings Island", resort=self.resort, lead_photo=photo("Gate")
        )
        self.other_park = make_park("Cedar Point")
        publish(self.park, terms=[ParkTerm(company=self.maker, role="operator")])
        self.area = ParkArea.objects.create(park=self.park, name="Rivertown")
        self.element = Element.objects.create(name="Cobra roll")
        self.layout = Layout.objects.create(name="Boomerang layout")
        self.licence = LicenceType.objects.create(name="CC BY", code="cc-by")
        self.hill = photo("Hill")
        change(self.hill, licence=self.licence)
        self.ride = make_ride(
            self.park,
            "The Beast",
            model=self.model,
            maker=self.maker,
            layout=self.layout,
            height="110 ft",
            lead_photo=self.hill,
        )
        self.kin = make_ride(
            self.other_park, "Bat", model=self.model, replaces=self.ride
        )
        publish(
            self.ride,
            elements=[RideElement(element=self.element)],
            stays=[
                RideStay(park=self.other_park, began="1980", ended="1990"),
                RideStay(park=self.park, began="1991", area=self.area),
            ],
        )


def publish(page: Any, **facts: Any) -> None:
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


def rename(page: Any, title: str) -> None:
    publish(page, title=title, slug=title.lower().replace(" ", "-"), names=[])


def change(thing: Any, **facts: Any) -> None:
    """Of what is no page, as the CMS saves it."""
    fresh = type(thing).objects.get(pk=thing.pk)
    for name, value in facts.items():
        setattr(fresh, name, value)
    fresh.save()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


def delete_and_restore(wiki: Wiki) -> Iterator[None]:
    CompanyPage.objects.get(pk=wiki.spare.pk).delete()
    yield
    restore(deletion=Deletion.objects.latest("pk"), by=make_person("admin"))


# What is changed, beside the kinds of facts that readers see of it elsewhere.
CHANGES: dict[str, Callable[[Wiki], Any]] = {
    "a figure of a ride": lambda w: publish(w.ride, tracks=[RideTrack(height="50 m")]),
    "the status of a ride": lambda w: publish(
        w.ride, status_periods=[RideStatusPeriod(status="closed", began="1979")]
    ),
    "the maker of a ride": lambda w: publish(
        w.ride, credits=[MakerCredit(company=w.other_maker, role="manufacturer")]
    ),
    "a figure of kin": lambda w: publish(w.kin, tracks=[RideTrack(height="77 m")]),
    "what a ride replaces": lambda w: publish(w.kin, replaces=None),
    "the model of a ride": lambda w: publish(w.ride, model=None),
    "the name of a ride": lambda w: rename(w.ride, "Son of Beast"),
    "the place of a ride": lambda w: RidePage.objects.get(pk=w.ride.pk).move(
        ParkPage.objects.get(pk=w.other_park.pk), pos="last-child"
    ),
    "a new ride": lambda w: make_ride(w.park, "Orion", maker=w.maker),
    "the place of a park": lambda w: publish(w.park, city="Mason"),
    "the resort of a park": lambda w: publish(w.park, resort=None),
    "the operator of a park": lambda w: publish(w.park, terms=[]),
    "the name of a park": lambda w: rename(w.park, "Queens Island"),
    "the country of a company": lambda w: publish(w.maker, country="DE"),
    "the successor of a company": lambda w: publish(
        w.other_maker, succeeded_by=w.maker
    ),
    "the name of a company": lambda w: rename(w.maker, "Vekoma Rides"),
    "the maker of a model": lambda w: publish(w.model, manufacturer=w.other_maker),
    "the name of a model": lambda w: publish(w.model, title="Giant Boomerang"),
    "the text of an article": lambda w: publish(w.article, introduction="Who we are."),
    "the tagline of the wiki": lambda w: publish(w.home, tagline="Rides, recorded."),
    "the name of an area": lambda w: change(w.area, name="Old Rivertown"),
    "the name of an element": lambda w: change(w.element, name="Vertical loop"),
    "the text beside a photo": lambda w: change(w.hill, credit="A. Rider"),
    "the name of a licence": lambda w: change(w.licence, name="CC BY 4.0"),
    "a photo that is taken down": lambda w: w.hill.delete(),
    "a company that is deleted, then restored": delete_and_restore,
    "a company for members only": lambda w: restrict(w.maker),
    "a company for everybody": lambda w: PageViewRestriction.objects.all().delete(),
    "a company taken down": lambda w: CompanyPage.objects.get(
        pk=w.maker.pk
    ).unpublish(),
    "a company put up again": lambda w: publish(w.maker),
    "a park taken down": lambda w: ParkPage.objects.get(pk=w.park.pk).unpublish(),
}


def test_no_page_shows_what_was_true_before_a_change(
    client: Client, home: HomePage
) -> None:
    reader, wiki = Reader(client), Wiki(home)
    reader.read_all()

    stale, unseen, untouched = [], [], {}
    for name, make in CHANGES.items():
        for step in _steps(make, wiki):
            known = dict(reader.texts)
            step()
            as_before = reader.read_all()
            untouched[name] = len(as_before)
            stale += [(name, path) for path in as_before if reader.was_lied_to(path)]
            if reader.texts == known:
                unseen.append(name)

    assert stale == []
    assert unseen == []
    # A ride is no news for an article, nor a park for another one.
    assert untouched["a figure of a ride"] >= 2
    assert untouched["the place of a park"] >= 4


class Reader:
    """Somebody who reads every page again and again, and remembers it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.texts: dict[str, str] = {}
        self.etags: dict[str, str] = {}

    def read_all(self) -> list[str]:
        """Read every page that there is; returns those said to be as they were."""
        pages = Page.objects.live().filter(depth__gt=1).specific()
        paths = [page.url for page in pages if isinstance(page, ContentPage)]
        self.texts = {path: self.texts.get(path, "") for path in paths}
        return [path for path in paths if self._is_as_it_was(path)]

    def _is_as_it_was(self, path: str) -> bool:
        known = {"If-None-Match": self.etags.get(path, "none")}
        answer = self.client.get(path, headers=known)
        self.etags[path] = answer.get("ETag", "none")
        if answer.status_code == 304:
            return True
        self.texts[path] = answer.content.decode()
        return False

    def was_lied_to(self, path: str) -> bool:
        """Whether a page says something else when it is made anew."""
        cache.clear()
        return self.client.get(path).content.decode() != self.texts[path]


def _steps(make: Callable[[Wiki], Any], wiki: Wiki) -> Iterator[Callable[[], Any]]:
    if make is delete_and_restore:
        parts = delete_and_restore(wiki)
        yield lambda: next(parts)
        yield lambda: next(parts, None)
    else:
        yield lambda: make(wiki)
