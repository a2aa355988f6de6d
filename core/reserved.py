"""Slugs no page may have, because the wiki answers at those addresses itself.

Some stand for the first part of an address, others are put behind the address of a
page: `parks/cedar-point/history/`. They are refused everywhere, since a page that is
moved takes its slug along.
"""

from django.utils.translation import gettext as _

RESERVED = frozenset(
    {
        *("accounts", "admin", "api", "countries", "documents", "language"),
        *("media", "rides", "search", "sitemap"),
        *("static", "units", "healthz", "robots", "well-known"),
        *("cards", "compare", "lists"),
        "styleguide",
        *("blame", "changes", "diff", "history"),
        *("suggest", "suggestions", "branches"),
    }
)


def refusal_of_slug(slug: str) -> str:
    """Why a page cannot have this slug; empty if it can."""
    if slug.lower() not in RESERVED:
        return ""
    return _(
        "The wiki itself uses “%(slug)s” in addresses. Choose another slug, "
        "such as “%(slug)s-page”."
    ) % {"slug": slug}
