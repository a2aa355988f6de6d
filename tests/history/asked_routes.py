"""Every route of the history, and the addresses at which a test asks for it.

A route that is not here fails tests/history/test_routes_and_roles.py.
"""

import inspect
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

# In braces what differs from thing to thing: see Thing.
PUBLIC = {
    "recent": ("/changes/", "/changes/?by={author}", "/changes/?kind=publish"),
    "recent_feed": ("/changes/feed/",),
    "tags": ("/changes/tags/",),
    "tag": ("/changes/tags/early/",),
    "changeset": ("/changes/{number}/",),
    "revert_change": ("/changes/{number}/revert/",),
    "object": ("/changes/of/{uuid}/", "/changes/of/{uuid}/?by={author}"),
    "object_version": ("/changes/of/{uuid}/{seq}/",),
    "object_diff": (
        "/changes/of/{uuid}/diff/{before}..{seq}/",
        "/changes/of/{uuid}/diff/live..draft/",
        "/changes/of/{uuid}/diff/tag:early..{seq}/",
    ),
    "revert_object": ("/changes/of/{uuid}/{seq}/revert/",),
    "object_export": ("/changes/of/{uuid}/versions.jsonl",),
    "page": (
        "{page}history/",
        "{page}history/?by={author}",
        "{page}history/?fact=city",
        "{page}history/?after=0",
    ),
    "page_feed": ("{page}history/feed/", "/parks/history/feed/?below=1"),
    "version": ("{page}history/{seq}/", "{page}history/1/"),
    "diff": (
        "{page}diff/{before}..{seq}/",
        "{page}diff/{before}..{seq}/?view=inline",
        "{page}diff/{seq}..live/",
        "{page}diff/live..draft/",
        "{page}diff/tag:early..{seq}/",
    ),
    "blame": ("{page}blame/", "{page}blame/?fact=city", "{page}blame/?fact=title"),
    "revert_page": ("{page}history/{seq}/revert/",),
    "export": ("{page}history/versions.jsonl",),
}
ADMIN = {
    "history_page_versions": ("/admin/pages/{page_pk}/versions/",),
    "history_page_versions_results": ("/admin/pages/{page_pk}/versions/results/",),
    "history_archive_start": ("/admin/archive/start/",),
    "history_hold_place": ("/admin/holds/place/{version_pk}/",),
    "history_settle": ("/admin/kept-texts/{kept_pk}/",),
    "history_hold": ("/admin/holds/{hold_pk}/",),
    "history_suppression_ask": ("/admin/suppressions/ask/{version_pk}/",),
    "history_suppression": ("/admin/suppressions/{suppression_pk}/",),
    "history_suppression_decide": ("/admin/suppressions/{suppression_pk}/decide/",),
    "history_trash_restore": ("/admin/trash/{deletion_pk}/restore/",),
    "history_trash_discard": ("/admin/trash/{deletion_pk}/discard/",),
}
# Tables of wagtail-modeladmin, and what stands for the key of a row in each.
TABLES = {
    "archive": "00000000-0000-0000-0000-000000000000",
    "holds": "{hold_pk}",
    "suppressions": "{suppression_pk}",
    "trash": "{deletion_pk}",
}
for table, key in TABLES.items():
    start = f"/admin/{table}/"
    ADMIN[f"{table}_modeladmin_index"] = (start,)
    ADMIN[f"{table}_modeladmin_create"] = (f"{start}create/",)
    for verb in ("edit", "delete"):
        ADMIN[f"{table}_modeladmin_{verb}"] = (f"{start}{verb}/{key}/",)
ADMIN["archive_modeladmin_inspect"] = (f"/admin/archive/inspect/{TABLES['archive']}/",)
# Not of the history, and shows parts of it all the same.
BESIDE = ("{page}?known_at=2030", "/parks/?known_at=2030", "/sitemap.xml", "/parks/")
# What htmx says when it asks for a part of a page.
PARTS = {"page": "latest-changes", "blame": "origin"}


def routes() -> set[str]:
    """Names of all addresses the history answers."""
    return set(views())


def views() -> dict[str, Any]:
    """Who answers at each of them."""
    found = {}
    for pattern in _patterns(get_resolver()):
        view = inspect.unwrap(pattern.callback)
        owner = getattr(view, "__self__", None)
        module = type(owner).__module__ if owner else pattern.lookup_str
        is_editor = "snippet_views" in module
        if module.startswith("history.") and not is_editor:
            found[pattern.name] = pattern.callback
    return found


def _patterns(resolver: URLResolver) -> Iterator[Any]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern
