"""Brings pages to life as an editor would: a revision, published, with its reason."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from core.bulk_loading import publish_first, publish_snippet
from core.changes import describe_change
from core.models import ContentPage, VersionedSnippet

KIND = "import"


class Publisher:
    """Publishes in the name of an account, with the file as the source."""

    def __init__(self, by: Any, file_name: str, *, is_reviewed: bool = False) -> None:
        self._by = by
        # What is undone and reviewed later asks nobody's right to publish.
        self._is_reviewed = is_reviewed
        self._file_name = file_name
        self.published: list[ContentPage] = []
        self._taken: dict[int, set[str]] = defaultdict(set)

    def add(
        self, page: ContentPage, parent: Any, reason: str, *, distinction: str = ""
    ) -> None:
        """Create a page below `parent` and publish its first version.

        A slug that is taken gets the distinction added: for rides their year.
        Raises ValidationError, adding nothing, when the page breaks a rule.
        """
        page.owner = self._by
        page.slug = self._free_slug(page.title, parent, distinction)
        with transaction.atomic(), self._described(reason):
            publish_first(page, parent, by=self._by)
        self.published.append(page)
        self._taken[parent.pk].add(page.slug)

    def add_snippet(self, snippet: VersionedSnippet, reason: str) -> None:
        """Create something without a page of its own and publish it."""
        with self._described(reason):
            publish_snippet(snippet)

    def change(self, page: ContentPage, reason: str) -> None:
        """Publish what was changed on a page in memory. Raises as `add` does."""
        with transaction.atomic(), self._described(reason):
            self._publish(page)

    def _publish(self, page: ContentPage) -> None:
        revision = page.save_revision(user=self._by, log_action=False)
        revision.publish(
            user=self._by,
            log_action=False,
            skip_permission_checks=self._is_reviewed,
        )
        self.published.append(page)

    def _described(self, reason: str) -> Any:
        return describe_change(
            by=self._by, reason=reason, source=self._file_name, kind=KIND
        )

    def _free_slug(self, title: str, parent: Any, distinction: str) -> str:
        taken = self._taken[parent.pk]
        if not taken:
            taken.update(parent.get_children().values_list("slug", flat=True))
        return next(slug for slug in _slugs(title, distinction) if slug not in taken)


def _slugs(title: str, distinction: str) -> Iterator[str]:
    """Addresses for a title from the plainest on."""
    base = slugify(title, allow_unicode=True)[:200] or "page"
    yield base
    if distinction:
        base = f"{base}-{slugify(distinction, allow_unicode=True)}"
        yield base
    yield from (f"{base}-{number}" for number in count(2))
