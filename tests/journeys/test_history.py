"""The past of a page in the browser: read, compared, asked about, brought back."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from core.changes import describe_change
from history.models import ChangeSet
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.journeys.looking import follow, problems_at, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def park(wiki: str) -> ParkPage:
    """A park that three people have written about."""
    ann, ben = make_person(display_name="Ann"), make_person(display_name="Ben")
    park = make_park(city="Huron", website="https://cedar.example/")
    for by, facts, why in (
        (ann, {"city": "Sandusky"}, "The map says so"),
        (ben, {"website": "https://point.example/"}, "They moved"),
    ):
        draft = ParkPage.objects.get(pk=park.pk)
        for name, value in facts.items():
            setattr(draft, name, value)
        with describe_change(by=by, author=by, reason=why, source="https://b.example/"):
            draft.save_revision(user=by).publish()
    return ParkPage.objects.get(pk=park.pk)


@pytest.fixture
def moderator(wiki: str, visitor: Page) -> Page:
    person = make_person("Moderator", display_name="Mo")
    sign_in(visitor, wiki, person.email)
    return visitor


def test_every_page_of_the_past_fits_the_screen_and_the_accessibility_rules(
    wiki: str, park: ParkPage, moderator: Page
) -> None:
    told: list[str] = []
    moderator.on("console", lambda said: told.append(f"{said.type} {said.text}"))
    moderator.goto(f"{wiki}{park.url}history/")
    link = moderator.get_by_role("link", name=re.compile(r"^Change \d+$")).first
    change, home = follow(moderator, link), f"{wiki}{park.url}"
    addresses = (
        *(change, f"{change}revert/", f"{wiki}/changes/"),
        *(f"{home}history/", f"{home}history/1/", f"{home}history/1/revert/"),
        *(f"{home}diff/1..3/", f"{home}blame/"),
        f"{home}?known_at={date.today().isoformat()}",
    )

    problems = problems_at(moderator, addresses)

    assert problems == []
    assert [line for line in told if line.startswith("error")] == []


def test_a_reader_goes_from_a_page_to_who_changed_what_and_why(
    wiki: str, park: ParkPage, browser: Browser
) -> None:
    tab = browser.new_page(java_script_enabled=False)
    try:
        tab.goto(f"{wiki}{park.url}")
        tab.get_by_role("link", name="History").first.click()
        expect(tab.locator("main")).to_contain_text("The map says so")
        tab.locator("input[name=a]").last.check()
        tab.locator("input[name=b]").first.check()
        tab.get_by_role("button", name="Compare the two chosen").click()
        expect(tab).to_have_url(re.compile(r"/diff/1\.\.3/$"))
        expect(tab.locator("del").first).to_contain_text("Huron")
        expect(tab.locator("ins").first).to_contain_text("Sandusky")
        tab.get_by_role("link", name="Inline").click()
        expect(tab.locator(".diff")).to_have_attribute("data-view", "inline")
        tab.get_by_role("link", name="Permanent link").click()
        expect(tab).to_have_url(re.compile(r"/diff/1\.\.3/$"))
        tab.goto(f"{wiki}{park.url}blame/")
        tab.get_by_role("link", name=re.compile("city", re.I)).first.click()
        expect(tab.locator("main")).to_contain_text("Ann")
        expect(tab.locator("main")).to_contain_text("Huron")
    finally:
        tab.close()


def test_a_reader_travels_to_another_day_and_back(
    wiki: str, park: ParkPage, visitor: Page
) -> None:
    visitor.goto(f"{wiki}{park.url}?as_of=1860")
    expect(visitor.locator("main")).to_contain_text("As it was in 1860")

    visitor.get_by_label("What existed on").fill("1999")
    visitor.get_by_role("button", name="Show").click()
    expect(visitor).to_have_url(re.compile(r"as_of=1999"))
    expect(visitor.locator("main")).to_contain_text("As it was in 1999")
    visitor.get_by_role("link", name="Back to today").click()
    expect(visitor).to_have_url(f"{wiki}{park.url}")


def test_a_reader_reads_what_the_wiki_said_on_another_day(
    wiki: str, park: ParkPage, visitor: Page
) -> None:
    first = ChangeSet.objects.filter(versions__object_uuid=park.uuid, versions__seq=1)
    first.update(made_at=datetime(2020, 5, 1, tzinfo=UTC))
    visitor.goto(f"{wiki}{park.url}?as_of=1999")

    visitor.get_by_label("What existed on").fill("")
    visitor.get_by_label("What the wiki said on").fill("2020")
    visitor.get_by_role("button", name="Show").click()

    expect(visitor).to_have_url(re.compile(r"known_at=2020"))
    expect(visitor.locator("main")).to_contain_text("Huron")
    expect(visitor.locator("main")).not_to_contain_text("Sandusky")
    visitor.get_by_role("link", name="Back to today").click()
    expect(visitor.locator("main")).to_contain_text("Sandusky")


def test_a_reader_walks_through_a_long_history_and_compares_its_ends(
    wiki: str, park: ParkPage, visitor: Page
) -> None:
    lengthen_history(park, by=300, fact="address")
    visitor.goto(f"{wiki}{park.url}history/")
    expect(visitor.locator("main")).to_contain_text("Version 303")

    visitor.get_by_role("link", name="Older", exact=True).click()
    expect(visitor.locator("main")).to_contain_text("Version 253")
    visitor.get_by_role("link", name="Oldest", exact=True).click()
    expect(visitor.locator("main")).to_contain_text("The map says so")
    visitor.get_by_role("link", name="Newer", exact=True).click()
    expect(visitor.locator("main")).to_contain_text("Version 100")

    visitor.goto(f"{wiki}{park.url}diff/1..303/")
    expect(visitor.locator("ins").first).to_be_visible()
    expect(visitor.locator("main")).to_contain_text("Edit 303")


def test_a_comparison_on_paper_says_by_signs_what_colours_say_on_screen(
    wiki: str, park: ParkPage, visitor: Page
) -> None:
    for words in ("Built by the lake", "Built near the lake"):
        draft = ParkPage.objects.get(pk=park.pk)
        draft.body = [("paragraph", f"<p>{words}</p>")]
        draft.save_revision().publish()
    visitor.goto(f"{wiki}{park.url}diff/4..5/")
    visitor.emulate_media(media="print")

    word = visitor.locator(".diff .text del")
    signs = (
        "word => ['::before', '::after'].map(at => getComputedStyle(word, at).content)"
    )
    assert word.evaluate(signs) == ['"[− "', '" −]"']
    expect(visitor.get_by_role("link", name="Inline")).to_be_hidden()
    expect(visitor.locator(".bar nav").first).to_be_hidden()
    visitor.goto(f"{wiki}{park.url}diff/1..3/")
    short = visitor.locator(".diff .was").first
    expect(short).to_have_text("− Huron")
    expect(short.locator(".sign")).to_be_visible()


def test_a_moderator_undoes_one_change_and_later_ones_stay(
    wiki: str, park: ParkPage, moderator: Page
) -> None:
    moderator.goto(f"{wiki}{park.url}history/2/")
    moderator.get_by_role("link", name=re.compile(r"^Change \d+$")).click()
    moderator.get_by_role("link", name="Undo this change").click()
    moderator.get_by_role("button", name="Publish the revert").click()
    expect(moderator.locator(".problem")).to_contain_text("Why")
    expect(moderator.get_by_label("Why")).to_be_focused()

    moderator.get_by_label("Why").fill("The map was wrong")
    moderator.get_by_role("button", name="Publish the revert").click()

    expect(moderator.locator("main")).to_contain_text("Undoes")
    live = ParkPage.objects.get(pk=park.pk)
    assert (live.city, live.website) == ("Huron", "https://point.example/")


def test_a_moderator_decides_where_a_later_edit_stands_in_the_way_without_scripts(
    wiki: str, park: ParkPage, moderator: Page, browser: Browser
) -> None:
    draft = ParkPage.objects.get(pk=park.pk)
    draft.city = "Erie"
    draft.save_revision().publish()
    cookies = moderator.context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as they came
    tab = context.new_page()
    try:
        tab.goto(f"{wiki}{park.url}history/2/")
        tab.get_by_role("link", name=re.compile(r"^Change \d+$")).click()
        tab.get_by_role("link", name="Undo this change").click()
        expect(tab.get_by_role("group", name="To be decided: City")).to_be_visible()
        tab.get_by_label("Why").fill("The map was wrong")
        tab.get_by_role("button", name="Publish the revert").click()
        expect(tab.get_by_label("Why")).to_have_value("The map was wrong")
        tab.get_by_label("Put back what it said before the change").check()
        tab.get_by_role("button", name="Publish the revert").click()
        expect(tab.locator("main")).to_contain_text("Undoes")
    finally:
        context.close()
    assert ParkPage.objects.get(pk=park.pk).city == "Huron"


def test_an_editor_finds_the_published_versions_in_the_menu_of_the_page(
    wiki: str, park: ParkPage, moderator: Page
) -> None:
    moderator.goto(f"{wiki}/admin/pages/{park.pk}/edit/")
    moderator.get_by_role("button", name="Actions").first.click()
    moderator.get_by_role("link", name="Published versions").first.click()

    expect(moderator.locator("main table")).to_contain_text("The map says so")
    moderator.locator("main table tbody tr").nth(1).get_by_role(
        "button", name="Actions"
    ).click()
    moderator.get_by_role("link", name="Revert to this version").click()
    expect(moderator).to_have_url(f"{wiki}{park.url}history/2/revert/")
