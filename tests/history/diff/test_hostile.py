"""What an attacker writes into facts is shown as text and does nothing."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client, RequestFactory

import pytest

from history.diff.rendering import render_comparison, render_content
from parks.models import ParkPage
from tests.factories.pages import make_park
from tests.history.diff.histories import contents_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

PAYLOADS = (
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    '<img src=x onerror="alert(1)">',
    '"><img src=x onerror=alert(1)>',
    "'\"--></style></script><script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\nScript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a hx-get=/accounts/logout/ hx-trigger=load x-init="alert(1)" @click="alert(1)" '
    'style="position:fixed">x</a>',
    '<a linktype="page" id="1" hx-get="/x" onmouseover="alert(1)">x</a>',
    '<a linktype="page" id=\'1"><script>alert(1)</script>\'>x</a>',
    '<embed embedtype="image" id="1" alt=\'"><img src onerror=alert(1)>\'/>',
    '<embed embedtype="media" url="javascript:alert(1)"/>',
    "<math><mtext><table><mglyph><style><!--</style>"
    '<img title="--&gt;<img src onerror=alert(1)>">',
    "<b>" * 50 + "x",
    "{{ 7|add:7 }}{% load static %}",
    '<tw-ref to="wagtailcore.page:1"></tw-ref>',
    "\u202egnp.exe",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<details open ontoggle=alert(1)>",
    "a\x00b",
)
OURS = {
    *("div", "p", "span", "del", "ins", "bdi", "a", "details", "summary", "dl", "dt"),
    *("dd", "ul", "li", "b", "i", "s", "u", "sup", "sub", "code", "br", "img"),
}
ATTRIBUTES = {
    *("class", "data-view", "href", "aria-hidden", "src", "width", "height", "alt"),
    *("loading", "decoding"),
}


class Tags(HTMLParser):
    """Collects what a browser would take for markup."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {v or "" for name, v in attrs if name in ("href", "src")}

    def handle_data(self, data: str) -> None:
        self.text += data


def poisoned(content: dict[str, Any], payload: str) -> dict[str, Any]:
    """The payload as every fact, of any kind, and as every part of a story."""
    rows = {
        name: [
            {**row, **dict.fromkeys(row.keys() - {"uuid"}, payload)} for row in value
        ]
        for name, value in content.items()
        if isinstance(value, list)
    }
    story = [
        {"type": "heading", "value": payload, "id": "a"},
        {"type": "paragraph", "value": f"<p>{payload}</p>", "id": payload},
        {
            "type": "quote",
            "value": {"text": payload, "attribution": payload},
            "id": "c",
        },
        {
            "type": "picture",
            "value": {"picture": payload, "caption": payload},
            "id": "d",
        },
        {"type": payload, "value": payload, "id": "e"},
        {"type": "quote", "value": {payload: payload}, "id": "f"},
    ]
    facts = dict.fromkeys(content, payload)
    new = [{"uuid": payload, "company": payload, payload: payload}]
    return {
        **facts,
        **rows,
        "body": story,
        "terms": new,
        "tagged_items": [{"tag": payload}],
        payload: payload,
    }


def is_inert(html: str) -> bool:
    tags = Tags()
    tags.feed(html)
    assert tags.tags <= OURS
    assert tags.attributes <= ATTRIBUTES
    assert all(address.startswith("/") for address in tags.addresses)
    assert "\x00" not in html
    assert "\u202e" not in html
    return True


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("view", ["", "side", "inline"])
def test_a_payload_in_any_fact_is_inert(payload: str, view: str) -> None:
    (clean,) = contents_of(make_park())
    bad = poisoned(clean, payload)
    request = RequestFactory().get("/", {"view": view})
    request.COOKIES["units"] = "imperial"

    for before, after in ((clean, bad), (bad, clean), (bad, poisoned(clean, "x"))):
        html = render_comparison(ParkPage, before, after, request=request)
        assert is_inert(html)
    assert is_inert(render_content(ParkPage, bad, request=request))


def test_a_payload_is_shown_as_the_text_it_is() -> None:
    (clean,) = contents_of(make_park())
    request = RequestFactory().get("/")
    request.COOKIES["units"] = "metric"
    after = {**clean, "city": "<script>alert(1)</script>", "address": "a\u202eb"}

    html = render_comparison(ParkPage, clean, after, request=request)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "a[U+202E]b" in html


def test_what_is_typed_into_the_address_of_a_comparison_is_inert(
    client: Client,
) -> None:
    park = make_park()

    for path in ("diff/1..<script>/", 'diff/1..1/?view="><script>alert(1)</script>'):
        html = client.get(f"{park.url}{path}").content.decode()
        assert not re.search(r"<script>alert", html)


def test_odd_values_are_shown_and_break_nothing() -> None:
    (clean,) = contents_of(make_park())
    request = RequestFactory().get("/")
    request.COOKIES["units"] = "metric"
    odd: tuple[Any, ...] = (
        *(True, -1, 1e308, 10**40, float("nan"), "NaN", "Infinity", "1e999999999"),
        *(
            [],
            [[]],
            [1, "x"],
            {},
            {"a": {"b": []}},
            "9" * 500,
            "٣",
            "[{]",
            "0000-00-00",
        ),
    )

    for value in odd:
        after = dict.fromkeys(clean, value)
        assert is_inert(render_comparison(ParkPage, clean, after, request=request))
        assert is_inert(render_content(ParkPage, after, request=request))
