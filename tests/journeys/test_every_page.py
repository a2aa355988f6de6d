"""Every page and state, in both themes, on every screen: readable, light, at home."""

import gzip
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

import pytest
from allauth.account.views import SignupView
from playwright.sync_api import Page, Request, Response, expect

from tests import databases
from tests.accounts.conftest import CODE, RESET, SIGN_UP
from tests.accounts.test_passwords_and_addresses import link_in_mail
from tests.branches.proposing import branch_with, piece
from tests.factories.people import PASSWORD, make_person
from tests.journeys.looking import (
    CHECKED_BY_RULES,
    THEMES,
    broken_rules,
    faults,
    sign_in,
)
from tests.journeys.sights import OWN_PAGES, Wiki, make_wiki, refuse_some

pytestmark = [
    pytest.mark.browser,
    # Wagtail leaves the spool files it draws pictures in to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

MOST = {"script": 100_000, "stylesheet": 40_000}


@pytest.fixture
def made(wiki: str, monkeypatch: pytest.MonkeyPatch) -> Wiki:
    """A wiki with one of each page, some of which are refused."""
    refuse_some(monkeypatch)
    return databases.fill_once("every_page", make_wiki)


class Traffic:
    """What a tab asks for, and what comes back."""

    def __init__(self, tab: Page, wiki: str) -> None:
        self.wiki = wiki
        self.answers: list[Response] = []
        self.strangers: list[str] = []
        # For pages that find a file unchanged.
        self._known: dict[str, int] = {}
        tab.on("request", self._note)
        tab.on("response", self._keep)

    def burdens(self) -> list[str]:
        """Which of the page's scripts and styles are too much together."""
        weights = {kind: self._weight(kind) for kind in MOST}
        return [
            f"{weight} bytes of {kind}"
            for kind, weight in weights.items()
            if weight > MOST[kind]
        ]

    def _keep(self, answer: Response) -> None:
        self.answers.append(answer)

    def _note(self, request: Request) -> None:
        is_asked_for = urlsplit(request.url).scheme in ("http", "https")
        if is_asked_for and not request.url.startswith(self.wiki):
            self.strangers.append(request.url)

    def _weight(self, kind: str) -> int:
        """As gzip sends them."""
        asked = [one for one in self.answers if one.request.resource_type == kind]
        for one in asked:
            if one.status == 200:
                self._known[one.url] = len(gzip.compress(one.body(), 6))
        return sum(self._known[one.url] for one in asked)


def go_on(tab: Page, wiki: str, client: Client) -> None:
    """Have a tab be where a client without a screen has come to."""
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    tab.context.add_cookies([{"name": name, "value": value, "url": wiki}])


@pytest.mark.parametrize("what", ["pages", "searches", "past", "refusals", "doors"])
def test_every_page_keeps_the_rules_fits_every_screen_and_is_light_and_at_home(
    wiki: str, made: Wiki, visitor: Page, what: str
) -> None:
    traffic = Traffic(visitor, wiki)
    found: dict[str, list[str]] = {}
    for path in getattr(made, what)():
        traffic.answers.clear()
        visitor.goto(wiki + path)
        wrong = faults(visitor)
        visitor.wait_for_load_state("networkidle")
        if wrong := [*wrong, *traffic.burdens()]:
            found[path] = wrong

    assert found == {}
    assert traffic.strangers == []


def test_what_belongs_to_a_member_keeps_them_too(
    wiki: str, made: Wiki, visitor: Page
) -> None:
    sign_in(visitor, wiki, make_person("Editor").email)

    found: list[str] = []
    for path in OWN_PAGES:
        visitor.goto(wiki + path)
        found += [f"{path}: {fault}" for fault in faults(visitor)]

    assert found == []


def test_pages_in_german_keep_them_too(
    wiki: str, made: Wiki, visitor: Page, client: Client
) -> None:
    editor = make_person("Editor", locale="de")
    branch = branch_with(piece(made.park, city="Huron"), by=editor)
    client.force_login(editor)
    go_on(visitor, wiki, client)

    found: list[str] = []
    for path in (
        *("/", made.park.url, made.ride.url, "/rides/", f"{made.ride.url}suggest/"),
        branch.get_absolute_url(),
    ):
        visitor.goto(wiki + path)
        expect(visitor.locator("html")).to_have_attribute("lang", "de")
        # Colours are the same in every language; words are not as long.
        wrong = faults(visitor, looks=[(360, "light")])
        found += [f"{path}: {fault}" for fault in wrong]

    assert found == []


def test_what_a_mail_leads_to_keeps_them_too(
    wiki: str, made: Wiki, visitor: Page, client: Client
) -> None:
    form = {"email": "new@example.org", "display_name": "New", "password1": PASSWORD}
    client.post(SIGN_UP, form)
    go_on(visitor, wiki, client)
    client.post(RESET, {"email": make_person("Member").email})
    link = urlsplit(link_in_mail()).path

    found: list[str] = []
    for path, heading in (
        (CODE, "code"),
        (link, "password"),
        (f"{RESET}key/1-over/", "no longer works"),
        (f"{RESET}key/done/", "changed"),
    ):
        visitor.goto(wiki + path)
        expect(visitor.get_by_role("heading", level=1)).to_contain_text(heading)
        found += [f"{path}: {fault}" for fault in faults(visitor)]

    assert found == []


def test_what_turns_a_member_away_keeps_them_too(
    wiki: str,
    made: Wiki,
    visitor: Page,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(SignupView, "dispatch", refuse)
        visitor.goto(wiki + SIGN_UP)
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("a minute")
    out_of_reach = faults(visitor)

    client.force_login(make_person("Member"))
    go_on(visitor, wiki, client)
    visitor.goto(f"{wiki}/admin/")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("editing desk")

    assert (out_of_reach, faults(visitor)) == ([], [])


def test_choosing_a_first_password_keeps_them_too(
    wiki: str, made: Wiki, visitor: Page, client: Client
) -> None:
    member = make_person("Member")
    member.set_unusable_password()
    member.save()
    client.force_login(member)
    go_on(visitor, wiki, client)

    visitor.goto(f"{wiki}/accounts/password/set/")

    expect(visitor.get_by_role("heading", level=1)).to_contain_text("password")
    assert faults(visitor) == []


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/accounts/login/", "Sign in"),
        ("/accounts/signup/", re.compile("Sign up|Create")),
        ("/accounts/password/reset/", re.compile("Send|Reset")),
    ],
)
def test_a_form_with_errors_keeps_them_too(
    wiki: str, made: Wiki, visitor: Page, path: str, button: str | re.Pattern[str]
) -> None:
    visitor.goto(wiki + path)
    for field in visitor.locator("main form input:visible").all():
        if field.get_attribute("type") not in ("checkbox", "hidden"):
            field.fill("x")
    visitor.locator("main form[method=post]").evaluate("form => form.noValidate = true")
    visitor.locator("main").get_by_role("button", name=button).click()
    expect(visitor.locator("main [aria-invalid=true]").first).to_be_visible()

    assert faults(visitor) == []


def test_open_suggestions_and_menus_keep_them_too(
    wiki: str, made: Wiki, visitor: Page
) -> None:
    visitor.set_viewport_size({"width": 1280, "height": 800})
    visitor.goto(wiki)
    box = visitor.locator("main").get_by_label("Search parks, rides and makers")
    box.press_sequentially("mill")
    expect(visitor.get_by_role("option").first).to_be_visible()
    assert faults(visitor) == []

    visitor.goto(wiki)
    visitor.set_viewport_size({"width": 360, "height": 800})
    visitor.locator("header summary:visible").click()
    assert [broken_rules(visitor, theme) for theme in THEMES] == [[], []]


# --- How a page comes together -----------------------------------------------


def test_pictures_have_their_size_and_light_forms_and_the_first_does_not_wait(
    wiki: str, made: Wiki, visitor: Page
) -> None:
    for path in (made.park.url, made.ride.url, "/parks/", "/"):
        visitor.goto(wiki + path)
        # The dialogue that shows one large takes its size from the one it shows.
        pictures = visitor.locator("main img:not(dialog img)").all()
        assert pictures, path
        for picture in pictures:
            assert int(picture.get_attribute("width") or 0) > 0, path
            assert int(picture.get_attribute("height") or 0) > 0, path
            assert picture.locator("xpath=../source[@type='image/webp']").count(), path
        if path in (made.park.url, made.ride.url):
            first = pictures[0]
            assert first.locator("xpath=../source[@type='image/avif']").count()
            assert first.get_attribute("loading") != "lazy"
            assert first.get_attribute("fetchpriority") == "high"


def test_nothing_moves_while_a_page_comes_together(
    wiki: str, made: Wiki, visitor: Page
) -> None:
    visitor.add_init_script(
        """window.moved = 0;
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    moved = {}
    for path in ("/", "/parks/", made.park.url, made.ride.url, "/rides/", "/search/"):
        for width in CHECKED_BY_RULES:
            visitor.set_viewport_size({"width": width, "height": 800})
            visitor.goto(wiki + path, wait_until="networkidle")
            shift = visitor.evaluate("window.moved")
            if shift > 0.01:
                moved[path, width] = shift

    assert moved == {}
