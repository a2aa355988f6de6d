"""The two sides of a comparison: which version "3", "tag:season-2026" or "live" is."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wagtail.models import Revision

from core.models import ContentPage
from history.addresses import Home, page_at, root_path_of
from history.content import Versioned, facts_in
from history.models import ObjectHead, PageVersion, Tag
from history.subjects import may_change, subjects_of
from history.visibility import public_pages, visible_to

DRAFT, LIVE, TAG = "draft", "live", "tag:"
# No object has so many versions; longer numbers name nothing.
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True)
class Subject:
    """What is compared: a page at its address, or a snippet or deleted page by uuid."""

    uuid: Any
    versions: QuerySet[PageVersion]
    title: str = ""
    address: str | None = None
    page: ContentPage | None = None

    @property
    def home(self) -> Home:
        """Where its past is read."""
        return Home(self.uuid, self.address)

    def url(self, older: str, newer: str) -> str:
        """The permanent address of a comparison of this subject."""
        return self.home.diff(older, newer)


@dataclass(frozen=True)
class Side:
    """One side: a version, or the newest draft."""

    name: str
    version: PageVersion | None = None
    tag: Tag | None = None
    draft: Revision | None = None
    model: Any = None

    @property
    def place(self) -> float:
        """Where it stands in history: a draft is newer than any version."""
        return float("inf") if self.version is None else self.version.seq

    @cached_property
    def draft_content(self) -> dict[str, Any]:
        """The facts of the draft."""
        return facts_in(self.model, self.draft.content) if self.draft else {}


def subject_at(request: HttpRequest, address: str) -> Subject:
    """The page at an address, for those who may read its history; else Http404."""
    root = root_path_of(request)
    if root is None:
        raise Http404
    versions = PageVersion.objects.filter(page=OuterRef("pk"))
    uuid = Subquery(versions.order_by().values("object_uuid")[:1])
    # Most readers read public pages, and for those one query tells all.
    pages = public_pages().filter(url_path=f"{root}{address}").order_by()
    for known, title in pages.values_list(uuid, "title")[:1]:
        if known is not None:
            return _subject(known, title, address)
    page = page_at(request, address)
    return _subject(page.uuid, page.title, address, page)


def subject_of(request: HttpRequest, uuid: UUID | str) -> Subject:
    """The snippet or page with a uuid, as far as this person may read its versions.

    Raises Http404 for what only looks like a uuid.
    """
    try:
        uuid = UUID(str(uuid))
    except ValueError as error:
        raise Http404(_("There is no such thing.")) from error
    versions = visible_to(request.user, PageVersion.objects.filter(object_uuid=uuid))
    return Subject(uuid, versions)


def _subject(
    uuid: Any, title: str, address: str, page: ContentPage | None = None
) -> Subject:
    versions = PageVersion.objects.filter(object_uuid=uuid)
    return Subject(uuid, versions, title, address, page)


def sides_of(
    subject: Subject, names: tuple[str, str], request: HttpRequest
) -> tuple[Side, Side]:
    """Both sides by their names, in the order given. Http404 if either is not there.

    One query for two versions, one more for each tag, and a few for a draft.
    """
    tags = {name: _tag(name) for name in names if name.startswith(TAG)}
    wanted = Q(pk__in=())
    for name in names:
        wanted |= _condition(name, tags.get(name), subject)
    head = ObjectHead.objects.filter(object_uuid=OuterRef("object_uuid"))
    found = list(
        subject.versions.filter(wanted)
        .select_related("changeset__author", "changeset__publisher")
        .annotate(head_seq=Subquery(head.values("version__seq")))
        .order_by("seq")
    )
    older, newer = (
        _draft(subject, request)
        if name == DRAFT
        else _side(name, found, tags.get(name))
        for name in names
    )
    return older, newer


def _condition(name: str, tag: Tag | None, subject: Subject) -> Q:
    if tag is not None:
        until = subject.versions.filter(changeset__lte=tag.changeset_id)
        return Q(pk=Subquery(until.order_by("-seq").values("pk")[:1]))
    if name == LIVE:
        head = ObjectHead.objects.filter(object_uuid=subject.uuid)
        return Q(pk=Subquery(head.values("version")[:1]))
    if name == DRAFT:
        return Q(pk__in=())
    if not _NUMBER.fullmatch(name):
        raise Http404(_("There is no such version."))
    return Q(seq=int(name))


def _side(name: str, found: list[Any], tag: Tag | None) -> Side:
    for version in reversed(found):
        if (
            (tag is not None and version.changeset_id <= tag.changeset_id)
            or (name == LIVE and version.seq == version.head_seq)
            or str(version.seq) == name
        ):
            return Side(name, version, tag)
    raise Http404(_("There is no such version."))


def _tag(name: str) -> Tag:
    tag = Tag.objects.filter(slug=name.removeprefix(TAG)).first()
    if tag is None:
        raise Http404(_("There is no such tag."))
    return tag


def _draft(subject: Subject, request: HttpRequest) -> Side:
    """The newest draft, for those who may edit it; nobody else learns of it."""
    thing = _as_it_is(subject, request) if request.user.is_authenticated else None
    if thing is not None and may_change(request.user, thing):
        draft = thing.get_latest_revision()
        if draft is not None:
            return Side(DRAFT, draft=draft, model=type(thing))
    raise Http404(_("There is no such version."))


def _as_it_is(subject: Subject, request: HttpRequest) -> Versioned | None:
    """The page or snippet itself, None when it is gone."""
    if subject.address is not None:
        return subject.page or page_at(request, subject.address)
    versions = subject.versions.select_related("content_type")[:1]
    return subjects_of(versions).get(subject.uuid)
