"""A site as Wagtail brings it, the peer of the pages: no cache and none of our views.

It shows an article of this wiki with a template of its own, through Wagtail's routing,
Wagtail's tags and the middleware of Wagtail's project template. What a detail page of
the demonstration sites asks for is asked for: the menu, which of its items have pages
below them, the breadcrumb, renditions of pictures, linked pages and pages beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.test import override_settings

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

import pytest

from core.routing import RoutesByAddress
from home.models import ArticlePage, HomePage

TEMPLATE = Path(__file__).with_name("detail.html")
# Of Wagtail's own project template.
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
PICTURES = PARAGRAPHS = BESIDE = 3


def make_article() -> ArticlePage:
    """A page with pictures, text with links and other pages beside it."""
    home = HomePage.objects.get()
    pictures = [_picture(f"Picture {number}") for number in range(PICTURES)]
    linked = Page.objects.get(slug="parks").pk
    text = f'<p>{"A story of parks. " * 40}<a linktype="page" id="{linked}">x</a></p>'
    body: list[Any] = [("heading", "How it began")]
    body += [("paragraph", text)] * PARAGRAPHS
    body += [("picture", {"picture": each, "caption": ""}) for each in pictures]
    for number in range(BESIDE):
        _add(home, ArticlePage(title=f"Beside {number}", introduction="Read it too."))
    Page.objects.filter(depth=home.depth + 1).update(show_in_menus=True)
    return _add(home, ArticlePage(title="Story", introduction="Long ago.", body=body))


@contextmanager
def as_wagtail_brings_it() -> Iterator[None]:
    """Serve articles without anything of ours."""
    template = engines["django"].from_string(TEMPLATE.read_text())
    ours = pytest.MonkeyPatch()
    ours.setattr(ArticlePage, "get_template", lambda *asked, **more: template)
    ours.setattr(ArticlePage, "get_context", _context)
    ours.setattr(RoutesByAddress, "route", Page.route)
    with override_settings(
        ROOT_URLCONF="tests.benchmarks.peer.urls", MIDDLEWARE=MIDDLEWARE
    ):
        yield
    ours.undo()


def _context(page: ArticlePage, request: HttpRequest, *args: Any, **more: Any) -> Any:
    site = Site.find_for_request(request)
    assert site is not None
    menu = list(site.root_page.get_children().live().in_menu())
    for item in menu:
        item.has_more = item.get_children().live().in_menu().exists()
        item.is_here = page.url_path.startswith(item.url_path)
    pictures = [block.value for block in page.body if block.block_type == "picture"]
    return {
        **Page.get_context(page, request, *args, **more),
        "menu": menu,
        "breadcrumb": page.get_ancestors(inclusive=True).filter(depth__gt=1),
        "picture": pictures[0]["picture"],
        "beside": page.get_siblings(inclusive=False).live().specific()[:BESIDE],
    }


def _picture(title: str) -> Any:
    file = get_test_image_file(size=(900, 600))
    return get_image_model().objects.create(title=title, file=file)


def _add(parent: Page, page: Any) -> Any:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
