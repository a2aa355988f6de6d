"""The nginx configuration we ship, before a running wiki."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as configured
from django.db import connection
from django.test import Client

from wagtail.models import Site

import pytest

from branches.actions import share_branch
from branches.sharing import link_of
from home.foundations import lay_foundations
from parks.models import RidePage
from tests.branches.proposing import branch_with, piece
from tests.core.caching.fronted import Answer, Wiki, running
from tests.databases import HANG_UP
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.factories.people import make_person

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

BEAST = "/parks/kings-island/the-beast/"
# One of each kind of page that names a ride.
SHOW_THE_BEAST = (
    *("/", "/parks/kings-island/", BEAST, f"{BEAST}history/", "/changes/"),
    *("/companies/in-house/", "/models/terrain-coaster/", "/countries/united-states/"),
    *("/lists/tallest-coasters/", "/lists/oldest-operating/"),
    *("/rides/", "/rides/?view=cards", "/search/?q=beast", "/search/suggest/?q=beast"),
)
# What the configuration promises; it is counted from the clock, not from the load.
OLDEST_S = 2
BY_ITSELF = ("HIT", "STALE", "UPDATING")


@pytest.fixture
def wiki(transactional_db: None) -> Iterator[Wiki]:
    """A park with one ride, served by nginx."""
    lay_foundations()
    maker = make_company("In House")
    make_ride(
        make_park("Kings Island"),
        "The Beast",
        height="110 ft",
        maker=maker,
        model=make_model("Terrain Coaster", manufacturer=maker),
    )
    with running() as wiki:
        front = urlsplit(wiki.front.url)
        site = Site.objects.get()
        site.hostname, site.port = front.hostname, front.port
        site.save()
        yield wiki


def purging(wiki: Wiki) -> dict[str, str]:
    """Publishes of this process tell nginx."""
    return {
        "BACKEND": "core.caching.nginx.Nginx",
        "LOCATION": wiki.front.purge_url,
    }


def change(**facts: Any) -> RidePage:
    ride = RidePage.objects.get(slug="the-beast")
    draft = ride.get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return ride


def from_nginx(wiki: Wiki, path: str, **headers: str) -> Answer:
    """The first answer that nginx has by itself; a slow machine takes several."""
    answers = (wiki.get(path, **headers) for _ in range(50))
    return next(answer for answer in answers if answer.kept in BY_ITSELF)


def words_at(wiki: Wiki, path: str) -> str:
    """What nginx says there, without the markup that a search puts around words."""
    return re.sub(r"<[^>]+>", "", wiki.get(path).text)


def test_one_reader_is_not_served_what_is_another_ones(wiki: Wiki) -> None:
    person = make_person(display_name="Ada Lovelace")
    signed_in = Client()
    signed_in.force_login(person)
    session = f"sessionid={signed_in.cookies[configured.SESSION_COOKIE_NAME].value}"

    metric = from_nginx(wiki, BEAST, Cookie="csrftoken=x; theme=dark")
    imperial = from_nginx(wiki, BEAST, Cookie="units=imperial")
    hers = wiki.get(BEAST, Cookie=f"units=metric; {session}")
    told = wiki.get(BEAST, Cookie="messages=x")
    partial = wiki.get("/parks/", HX_Request="true", HX_Target="list")
    whole = from_nginx(wiki, "/parks/")
    after = wiki.get(BEAST)

    assert "33.5\u00a0m" in metric.text
    assert "110\u00a0ft" in imperial.text
    assert [hers.kept, told.kept, partial.kept] == ["BYPASS"] * 3
    assert "Ada Lovelace" in hers.text
    assert hers.headers["Cache-Control"] == "private, no-store"
    assert "<html" not in partial.text
    assert "<html" in whole.text
    assert "Ada Lovelace" not in after.text
    assert not any("Set-Cookie" in a.headers for a in (metric, imperial, whole, after))
    _check_limits_and_headers(wiki)
    _check_branch_is_for_who_has_its_link(wiki)


def test_each_language_is_kept_apart(wiki: Wiki) -> None:
    browser = {"Accept_Language": "de-DE,de;q=0.9,en;q=0.8"}
    asked = [
        ("Height", {}),
        ("Höhe", browser),
        ("Höhe", {"Accept_Language": "fr-FR,fr;q=0.9,de;q=0.5"}),
        ("Height", {"Accept_Language": "en-US,en;q=0.9,de;q=0.8"}),
        ("Height", {**browser, "Cookie": "language=en-gb"}),
        ("Höhe", {"Cookie": "units=imperial; language=de"}),
        ("Höhe", {**browser, "Cookie": "language=klingon"}),
        ("Height", {"Accept_Language": "fr", "Cookie": "language=../de"}),
    ]

    for word, headers in asked:
        answer = from_nginx(wiki, BEAST, **headers)

        other = "Höhe" if word == "Height" else "Height"
        assert word in answer.text, headers
        assert other not in answer.text, headers
        german = word == "Höhe"
        assert answer.headers["Content-Language"] == ("de" if german else "en-gb")


def _check_limits_and_headers(wiki: Wiki) -> None:
    static = wiki.folder / "static" / "site.0123456789ab.css"
    static.write_bytes(b"a{}")
    static.with_name(f"{static.name}.gz").write_bytes(b"packed")

    page = wiki.get(BEAST, Accept_Encoding="gzip")
    plain = wiki.get(BEAST)
    long = wiki.get(f"/search/?q={'x' * 5000}")
    packed = wiki.get("/static/site.0123456789ab.css", Accept_Encoding="gzip")
    hidden = wiki.get("/static/../gunicorn.log")

    assert page.headers["Content-Encoding"] == "gzip"
    assert "The Beast" in plain.text
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "ETag"):
        assert len(page.headers.get_all(name, [])) == 1, name
    assert page.headers["Server"] == "nginx"
    assert long.status == 414
    assert packed.text == "packed"
    assert "immutable" in packed.headers["Cache-Control"]
    assert hidden.status in (400, 404)


def _check_branch_is_for_who_has_its_link(wiki: Wiki) -> None:
    ride = RidePage.objects.get(slug="the-beast")
    editor = make_person("Editor")
    branch = branch_with(piece(ride, track_height="99 ft"), by=editor)
    link = f"{BEAST}?branch={link_of(share_branch(branch, by=editor), by=editor)}"

    followed = wiki.get(link)
    session = followed.headers["Set-Cookie"].partition(";")[0]
    seen = wiki.get(BEAST, Cookie=session)
    again = wiki.get(link)
    after = wiki.get(BEAST)

    assert (followed.status, followed.kept, again.kept) == (302, "BYPASS", "BYPASS")
    assert seen.kept == "BYPASS"
    assert "30.2\u00a0m" in seen.text
    assert "30.2\u00a0m" not in after.text


def test_a_change_is_shown_at_once_where_nginx_was_told_and_soon_elsewhere(
    wiki: Wiki, settings: Any
) -> None:
    imperial = {"Cookie": "units=imperial; language=de"}
    uuid = RidePage.objects.get().uuid
    pages = (*SHOW_THE_BEAST, f"/compare/?ride={uuid}")
    without = [path for path in pages if "The Beast" not in words_at(wiki, path)]
    for path in ("/", "/parks/kings-island/", BEAST):
        from_nginx(wiki, path)
    change(title="The Beast II", names=[])
    sleep(OLDEST_S)
    stale = [path for path in pages if "The Beast II" not in words_at(wiki, path)]
    settings.WAGTAILFRONTENDCACHE = {"nginx": purging(wiki)}
    for path in (BEAST, "/parks/kings-island/"):
        from_nginx(wiki, path)
        from_nginx(wiki, path, **imperial)

    change(search_description="Now with a text.", slug="the-beast")
    changed = [wiki.get(BEAST), wiki.get(BEAST, **imperial)]
    change(title="Son of Beast", names=[], slug="son-of-beast")
    new = wiki.get("/parks/kings-island/son-of-beast/")
    old = wiki.get(BEAST)
    park = wiki.get("/parks/kings-island/")

    assert without == []
    assert stale == []
    assert all("Now with a text." in answer.text for answer in changed)
    assert new.status == 200
    assert old.status in (301, 302, 404)
    assert "son-of-beast" in park.text


@contextmanager
def _no_database() -> Iterator[None]:
    """PostgreSQL lets nobody in and has thrown out who was."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute(HANG_UP, [name])
        yield
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_the_wiki_goes_on_without_its_cache_and_nginx_without_the_wiki(
    wiki: Wiki,
) -> None:
    assert wiki.get(BEAST, of=wiki.app).status == 200
    wiki.stop_redis()

    without_redis = [
        wiki.get(path, of=wiki.app).status
        for path in ("/", "/parks/", BEAST, f"{BEAST}history/", "/search/?q=beast")
    ]
    from_nginx(wiki, BEAST)
    sleep(OLDEST_S)
    with _no_database():
        kept, not_kept = wiki.get(BEAST), wiki.get("/companies/")
    wiki.stop_web()
    known, unknown = wiki.get(BEAST), wiki.get("/companies/")

    assert without_redis == [200] * 5
    assert (kept.status, kept.kept) == (200, "STALE")
    assert (not_kept.status, not_kept.headers["Retry-After"]) == (503, "30")
    assert (known.status, known.kept) == (200, "STALE")
    assert "The Beast" in known.text
    assert unknown.status == 502
