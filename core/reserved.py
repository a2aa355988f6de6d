"""Slugs no page may have, because the wiki answers at those addresses itself.

Some stand for the first part of an address, others are put behind the address of a
page: `parks/cedar-point/history/`. They are refused everywhere, since a page that is
moved takes its slug along.
"""

RESERVED = frozenset(
    {
        *("accounts", "admin", "api", "countries", "documents", "media"),
        *("rides", "search", "sitemap"),
        *("static", "units", "healthz", "robots", "well-known"),
        "compare",
        "lists",
        "styleguide",
        *("blame", "changes", "diff", "history"),
        *("suggest", "suggestions"),
    }
)


def refusal_of_slug(slug: str) -> str:
    """Why a page cannot have this slug; empty if it can."""
    if slug.lower() not in RESERVED:
        return ""
    return (
        f"The wiki itself uses “{slug}” in addresses. Choose another slug, such as "
        f"“{slug}-page”."
    )
