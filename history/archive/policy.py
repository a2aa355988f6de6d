"""Which versions may leave the database: a question to it, answered without a change.

A version may go when it is old, none of the newest of its object, and nothing needs
it. What needs a version is a protection; later apps register theirs.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Now

from wagtail.models import Page, Revision, TaskState

from history.content import snippet_models
from history.models import ObjectHead, PageVersion, Tag, VersionHold

NEWEST_KEPT = 20

YOUNG = "younger than asked for"
NEWEST = f"one of the newest {NEWEST_KEPT} of its object"

Protection = Callable[[], QuerySet[PageVersion]]
_protections: dict[str, Protection] = {}


def register_protection(name: str, versions: Protection) -> None:
    """Keep the versions a function names out of the archive.

    The name says why, in the dry run: "base of an open proposal". The function is
    called for each question and returns a QuerySet of PageVersion.
    """
    _protections[name] = versions


def default_age() -> int:
    """The days after which versions are archived, as the operator has set it."""
    return int(settings.ARCHIVE_AFTER_DAYS)


def eligible(*, older_than: int, within: Q | None = None) -> QuerySet[PageVersion]:
    """Versions in the database that may be archived, object by object, oldest first.

    `within` narrows the question to some versions.
    """
    asked = _in_database(within).exclude(_young(older_than)).filter(~_newest())
    for versions in _protections.values():
        asked = asked.filter(~Exists(versions().filter(pk=OuterRef("pk"))))
    return asked.order_by("object_uuid", "seq")


def explain(*, older_than: int, within: Q | None = None) -> dict[str, int]:
    """How many versions in the database stay there and why, the first reason counting.

    Under "" stand those that may be archived.
    """
    reasons = [
        When(_young(older_than), then=Value(YOUNG)),
        When(_newest(), then=Value(NEWEST)),
        *(
            When(Exists(versions().filter(pk=OuterRef("pk"))), then=Value(name))
            for name, versions in _protections.items()
        ),
    ]
    counted = (
        _in_database(within)
        .order_by()
        .annotate(reason=Case(*reasons, default=Value(""), output_field=CharField()))
        .values("reason")
        .annotate(number=Count("pk"))
    )
    return {row["reason"]: row["number"] for row in counted}


def _in_database(within: Q | None) -> QuerySet[PageVersion]:
    return PageVersion.objects.filter(within or Q(), payload__isnull=False)


def _young(older_than: int) -> Q:
    """Made less than so many days ago, by the database's clock.

    What counts is the date the history shows. Loaders bring changes of long ago
    along; those are as old as they say, and nothing that must stay rests on the date.
    """
    age = Value(timedelta(days=older_than))
    cutoff = ExpressionWrapper(Now() - age, output_field=DateTimeField())
    return Q(changeset__made_at__gt=cutoff)


def _newest() -> Q:
    newest = ObjectHead.objects.filter(object_uuid=OuterRef("object_uuid"))
    seq = Subquery(newest.values("version__seq")[:1])
    return Q(seq__gt=seq - NEWEST_KEPT) | Q(~Exists(newest))


def heads() -> QuerySet[PageVersion]:
    """The newest version of each object, by its head."""
    return PageVersion.objects.filter(
        Exists(ObjectHead.objects.filter(version=OuterRef("pk")))
    )


def live_versions() -> QuerySet[PageVersion]:
    """Versions that visitors see: not always the newest."""
    return _where(lambda model: Q(live_revision=OuterRef("revision_pk")))


def draft_bases() -> QuerySet[PageVersion]:
    """Versions that an unpublished draft was begun from."""

    def is_drafted_on(model: type[Model]) -> Q:
        newest = _concerned().filter(pk=OuterRef("latest_revision"))
        return Q(Exists(newest), has_unpublished_changes=True)

    return _where(is_drafted_on)


def scheduled_or_in_review() -> QuerySet[PageVersion]:
    """Versions due to go live again or under review, and the bases of such drafts."""
    in_review = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, revision=OuterRef("pk")
    )

    def is_pending(model: type[Model]) -> Q:
        revisions = _concerned().filter(
            Q(approved_go_live_at__isnull=False) | Exists(in_review),
            base_content_type=ContentType.objects.get_for_model(model),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        return Q(Exists(revisions))

    return _where(is_pending)


def tagged() -> QuerySet[PageVersion]:
    """Versions that were the newest of their object at a tag: the tagged state."""
    following = PageVersion.objects.filter(
        object_uuid=OuterRef("object_uuid"), seq=OuterRef("seq") + 1
    )
    tags = Tag.objects.filter(changeset_id__gte=OuterRef("changeset_id"))
    return PageVersion.objects.alias(
        next_change=Subquery(following.values("changeset_id")[:1])
    ).filter(
        Exists(tags.filter(changeset_id__lt=OuterRef("next_change")))
        | Q(next_change=None) & Exists(tags)
    )


def held() -> QuerySet[PageVersion]:
    """Versions on which a hold is in force."""
    holds = VersionHold.objects.in_force().filter(version=OuterRef("pk"))
    return PageVersion.objects.filter(Exists(holds))


def _where(condition: Callable[[type[Model]], Q]) -> QuerySet[PageVersion]:
    """Versions whose page or snippet, as it is now, meets a condition."""
    found = Q(
        Exists(Page.objects.filter(condition(Page), pk=OuterRef("page_id"))),
    )
    for model in snippet_models():
        snippets = model._default_manager.filter(
            condition(model), uuid=OuterRef("object_uuid")
        )
        found |= Q(Exists(snippets))
    return PageVersion.objects.filter(found)


def _concerned() -> QuerySet[Revision]:
    """Drafts that are a version of the outermost query, or were begun from one."""
    version = OuterRef(OuterRef("revision_pk"))
    # What was live when a draft was begun stands in the draft.
    base = Cast(KT("content__live_revision"), BigIntegerField())
    return Revision.objects.alias(base=base).filter(Q(pk=version) | Q(base=version))


register_protection("the newest of its object", heads)
register_protection("live", live_versions)
register_protection("base of a draft", draft_bases)
register_protection("scheduled or in review", scheduled_or_in_review)
register_protection("newest of its object at a tag", tagged)
register_protection("held", held)
