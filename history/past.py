"""What the wiki said on an earlier day, for core/past.py."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import ContentPage
from core.past import (
    CannotBeRead,
    HiddenThen,
    Known,
    KnownPages,
    NotKnownYet,
    NotPublicThen,
)
from core.refusals import PastIsClosed
from history.models import (
    ChangeSet,
    ObjectHead,
    Operation,
    PageVersion,
    Suppression,
)
from history.reading import CannotRead, contents_of_versions
from history.remembered import page_in_memory, stand_at
from history.visibility import may_read_history, visible_to

GONE = (Operation.UNPUBLISH, Operation.DELETE)
NOBODY = AnonymousUser()


class PastInVersions:
    """Answers from the recorded versions, as anybody may read them."""

    def is_open_to(self, reader: Any, page: ContentPage) -> bool:
        return may_read_history(reader, page)

    def page_known_at(self, page: ContentPage, moment: datetime) -> Known:
        newest = _newest_before(
            moment, PageVersion.objects.filter(object_uuid=page.uuid)
        )
        version = newest.first()
        if version is None:
            raise NotKnownYet
        if not version.live or version.operation in GONE:
            raise NotPublicThen
        if version.text_hidden:
            raise HiddenThen(_why_hidden(version))
        try:
            content = contents_of_versions([version], reader=None)[version.pk]
            return _known(version, page, content)
        except CannotRead as error:
            raise CannotBeRead(str(error)) from error

    def pages_known_at(
        self, place: ContentPage, also: Any, moment: datetime
    ) -> KnownPages:
        here = PageVersion.objects.filter(place_uuid=place.uuid).values("object_uuid")
        newest = _newest_before(
            moment, PageVersion.objects.filter(object_uuid=OuterRef("object_uuid"))
        )
        heads = ObjectHead.objects.filter(
            Q(object_uuid__in=here) | Q(object_uuid__in=also)
        ).annotate(then=Subquery(newest.values("pk")[:1]))
        versions = visible_to(
            NOBODY,
            PageVersion.objects.filter(pk__in=heads.values("then"), live=True)
            .exclude(operation__in=GONE)
            .select_related("page", "changeset", "payload", "content_type"),
        )
        return _readable(list(versions))

    def stamp(self) -> str:
        """The newest changeset, and the newest step of any suppression."""
        newest = (
            ChangeSet.objects.order_by("-number")
            .values_list("number", *map(_newest_step, ("asked", "confirmed", "lifted")))
            .first()
        )
        return "|".join(map(str, newest or ()))


def _newest_step(step: str) -> Subquery:
    moment = f"{step}_at"
    steps = Suppression.objects.order_by(F(moment).desc(nulls_last=True))
    return Subquery(steps.values(moment)[:1])


def _newest_before(
    moment: datetime, versions: QuerySet[PageVersion]
) -> QuerySet[PageVersion]:
    """Newest by number: loaders bring dates of long ago, in the order of numbers."""
    return (
        versions.filter(changeset__made_at__lt=moment)
        .select_related("changeset", "payload")
        .order_by("-seq")
    )


def _readable(versions: list[PageVersion]) -> KnownPages:
    """The pages of those versions that anybody may read and that can be read."""
    shown = {v.pk: v for v in versions if not v.text_hidden}
    contents: dict[int, dict[str, Any]] = {}
    while shown and not contents:
        try:
            contents = contents_of_versions(shown.values(), reader=None)
        except CannotRead as error:
            del shown[error.version.pk]
    pages = []
    for pk, content in contents.items():
        live = shown[pk].page
        if live is None:
            continue
        try:
            pages.append(_known(shown[pk], live, content))
        except CannotBeRead:
            continue
    return KnownPages(pages, withheld=len(versions) - len(pages))


def _known(version: PageVersion, live: Any, content: dict[str, Any]) -> Known:
    model = version.content_type.model_class()
    if model is None or not issubclass(model, ContentPage):
        raise CannotBeRead(
            _("Version %(seq)s is of a kind the wiki has no more.")
            % {"seq": version.seq}
        )
    try:
        page = page_in_memory(
            model, content, uuid=UUID(str(content["uuid"])), refusal=PastIsClosed
        )
    except (ValidationError, ValueError, TypeError) as error:
        raise CannotBeRead(
            _("Version %(seq)s is written in a way this wiki cannot read.")
            % {"seq": version.seq}
        ) from error
    stand_at(page, live)
    changeset = version.changeset
    return Known(page, version.seq, changeset.made_at, version.place_uuid)


def _why_hidden(version: PageVersion) -> str:
    suppression = version.suppressions.in_force().filter(hides_text=True).first()
    made = version.changeset.made_at
    words = _("Version %(seq)s of %(made)s is hidden") % {
        "seq": version.seq,
        "made": date_format(made, _("j F Y")),
    }
    return f"{words}: {suppression.reason}" if suppression else f"{words}."
