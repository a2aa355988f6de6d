"""What a revert would make of each object it is about.

A plan is made twice: to be shown, and again while the objects are held. Only if both
times the same versions were the newest ones is it carried out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext as _

from core.models import ContentPage
from history.content import Versioned, fingerprint
from history.diff.schema import schema_of
from history.merging import Conflict, Pick, Result, merge
from history.models import ChangeSet, ObjectHead, Operation, PageVersion
from history.reading import content_of_version
from history.reverting.contents import (
    Content,
    as_saved,
    drafted,
    facts_alone,
    stored_data,
    tells_other_place,
)
from history.reverting.refusals import RevertRefused
from history.subjects import may_publish, subjects_of

# Objects of one change that are undone in one go.
MOST_OBJECTS = 50

# What somebody decided where later edits stand in the way, by `Undoing.prefix` and
# the key of the conflict.
Choices = Mapping[tuple[int, str], Pick]


class Deed(StrEnum):
    """What is done to an object."""

    CHANGE = "change"
    SHOW = "show"
    HIDE = "hide"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Undoing:
    """What becomes of one object.

    `before` and `after` are its facts now and then. `result` is the merge they come
    from, None when a version comes back whole. `place` is the page it moves to.
    """

    version: PageVersion
    subject: Versioned
    head: PageVersion
    deed: Deed
    before: Content
    after: Content
    result: Result | None = None
    place: ContentPage | None = None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where later edits changed the same; `after` has it as it is now."""
        return self.result.conflicts if self.result else ()

    @property
    def prefix(self) -> int:
        """What its choices are filed under."""
        return self.version.pk

    @property
    def is_idle(self) -> bool:
        """Whether nothing would change."""
        return self.deed is Deed.CHANGE and self.says_the_same

    @property
    def says_the_same(self) -> bool:
        """Whether its facts stay as they are, whatever else becomes of it."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Plan:
    """What a revert would do. `undoes` is the change that is undone, if it is one."""

    undoings: tuple[Undoing, ...]
    undoes: int | None = None

    @property
    def seen(self) -> str:
        """A text that is another one as soon as one of the objects has changed."""
        newest = [f"{u.subject.uuid} {u.head.seq}" for u in self.undoings]
        return fingerprint("\n".join(sorted(newest)))

    @property
    def is_idle(self) -> bool:
        """Whether nothing would change, nor could by deciding a conflict."""
        return all(u.is_idle and not u.conflicts for u in self.undoings)

    @property
    def is_drafted(self) -> bool:
        """Whether it can be saved as drafts: what is hidden or moved cannot."""
        return all(undoing.deed is Deed.CHANGE for undoing in self.undoings)

    def is_published_by(self, user: Any) -> bool:
        """Whether this person may let visitors see the result."""
        return all(
            may_publish(user, undoing.subject)
            and (undoing.subject.live or undoing.says_the_same)
            for undoing in self.undoings
        )


class Planner(Protocol):
    """Makes the plan of one revert, holding its objects or not."""

    def __call__(self, *, by: Any, choices: Choices, hold: bool) -> Plan: ...


def return_to(version: PageVersion) -> Planner:
    """The planner of bringing a whole version back.

    Raises RevertRefused when its object is gone, TextHidden when its text or that of
    today is suppressed, ArchivedCopyDamaged.
    """

    def plan(*, by: Any, choices: Choices, hold: bool) -> Plan:
        subject, head = _now([version], hold=hold)[version.object_uuid]
        # What nobody may read does not become public again by being reverted to.
        wanted = content_of_version(version, reader=None)
        before = content_of_version(head, reader=by)
        after = as_saved(subject, wanted)
        undone = head.changeset_id if head.seq == version.seq + 1 else None
        now = facts_alone(before)
        place = _place_by_facts(subject, now, after)
        deed = Deed.MOVE if place else Deed.CHANGE
        undoing = Undoing(version, subject, head, deed, now, after, place=place)
        return Plan((undoing,), undoes=undone)

    return plan


def undo(changeset: ChangeSet) -> Planner:
    """The planner of taking one change back, and nothing that came after it.

    Raises as `return_to` does, and RevertRefused for what cannot be undone like this.
    """

    def plan(*, by: Any, choices: Choices, hold: bool) -> Plan:
        versions = list(
            changeset.versions.select_related("parent", "content_type").order_by("pk")
        )
        if len(versions) > MOST_OBJECTS:
            raise RevertRefused(
                _(
                    "This change touched %(len)s pages, more than the "
                    "%(most_objects)s that can be undone in one go."
                )
                % {"len": len(versions), "most_objects": MOST_OBJECTS}
            )
        now = _now(versions, hold=hold)
        undoings = tuple(
            _undoing(version, *now[version.object_uuid], by=by, choices=choices)
            for version in versions
        )
        return Plan(undoings, undoes=changeset.pk)

    return plan


def _undoing(
    version: PageVersion,
    subject: Versioned,
    head: PageVersion,
    *,
    by: Any,
    choices: Choices,
) -> Undoing:
    live = facts_alone(content_of_version(head, reader=by))
    deed = _deed(version, subject, head)
    if deed in (Deed.SHOW, Deed.HIDE):
        return Undoing(version, subject, head, deed, live, live)
    model: Any = type(subject)
    # Only a first version has none, and that is neither an edit nor a move.
    parent: Any = version.parent
    said = facts_alone(content_of_version(version, reader=by))
    # What nobody may read does not become public again.
    wanted = facts_alone(content_of_version(parent, reader=None))
    result = merge(
        schema_of(model),
        base=said,
        ours=live,
        theirs=wanted,
        choices={key: pick for (pk, key), pick in choices.items() if pk == version.pk},
    )
    after = live
    if result.content != live:
        after = as_saved(subject, result.content)
    if tells_other_place(model, said, wanted):
        # It moved because of them, and moves back if they come back.
        place = _place_by_facts(subject, live, after)
    else:
        place = former_place(version, subject) if deed is Deed.MOVE else None
    deed = Deed.MOVE if place else Deed.CHANGE
    return Undoing(version, subject, head, deed, live, after, result, place)


def _place_by_facts(
    subject: Versioned, before: Content, after: Content
) -> ContentPage | None:
    """Where it stands by what it would say, if that is somewhere else than now.

    What is not public gets a draft instead, and stays until that is published.
    """
    if not subject.live or not tells_other_place(type(subject), before, after):
        return None
    draft: Any = drafted(subject, stored_data(subject), after)
    elsewhere: ContentPage | None = draft.stands_elsewhere()
    return elsewhere


def _deed(version: PageVersion, subject: Versioned, head: PageVersion) -> Deed:
    """What undoes a version. Raises RevertRefused when that is done elsewhere."""
    match version.operation:
        case Operation.EDIT:
            return Deed.CHANGE
        case Operation.UNPUBLISH if not subject.live:
            return Deed.SHOW
        case Operation.CREATE | Operation.REPUBLISH | Operation.RESTORE if subject.live:
            return Deed.HIDE
        case Operation.MOVE if head.place_uuid == version.place_uuid:
            return Deed.MOVE
    raise RevertRefused(
        _(
            "“%(title)s” is not in the state any more that this change "
            "brought it into, so there is nothing to undo."
        )
        % {"title": version.title}
    )


def _now(
    versions: list[PageVersion], *, hold: bool
) -> dict[Any, tuple[Versioned, PageVersion]]:
    """Each object as it is now, with its newest version."""
    subjects = subjects_of(versions, hold=hold)
    heads = ObjectHead.objects.filter(pk__in=subjects).select_related("version")
    newest = {head.object_uuid: head.version for head in heads if head.version}
    for version in versions:
        if version.object_uuid not in newest:
            raise RevertRefused(
                _(
                    "“%(title)s” is not there any more. What was deleted can be "
                    "brought back from the trash for 90 days, with its history."
                )
                % {"title": version.title}
            )
    return {uuid: (subjects[uuid], newest[uuid]) for uuid in newest}


def former_place(version: PageVersion, subject: Versioned) -> ContentPage:
    """The page under which the object of a move stood before it.

    Raises RevertRefused when that is gone, or stands below the object now.
    """
    before: Any = version.parent
    place = (
        PageVersion.objects.filter(object_uuid=before.place_uuid, page__isnull=False)
        .order_by("-seq")
        .first()
    )
    found = subjects_of([place]).get(before.place_uuid) if place else None
    if not isinstance(found, ContentPage) or not isinstance(subject, ContentPage):
        raise RevertRefused(_("The page it stood under is not there any more."))
    if found.path.startswith(subject.path):
        raise RevertRefused(_("“%(place)s” stands below it now.") % {"place": found})
    return found
