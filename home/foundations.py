"""The pages every installation needs before the first park can be added."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction

from wagtail.models import Page, Site

from home.models import ArticlePage, HomePage
from parks.models import CompanyIndexPage, ParkIndexPage, RideModelIndexPage

ABOUT = (
    "<p>ThrillWiki gathers what is known about theme parks and rides. Every fact "
    "keeps its history: who set it, when, why, and from which source.</p>"
)


@transaction.atomic
def lay_foundations(*, hostname: str = "localhost", port: int = 80) -> HomePage:
    """Create the front page and the indexes below it. Does nothing when they exist."""
    existing = HomePage.objects.first()
    if existing is not None:
        return existing
    root = Page.get_first_root_node()
    # Wagtail's own first migration leaves a page of greeting; nobody links to it.
    root.get_children().filter(
        content_type=ContentType.objects.get_for_model(Page), slug="home"
    ).delete()
    root = Page.objects.get(pk=root.pk)
    home = _add(root, HomePage(title="ThrillWiki", slug="home"))
    _add(home, ParkIndexPage(title="Parks", slug="parks", show_in_menus=True))
    _add(
        home, CompanyIndexPage(title="Companies", slug="companies", show_in_menus=True)
    )
    _add(home, RideModelIndexPage(title="Ride models", slug="models"))
    _add(
        home,
        ArticlePage(title="About", slug="about", body=[("paragraph", ABOUT)]),
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": hostname,
            "port": port,
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    return home


def stand_at(address: str) -> None:
    """Let the wiki's own links to itself begin with "http://127.0.0.1:8000", say."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = {"hostname": parts.hostname, "port": port}
    moved = Site.objects.filter(is_default_site=True).exclude(**place).update(**place)
    if moved:
        # Pages are kept as they were made, with the links they had.
        cache.clear()


def _add(parent: Page, page: Any) -> Any:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
