"""What a comparison names from elsewhere: pages, photos, areas, tags.

A comparison is kept for ever; what it names may be renamed, deleted or made private
tomorrow. So it is kept with marks in place of names, and the marks are filled in for
each reader, from what everybody may read now, with one query for each kind of thing.
"""

import re
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from taggit.models import TagBase
from wagtail.images import get_image_model_string
from wagtail.models import DraftStateMixin, Page

from history.diff.thumbnails import thumbnails_of
from history.visibility import public_pages

PAGE = "wagtailcore.page"
PHOTO = get_image_model_string().lower()
# Of one kind; those beyond are counted as gone rather than looked up.
MOST = 500
LARGEST_KEY = 2**31 - 1

# No text of an author can contain a mark: "<" is always written as an entity.
_MARK = re.compile(r'<tw-ref to="(\w+\.\w+):(\d{1,18})"></tw-ref>')


def reference(target: str, key: Any) -> SafeString:
    """A mark that `filled` replaces with the thing's name, link or thumbnail."""
    number = str(key)
    if not (number.isascii() and number.isdigit()):
        return nameless(target)
    return format_html('<tw-ref to="{}:{}"></tw-ref>', target, number[:18])


def filled(html: str, request: HttpRequest) -> SafeString:
    """The same HTML with every mark replaced by what everybody may read."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for target, key in _MARK.findall(html):
        if int(key) <= LARGEST_KEY and len(wanted[target]) < MOST:
            wanted[target].add(int(key))
    known = _named(wanted, request)

    def name_of(mark: re.Match[str]) -> str:
        target = PAGE if _is_page(mark[1]) else mark[1]
        return known.get((target, int(mark[2]))) or nameless(mark[1])

    return mark_safe(_MARK.sub(name_of, html))  # noqa: S308  marks become escaped names


def nameless(target: str) -> SafeString:
    """In place of what is gone or not public. Which of the two is not told."""
    if _is_page(target):
        words = gettext("a page that is gone or not public")
    elif _is_photo(target):
        words = gettext("a photo that is gone or not public")
    else:
        words = gettext("an entry that is gone or not public")
    return format_html('<span class="aside">{}</span>', words)


def _named(
    wanted: dict[str, set[int]], request: HttpRequest
) -> dict[tuple[str, int], SafeString]:
    keys: defaultdict[str, set[int]] = defaultdict(set)
    for target, numbers in wanted.items():
        keys[PAGE if _is_page(target) else target] |= numbers
    known: dict[tuple[str, int], SafeString] = {}
    for target, numbers in keys.items():
        if target == PAGE:
            found = _pages(numbers, request)
        elif _is_photo(target):
            found = _photos(numbers)
        else:
            found = _entries(target, numbers)
        known.update({(target, key): name for key, name in found.items()})
    return known


def _pages(keys: set[int], request: HttpRequest) -> dict[int, SafeString]:
    pages = public_pages().filter(pk__in=keys).only("pk", "title", "url_path", "depth")
    return {
        page.pk: format_html(
            '<a href="{}"><bdi>{}</bdi></a>', page.get_url(request) or "", page.title
        )
        for page in pages
    }


def _photos(keys: set[int]) -> dict[int, SafeString]:
    return {
        photo.pk: render_to_string(
            "history/diff/photo.html", {"photo": photo, "thumbnail": thumbnail}
        )
        for photo, thumbnail in thumbnails_of(keys)
    }


def _entries(target: str, keys: set[int]) -> dict[int, SafeString]:
    model: Any = apps.get_model(target)
    if not issubclass(model, DraftStateMixin | TagBase):
        # Whatever else may come to be named, accounts for one, has no public name.
        return {}
    entries = model._default_manager.filter(pk__in=keys)
    if issubclass(model, DraftStateMixin):
        entries = entries.filter(live=True)
    return {entry.pk: format_html("<bdi>{}</bdi>", entry.name) for entry in entries}


def _is_page(target: str) -> bool:
    return issubclass(apps.get_model(target), Page)


def _is_photo(target: str) -> bool:
    return target == PHOTO
