"""Atom feeds of changes: of a page, of all below a page, of the whole wiki."""

from datetime import datetime
from typing import Any
from uuid import uuid5

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from wagtail.models import Page

from core.wording import in_a_sentence
from history.addresses import root_path_of
from history.diff.sides import Subject, subject_at
from history.models import PageVersion
from history.public.entries import Entry, entries_of
from history.public.lines import lines_of
from history.visibility import visible_to

MOST = 50
# What a feed shows everybody may read, whoever fetches it: shared caches keep it.
NOBODY = AnonymousUser()


@method_decorator(require_safe, name="__call__")
class ChangesFeed(Feed):
    """The newest changes of the whole wiki."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return request

    def title(self, request: Any) -> str:
        return gettext("ThrillWiki: recent changes")

    def link(self, request: Any) -> str:
        return reverse("history:recent")

    def feed_url(self, request: Any) -> str:
        return reverse("history:recent_feed")

    def items(self, request: Any) -> list[Entry]:
        return _newest(request, PageVersion.objects.all())

    def item_title(self, entry: Entry) -> str:
        name = entry.title or gettext("A hidden version")
        return f"{name}: {in_a_sentence(entry.what)}"

    def item_description(self, entry: Entry) -> str:
        facts = ", ".join(entry.facts)
        parts = [
            gettext("Changed: %(facts)s.") % {"facts": facts} if facts else "",
            entry.reason,
        ]
        # Atom readers take a summary for HTML.
        return escape(" ".join(part for part in parts if part))

    def item_link(self, entry: Entry) -> str:
        return entry.url

    def item_guid(self, entry: Entry) -> str:
        # Not the link: that changes when the page moves.
        return uuid5(entry.home.uuid, str(entry.seq)).urn

    def item_author_name(self, entry: Entry) -> str:
        # Atom wants somebody named in every entry: the wiki itself, or a hidden name.
        return entry.author or entry.who

    def item_pubdate(self, entry: Entry) -> datetime:
        return entry.made_at

    def item_updateddate(self, entry: Entry) -> datetime:
        return entry.made_at


class PageFeed(ChangesFeed):
    """The changes of one page; with ?below=1 of all pages under it too."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        subject = subject_at(request, kwargs["address"])
        return request, subject, kwargs["address"]

    def title(self, asked: tuple[Any, Subject, str]) -> str:
        request, subject, _ = asked
        below = gettext(" and all below") if _with_below(request) else ""
        return gettext("%(title)s%(below)s: changes") % {
            "title": subject.title,
            "below": below,
        }

    def link(self, asked: tuple[Any, Subject, str]) -> str:
        return reverse("history:page", kwargs={"address": asked[2]})

    def feed_url(self, asked: tuple[Any, Subject, str]) -> str:
        url = reverse("history:page_feed", kwargs={"address": asked[2]})
        return f"{url}?below=1" if _with_below(asked[0]) else url

    def feed_guid(self, asked: tuple[Any, Subject, str]) -> str:
        # Not the link: a page has two feeds, and it may move.
        request, subject, _ = asked
        return uuid5(subject.uuid, "below" if _with_below(request) else "feed").urn

    def items(self, asked: tuple[Any, Subject, str]) -> list[Entry]:
        request, subject, address = asked
        wanted = Q(object_uuid=subject.uuid)
        if _with_below(request):
            wanted |= _below(subject, f"{root_path_of(request)}{address}")
        return _newest(request, PageVersion.objects.filter(wanted))


def _with_below(request: HttpRequest) -> bool:
    return request.GET.get("below") == "1"


def _below(subject: Subject, address: str) -> Q:
    """Whatever stands under a page, on however many floors.

    One floor is what an index of the versions knows, what has left it included.
    """
    page = Page.objects.only("path", "depth", "numchild").get(url_path=address)
    if page.get_children().filter(numchild__gt=0).exists():
        return Q(page__path__startswith=page.path)
    return Q(place_uuid=subject.uuid)


def _newest(request: HttpRequest, versions: QuerySet[PageVersion]) -> list[Entry]:
    from_all = visible_to(NOBODY, versions)
    lines = lines_of(from_all.order_by("-pk")[:MOST])
    return entries_of(lines, request=request, reader=NOBODY)
