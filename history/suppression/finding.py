"""Which suppression hides a version, and which versions a suppression hides."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from history.models import HiddenVersion, PageVersion, Suppression


class Hidden(Protocol):
    """A version of which some part is hidden, as a row or as a line of a list."""

    @property
    def pk(self) -> int: ...
    @property
    def object_uuid(self) -> UUID: ...
    @property
    def sha256(self) -> str: ...
    @property
    def text_hidden(self) -> bool: ...


def hidings_of(hidden: Sequence[Hidden]) -> dict[int, Suppression]:
    """The suppression in force for each of these versions, by primary key.

    One query, and none if nothing is hidden. A version that only repeats a hidden
    text (a move, a deletion, a return from the trash) came after the suppression, so
    it is found by its text.
    """
    if not hidden:
        return {}
    repeats = Q(
        suppression__hides_text=True,
        version__object_uuid__in={version.object_uuid for version in hidden},
        version__sha256__in={version.sha256 for version in hidden},
    )
    found = HiddenVersion.objects.filter(
        Q(version__in=[version.pk for version in hidden]) | repeats,
        suppression__in=Suppression.objects.in_force(),
    ).select_related("suppression", "version")
    by_version, by_text = {}, {}
    for one in found.order_by("-suppression__confirmed_at"):
        by_version[one.version_id] = one.suppression
        if one.suppression.hides_text:
            text = (one.version.object_uuid, one.version.sha256)
            by_text[text] = one.suppression
    hidings = {}
    for version in hidden:
        hiding = by_version.get(version.pk)
        if version.text_hidden:
            hiding = by_text.get((version.object_uuid, version.sha256), hiding)
        if hiding is not None:
            hidings[version.pk] = hiding
    return hidings


def versions_hidden_by(suppression: Suppression) -> QuerySet[PageVersion]:
    """Those it was asked for, and while it is in force those that repeat them."""
    own = Q(suppressions=suppression)
    if suppression.is_in_force and suppression.hides_text:
        covered = suppression.versions.all()
        own |= Q(
            text_hidden=True,
            object_uuid__in=covered.values("object_uuid"),
            sha256__in=covered.values("sha256"),
        )
    return PageVersion.objects.filter(own).distinct()
