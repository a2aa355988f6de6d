"""The pages an address of the admin names: ticked in a listing, or all it shows."""

from typing import Any

from django.http import Http404, HttpRequest

from wagtail.models import Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.batch_operations import LISTINGS

# No database has a larger key.
LARGEST_KEY = 2**31 - 1


def chosen_pages(request: HttpRequest) -> PageQuerySet | None:
    """The pages that were chosen, of those the reader sees in the admin; None for no
    choice. Raises Http404 for a listing nobody knows.
    """
    keys = request.GET.getlist("id")
    if name := request.GET.get("listing"):
        if name not in LISTINGS:
            raise Http404
        chosen = Page.objects.filter(pk__in=LISTINGS[name](request).values("pk"))
    elif "all" in keys:
        above = _key(request.GET.get("childOf", ""))
        parent = Page.objects.filter(pk=above).first()
        if parent is None:
            raise Http404
        chosen = parent.get_children()
    elif keys:
        chosen = Page.objects.filter(pk__in=[_key(key) for key in keys])
    else:
        return None
    seen: Any = PagePermissionPolicy().explorable_instances(request.user)
    return chosen.filter(pk__in=seen.values("pk"))


def _key(text: str) -> int:
    """A key as it stands in an address; 0, which no page has, for anything else."""
    if not text.isascii() or not text.isdecimal():
        return 0
    return min(int(text[:12]), LARGEST_KEY)
