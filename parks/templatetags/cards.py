"""Addresses of the pictures that other sites show beside a link."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

from parks.lists.kinds import RideList
from parks.models import CompanyPage, ParkPage, RidePage

register = template.Library()

WITH_CARDS = (ParkPage, RidePage, CompanyPage)


@register.simple_tag(takes_context=True)
def card_address(context: Context, shown: Page | RideList | Any) -> str:
    """The whole address of the card of a page or a list; "" where it has none.

    It holds the moment of the last publish, and of a list the day.
    """
    if isinstance(shown, RideList):
        day = timezone.localdate().toordinal()
        address = reverse("parks:list_card", args=[shown.slug, day])
    elif isinstance(shown, WITH_CARDS) and shown.last_published_at is not None:
        stamp = int(shown.last_published_at.timestamp())
        address = reverse("parks:page_card", args=[shown.pk, stamp])
    else:
        return ""
    return str(context["request"].build_absolute_uri(address))
