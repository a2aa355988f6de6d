"""Walks through the wiki as a search engine would: along every address a page names."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http.response import HttpResponseBase
from django.test import Client

HOST = "http://testserver"
# Attributes that hold one address; those with several are read below.
ADDRESSES = ("href", "src", "hx-get", "data-points-url", "data-module", "data-outline")
# Numbers and words that stand for one of many: these addresses are of one kind.
ONE_OF_MANY = re.compile(r"(?<=/)(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=[/.])")
# Each such view exists for every page.
OF_A_PAGE = re.compile(r"^/(?:parks|companies|models)/.*?((?:history|blame|diff)/.*)$")


class _Links(HTMLParser):
    """What one page leads to, and the places within it that can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self._form: tuple[str, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors.add(given.get("id", ""))
        if tag == "form" and given.get("method", "get").lower() == "get":
            self._form = (given.get("action", ""), {})
        elif self._form and tag == "input" and given.get("type") != "checkbox":
            self._form[1][given.get("name", "")] = given.get("value", "")
        self.links += [given[name] for name in ADDRESSES if name in given]
        self.links += [
            one.split()[0] for one in given.get("srcset", "").split(",") if one.strip()
        ]
        if tag == "meta" and given.get("property") in ("og:url", "og:image"):
            self.links.append(given["content"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            action, fields = self._form
            fields.pop("", None)
            # One that nobody has filled may be refused.
            if any(fields.values()):
                self.links.append(f"{action.partition('#')[0]}?{urlencode(fields)}")
            self._form = None


@dataclass
class Crawl:
    """What was found on the way."""

    broken: list[str] = field(default_factory=list)
    visited: Counter[str] = field(default_factory=Counter)

    def count(self, kind: str) -> int:
        """How many addresses of a kind were asked for."""
        return self.visited[kind]


def crawl(client: Client, start: str, *, most_of_a_kind: int) -> Crawl:
    """Follow every link of the site from one page on.

    Of addresses that differ only in what is asked of one view (a filter, a version, a
    number) so many are followed; of pages all.
    """
    found = Crawl()
    seen = {start}
    waiting = deque([(start, "")])
    while waiting:
        address, origin = waiting.popleft()
        kind = kind_of(address)
        if kind != "page" and found.visited[kind] >= most_of_a_kind:
            continue
        found.visited[kind] += 1
        if address.startswith(settings.STATIC_URL):
            if finders.find(address.removeprefix(settings.STATIC_URL)) is None:
                found.broken.append(f"{origin} asks for {address}, which is missing")
            continue
        response = client.get(address, follow=True)
        if response.status_code >= 400:
            found.broken.append(f"{origin} leads to {address}: {response.status_code}")
            continue
        here, missing = _named_in(address, response)
        found.broken += [f"{address} has no place #{anchor}" for anchor in missing]
        for link in here:
            if link not in seen:
                seen.add(link)
                waiting.append((link, address))
    return found


def broken_links(client: Client, pages: Iterable[str]) -> list[str]:
    """What these pages name and leads nowhere. The links there are not followed."""
    broken: list[str] = []
    asked: set[str] = set()
    for page in pages:
        # Pictures of the admin stand in a file of their own, not on the page.
        named, _anchors = _named_in(page, client.get(page))
        for link in named:
            if link in asked or link.startswith((settings.STATIC_URL, "/media/")):
                continue
            asked.add(link)
            status = client.get(link).status_code
            if status >= 400:
                broken.append(f"{page} leads to {link}: {status}")
    return broken


def kind_of(address: str) -> str:
    """The view an address asks: "page" for one of the wiki's own pages."""
    parts = urlsplit(address)
    names = sorted(re.findall(r"(?:^|&)([^=&]+)=", parts.query))
    if known := OF_A_PAGE.match(parts.path):
        kind = f"of a page: {ONE_OF_MANY.sub('N', known[1])}"
    elif parts.path.startswith(("/media/", "/static/")):
        kind = parts.path[:8]
    elif ONE_OF_MANY.search(parts.path):
        kind = ONE_OF_MANY.sub("N", parts.path)
    elif names:
        kind = parts.path if parts.path.count("/") < 3 else "a page"
    else:
        return "page"
    if not names:
        return kind
    # Of filters together there are more than pages.
    return f"{kind}?{names[0] if len(names) == 1 else 'several'}"


def _named_in(
    address: str, response: HttpResponseBase
) -> tuple[list[str], Iterable[str]]:
    """The internal addresses an answer names, and anchors of its own it lacks."""
    content = b"".join(response)
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind == "application/json":
        return list(_internal(address, _strings(json.loads(content)))), ()
    if kind.endswith(("/xml", "+xml")):
        named = re.findall(r"(?:href=\"|<(?:loc|link|id)>)([^<\"]+)", content.decode())
        return list(_internal(address, named)), ()
    if kind != "text/html":
        return [], ()
    page = _Links()
    page.feed(content.decode())
    own = {link[1:] for link in page.links if len(link) > 1 and link.startswith("#")}
    return list(_internal(address, page.links)), sorted(own - page.anchors)


def _internal(address: str, links: Iterable[str]) -> Iterator[str]:
    for link in links:
        whole = urldefrag(urljoin(HOST + address, link)).url
        if whole.startswith(HOST + "/"):
            yield whole.removeprefix(HOST)


def _strings(value: object) -> Iterator[str]:
    """Every text in a JSON value that looks like an address."""
    match value:
        case str() if value.startswith(("/", HOST)):
            yield value
        case list():
            for one in value:
                yield from _strings(one)
        case dict():
            yield from _strings(list(value.values()))
