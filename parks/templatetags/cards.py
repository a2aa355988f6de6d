"""Addresses of the pictures that other sites show beside a link."""

import hashlib
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

from core.caching.build import build
from core.caching.rules import shown_on
from core.caching.stamps import WHOLE_WIKI, stamp_of
from core.models import ContentPage
from parks.cards.contents import KINDS
from parks.countries import country_slug
from parks.lists.kinds import RideList

register = template.Library()


@register.simple_tag(takes_context=True)
def card_address(context: Context, shown: Page | RideList | None = None) -> str:
    """The whole address of the card of a page or a list; else that of the wiki's own.

    It changes with all that stands on the card: caches of others keep a picture by
    its address, some of them for good.
    """
    if isinstance(shown, RideList):
        # What opens or closes soon is another ride tomorrow.
        state = _state(WHOLE_WIKI, timezone.localdate())
        path = reverse("parks:list_card", args=[shown.slug, state])
    elif isinstance(shown, ContentPage) and type(shown) in KINDS:
        path = reverse("parks:page_card", args=[shown.pk, _state(shown_on(shown))])
    else:
        # An article is not made anew whenever the wiki grows; nor is its head.
        topics = shown_on(shown) if isinstance(shown, ContentPage) else WHOLE_WIKI
        path = reverse("parks:wiki_card", args=[_state(topics)])
    return _whole(context, path)


@register.simple_tag(takes_context=True)
def country_card_address(context: Context, code: str) -> str:
    """The whole address of the card of a country."""
    names = [country_slug(code), _state(WHOLE_WIKI)]
    return _whole(context, reverse("parks:country_card", args=names))


def _state(topics: tuple[str, ...], *more: object) -> str:
    """What changes with these topics, with more, and with the program that draws."""
    text = f"{build()} {stamp_of(topics).topics} {more}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _whole(context: Context, path: str) -> str:
    whole: Any = context["request"].build_absolute_uri(path)
    return str(whole)
