"""From the facts of a version to something that can be saved."""

import json
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from core.drafting import full_clean_beside, full_clean_of_new
from core.models import ContentPage
from core.references import known_targets
from core.refusals import NotPublishable
from core.rows import row_models
from core.sayings import Saying, of_error
from history.content import UNDOES, Versioned, canonical_text, facts_in
from history.facts import label_of

Content = dict[str, Any]
# What reading a content raises that the model of today cannot hold.
UNREADABLE = (ValidationError, ValueError, TypeError)
IDENTITY = frozenset({"pk", "uuid"})
# How Django says that a field holds nothing; the message alone names no field.
BLANK = frozenset({"blank", "null", "required"})
# What a page that is not there yet gets with its place.
OF_THE_TREE = frozenset({"path", "depth", "slug"})


class Edit(Protocol):
    """What becomes of the facts of one object."""

    @property
    def subject(self) -> Versioned: ...

    @property
    def before(self) -> Content: ...

    @property
    def after(self) -> Content: ...


def drafted(subject: Versioned, data: Content, content: Content) -> Versioned:
    """The object with these facts, in memory.

    `data` is the stored data they take the place of: what is no fact, such as when it
    shall be published, stays as it is there.
    """
    draft = subject.with_content_json(_laid_over(type(subject), data, content))
    if isinstance(draft, ContentPage):
        draft.begun_from = subject.live_revision_id
    return draft


def facts_alone(content: Content) -> Content:
    """A content without what says of which object it is: that is no fact."""
    return {name: value for name, value in content.items() if name not in IDENTITY}


def tells_other_place(model: Any, one: Content, other: Content) -> bool:
    """Whether two contents differ in facts that say under which page it stands."""
    facts = getattr(model, "facts_of_place", ())
    return any(one.get(fact) != other.get(fact) for fact in facts)


def as_saved(subject: Versioned, content: Content) -> Content:
    """The facts a draft of this content has: without what it names and is gone."""
    return facts_of(drafted(subject, stored_data(subject), content))


def facts_of(draft: Versioned) -> Content:
    """The facts of something in memory, as a version would hold them."""
    return plain_facts(type(draft), draft.serializable_data())


def plain_facts(model: Any, data: Content) -> Content:
    """The facts in stored data as they are compared and merged, in plain values."""
    return facts_alone(json.loads(canonical_text(facts_in(model, data))))


def stored_data(subject: Versioned) -> Content:
    """The data of what is live; of what was, when nothing is."""
    live = subject.live_revision
    return dict(live.content if live else subject.serializable_data())


def check(draft: Versioned, *, live: Versioned | None = None) -> None:
    """Raise NotPublishable when what was sound then contradicts the wiki of today.

    Of a draft that was made with many others, `live` is the page as it is stored.
    """
    problems: list[Saying] = []
    try:
        if isinstance(draft, ContentPage) and isinstance(live, ContentPage):
            full_clean_beside(draft, live)
        elif isinstance(draft, ContentPage) and draft.pk is None and known_targets():
            full_clean_of_new(draft, exclude=OF_THE_TREE, with_constraints=True)
        else:
            draft.full_clean(exclude=OF_THE_TREE if draft.pk is None else None)
    except ValidationError as error:
        problems += _told(type(draft), error)
    for name, row_model in row_models(type(draft)).items():
        keys = [field.name for field in row_model._meta.fields if field.remote_field]
        for row in getattr(draft, name).all():
            try:
                # Of the links to others only those can be asked that exist already.
                row.clean_fields(exclude=[*keys, "uuid"])
                row.clean()
            except ValidationError as error:
                problems += _told(row_model, error)
    if problems:
        raise NotPublishable(draft, problems)


def _told(model: Any, error: ValidationError) -> list[Saying]:
    """The messages, with the name of the fact where one is about a blank."""
    if not hasattr(error, "error_dict"):
        return [of_error(one) for one in error.error_list]
    return [
        _of_blank(model, name, one) if one.code in BLANK else of_error(one)
        for name, errors in error.error_dict.items()
        for one in errors
    ]


def _of_blank(model: Any, name: str, error: ValidationError) -> Saying:
    said = {"fact": label_of(model, name), "problem": of_error(error)}
    return Saying("%(fact)s: %(problem)s", said)


def _laid_over(model: Any, data: Content, content: Content) -> Content:
    laid = {name: value for name, value in data.items() if name != UNDOES}
    relations = row_models(model)
    for name, value in facts_alone(content).items():
        if name in relations:
            value = _with_keys(value or [], data.get(name) or [])
        laid[name] = value
    return laid


def _with_keys(rows: list[Content], known: list[Content]) -> list[Content]:
    """Rows that are there today keep their keys, so that they are not made anew."""
    keys = {_identity(row): row.get("pk") for row in known}
    return [
        {**row, "pk": keys.get(_identity(row)), "sort_order": place}
        for place, row in enumerate(rows)
    ]


def _identity(row: Content) -> str:
    # Rows of tags have none but the tag they name.
    return str(row.get("uuid") or row.get("tag"))
