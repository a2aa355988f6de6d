"""Whatever somebody writes into facts, no browser runs it."""

import json
from itertools import count, cycle, islice
from typing import Any

from django.db.models import CharField, TextField

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

import pytest
from playwright.sync_api import Page, expect

from core.blocks import STORY_FEATURES
from core.changes import describe_change
from history.models import ChangeSet, Tag
from parks.models import (
    MakerCredit,
    ParkArea,
    ParkName,
    ParkPage,
    ParkPicture,
    ParkSource,
    RideName,
    RidePage,
    RidePicture,
    RideSource,
    RideTrack,
)
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person
from tests.journeys.looking import sign_in

pytestmark = [
    pytest.mark.browser,
    # Wagtail leaves the file open that it draws a picture into.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

# Each would set __xss, and some would say so in a dialogue.
PAYLOADS = (
    "<svg onload=__xss=1>",
    "<script>__xss=1</script>",
    "\"><img src=x onerror='alert(__xss=1)'>",
    "'--></style></script><script>__xss=1</script>",
    "<details open ontoggle=__xss=1>",
    "<iframe srcdoc='<script>parent.__xss=1</script>'>",
    "<a href='javascript:alert(__xss=1)' hx-get=/xss/ hx-trigger=load "
    "x-init='__xss=1' @click='__xss=1' style='position:fixed'>x</a>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;"
    "<img src onerror=__xss=1>'>",
    "<form action=/xss/><button autofocus onfocus=__xss=1>",
    "{{ 7|add:7 }}<template x-if='__xss=1'></template>",
)
SHORTEST = PAYLOADS[0]
VERSIONS = 3
MOST_MARKS = 12
# Whose rules let no payload in.
NOT_FREE = ("slug", "time_zone", "url_path", "path")

WATCH = """
window.__broken = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const where = `${event.blockedURI} in line ${event.lineNumber}`;
  window.__broken.push(`${event.violatedDirective}: ${where}`);
});
"""


def bad(place: int, at: int, longest: int | None = None) -> str:
    """A payload that fits, another one in each version and each place."""
    for payload in islice(cycle(PAYLOADS), place + at, place + at + len(PAYLOADS)):
        if longest is None or len(payload) <= longest:
            return payload
    return SHORTEST


def poison(thing: Any, at: int) -> Any:
    """The same row or page with a payload in each text somebody may write."""
    places = count()
    for field in thing._meta.concrete_fields:
        is_free = field.editable and not field.choices and field.name not in NOT_FREE
        is_text = type(field) in (CharField, TextField)
        if is_text and is_free and (field.max_length or 999) >= len(SHORTEST):
            setattr(thing, field.name, bad(next(places), at, field.max_length))
    return thing


def story(at: int, photo: Any) -> list[tuple[str, Any]]:
    return [
        ("heading", bad(0, at, 120)),
        ("paragraph", prose(bad(1, at))),
        ("quote", {"text": bad(2, at), "attribution": bad(3, at, 200)}),
        ("picture", {"picture": photo, "caption": bad(4, at, 300)}),
    ]


def prose(payload: str) -> str:
    """A paragraph as the editor's field stores it, with a link nobody should follow."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": PAYLOADS[6]}}
    block = {
        "key": "a",
        "text": payload,
        "type": "unstyled",
        "depth": 0,
        "data": {},
        "inlineStyleRanges": [{"offset": 0, "length": 3, "style": "BOLD"}],
        "entityRanges": [{"offset": 4, "length": 5, "key": 0}],
    }
    typed = json.dumps({"blocks": [block], "entityMap": {"0": link}})
    return str(ContentstateConverter(STORY_FEATURES).to_database_format(typed))


def publish(page: Any, at: int, photo: Any, rows: dict[str, list[Any]]) -> None:
    author = make_person("Moderator", display_name=bad(5, at, 60))
    draft = poison(type(page).objects.get(pk=page.pk), at)
    draft.body = story(at, photo)
    draft.tags.add(bad(6, at, 100))
    for name, some in rows.items():
        setattr(draft, name, [poison(row, at) for row in some])
    with describe_change(
        by=author, author=author, reason=bad(7, at, 200), source=bad(8, at, 200)
    ):
        draft.save_revision(user=author).publish()


@pytest.fixture
def photo(wiki: str) -> Any:
    photo = get_image_model()(title="x", file=get_test_image_file())
    poison(photo, 0)
    photo.save()
    return photo


@pytest.fixture
def park(wiki: str, photo: Any) -> ParkPage:
    park = make_park(slug="bad-park")
    for at in range(1, VERSIONS):
        names = [ParkName(), ParkName(kind="former", ended="1990")]
        pictures = [ParkPicture(photo=photo)]
        sources = [ParkSource(url="https://a.example/"), ParkSource()]
        publish(
            park, at, photo, {"names": names, "gallery": pictures, "sources": sources}
        )
    area = poison(ParkArea(park=park), 1)
    area.save()
    area.save_revision().publish()
    return ParkPage.objects.get(pk=park.pk)


@pytest.fixture
def ride(park: ParkPage, photo: Any) -> RidePage:
    ride = make_ride(park, slug="bad-ride")
    maker = make_company(bad(2, 0, 100), slug="bad-maker")
    for at in range(1, VERSIONS):
        rows: dict[str, list[Any]] = {
            "names": [RideName(), RideName(kind="former", ended="1990")],
            "gallery": [RidePicture(photo=photo)],
            "sources": [RideSource(url="https://a.example/")],
            "tracks": [RideTrack(height="62 m"), RideTrack(height="20 m")],
            "credits": [MakerCredit(company=maker, role="manufacturer")],
        }
        publish(ride, at, photo, rows)
    Tag.objects.create(
        name=bad(1, 0, 80),
        slug="bad-tag",
        note=bad(2, 0, 300),
        changeset=ChangeSet.objects.earliest("number"),
        made_by=make_person("Editor", display_name=bad(3, 0, 60)),
    )
    return RidePage.objects.get(pk=ride.pk)


def addresses(page: Any) -> list[str]:
    newest = page.published_versions.latest("seq")
    return [
        page.url,
        *(f"{page.url}{path}" for path in ("?known_at=2030", "blame/")),
        *(f"{page.url}blame/?fact={fact}" for fact in ("names", "body", "title")),
        *(f"{page.url}history/{path}" for path in ("", "2/", "3/", "feed/")),
        *(f"{page.url}diff/{sides}/" for sides in ("1..2", "2..3", "1..3")),
        *(f"{page.url}diff/{sides}/?view=inline" for sides in ("1..2", "2..3")),
        f"/changes/{newest.changeset_id}/",
    ]


def of_moderators(page: Any) -> list[str]:
    newest = page.published_versions.latest("seq")
    return [
        f"{page.url}history/2/revert/",
        f"/changes/{newest.changeset_id}/revert/",
        f"/admin/pages/{page.pk}/versions/",
        f"/admin/pages/{page.pk}/history/",
    ]


def watched(tab: Page, wiki: str) -> list[str]:
    """What goes wrong in a tab from now on: dialogues, foreign requests."""
    told: list[str] = []

    def refuse(dialog: Any) -> None:
        told.append(f"a dialogue at {tab.url}: {dialog.message}")
        dialog.dismiss()

    def look(request: Any) -> None:
        if "xss" in request.url or not request.url.startswith((wiki, "data:", "blob:")):
            told.append(f"a request for {request.url} at {tab.url}")

    tab.add_init_script(WATCH)
    tab.on("dialog", refuse)
    tab.on("request", look)
    return told


def ran(tab: Page, address: str) -> list[str]:
    """What a page ran or tried to run."""
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    found = tab.evaluate("() => ({xss: window.__xss, broken: window.__broken || []})")
    return [f"{address}: {found}"] if found["xss"] or found["broken"] else []


def test_no_payload_in_any_text_runs_in_the_browser_of_a_reader(
    wiki: str, park: ParkPage, ride: RidePage, visitor: Page
) -> None:
    told = watched(visitor, wiki)
    wanted = [*addresses(park), *addresses(ride), "/changes/", "/changes/tags/"]
    wanted += ["/changes/tags/bad-tag/", "/changes/feed/", "/parks/", "/companies/"]

    run = [line for address in wanted for line in ran(visitor, f"{wiki}{address}")]

    assert run == []
    assert told == []
    visitor.goto(f"{wiki}{ride.url}diff/1..3/")
    expect(visitor.locator("main")).to_contain_text("__xss=1")


def test_no_payload_runs_in_the_dialogue_that_tells_who_set_a_fact(
    wiki: str, park: ParkPage, visitor: Page
) -> None:
    told = watched(visitor, wiki)
    visitor.goto(f"{wiki}{park.url}")
    marks = visitor.locator("a.origin")

    for place in range(min(marks.count(), MOST_MARKS)):
        marks.nth(place).dispatch_event("click")
        dialogue = visitor.get_by_role("dialog").first
        expect(dialogue.locator("#origin-heading")).to_be_visible()
        visitor.keyboard.press("Escape")
        expect(dialogue).to_be_hidden()

    run = visitor.evaluate("[window.__xss, window.__broken]")
    assert run == [None, []]
    assert told == []


def test_no_payload_runs_in_the_browser_of_a_moderator(
    wiki: str, park: ParkPage, ride: RidePage, visitor: Page
) -> None:
    sign_in(visitor, wiki, make_person("Moderator").email)
    told = watched(visitor, wiki)
    wanted = [*of_moderators(park), *of_moderators(ride)]

    run = [line for address in wanted for line in ran(visitor, f"{wiki}{address}")]

    assert run == []
    assert told == []
