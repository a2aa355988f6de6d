"""No link of the demo leads nowhere."""

from io import BytesIO

from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

import pytest
from PIL import Image

from home.demo import loading, photographs
from parks.models import ParkPage, RidePage
from tests.crawling import crawl, kind_of

# Of filters, versions and the like, which there are without end.
MOST_OF_A_KIND = 6


def small_picture(*args: object, **kwargs: object) -> bytes:
    """In place of a drawing: its sizes are made in a moment."""
    file = BytesIO()
    Image.new("RGB", (64, 40), "teal").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def demo(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole demo, with small pictures."""
    for name in ("draw_park", "draw_ride"):
        monkeypatch.setattr(photographs, name, small_picture)
    # Nobody asks for so many downloads in a minute.
    monkeypatch.setattr("search.finder.views.is_too_often", lambda *_, **__: False)
    cache.clear()
    loading.load_demo(lambda step: None)
    call_command("rebuild_search", "--if-empty")


@pytest.mark.once
@pytest.mark.usefixtures("demo")
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
def test_every_link_of_the_demo_leads_somewhere() -> None:
    found = crawl(Client(), "/", most_of_a_kind=MOST_OF_A_KIND)

    assert found.broken == []
    pages = ParkPage.objects.live().count() + RidePage.objects.live().count()
    assert found.count("page") > pages


def test_only_what_there_is_without_end_is_followed_in_part() -> None:
    assert kind_of("/parks/cedar-point/gemini/") == "page"
    assert kind_of("/parks/cedar-point/history/4/") == "of a page: history/N/"
    assert kind_of("/rides/?country=US&status=open") == "/rides/?several"
    assert kind_of("/changes/31/") == "/changes/N/"
