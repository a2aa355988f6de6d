"""The serialisation format "wagtail-page": one text holds a whole page.

A version is the page with its rows, tags and relations, without its place in the
tree and without what only says that it is live. The text is canonical (sorted keys,
no spaces), so its hash is the hash of the content.

Reading a version back gives a page whose `save()` makes a new draft. Reversion's own
way, saving the raw row, would put the page back to where it stood in the tree.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers import base

from wagtail.models import Page

from core.models import ContentPage
from history.content import Versioned, canonical_text, content_of
from history.reverting.contents import drafted, stored_data


def text_of(subject: Versioned) -> str:
    """The canonical text of a live page or snippet."""
    return text_with(subject, content_of(subject))


def text_with(subject: Versioned, facts: dict[str, Any]) -> str:
    """The canonical text a page or snippet has with these facts."""
    return canonical_text({"uuid": str(subject.uuid), "pk": subject.pk, **facts})


class Serializer(base.Serializer):
    """Writes one page, given alone, as canonical text."""

    def serialize(  # type: ignore[override]  # options by name, as Django gives them
        self, queryset: Iterable[ContentPage], **options: Any
    ) -> str:
        (page,) = queryset
        self.text = text_of(page)
        return self.text

    def getvalue(self) -> str:
        return self.text


class RestoredPage:
    """A page as a version held it. Saving it makes a draft of the page there is.

    Only reversion's own `revert` comes here. The wiki reverts by history/reverting.
    """

    def __init__(self, page: Versioned) -> None:
        self.object = page
        self.m2m_data: dict[str, Any] = {}

    def save(self, **options: Any) -> None:
        # What was sound then may contradict the wiki of today. A draft may; the
        # publish checks it.
        self.object.save_revision(log_action="wagtail.revert", clean=False)


def Deserializer(text: str, **options: Any) -> Iterator[RestoredPage]:  # noqa: N802  Django asks for the name
    """Yield the page of a version's text. (Django fixes the name.)

    Raises DeserializationError when the page is gone for good.
    """
    content = json.loads(text)
    found = Page.objects.filter(pk=content["pk"]).specific().first()
    if not isinstance(found, ContentPage) or str(found.uuid) != content["uuid"]:
        raise base.DeserializationError(f"page {content['uuid']} does not exist")
    yield RestoredPage(drafted(found, stored_data(found), content))
