"""What becomes of a text that is saved although others saved theirs meanwhile.

A draft is held against the newest draft, a publish against what is live, and what is
handed in for review against both. What was changed there since the text was begun is
merged into it; where both changed the same, somebody has to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wagtail.models import Revision

from core.rows import row_models
from history.conflicts.meanwhile import content_begun_from, published_since
from history.conflicts.rule import beginning_of_draft, is_stale
from history.content import Versioned, canonical_text, changed_facts, fingerprint
from history.diff.schema import schema_of
from history.facts import label_of
from history.merging import Conflict, Pick, Result, merge
from history.models import Purpose
from history.reverting.contents import Content, drafted, facts_alone, plain_facts
from history.templatetags.blame import setter

# What somebody decided, by `Stage.prefix` and the key of the conflict.
Choices = Mapping[tuple[int, str], Pick]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is to be saved.

    `data` is what would be stored, `began` the facts of the newest draft when its form
    was opened (None where nobody told), `begun_from` the revision that was live then.
    """

    data: Content
    began: Content | None
    begun_from: int | None
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the merges: `theirs` is what others made of `base` meanwhile."""

    prefix: int
    base: Content
    theirs: Content
    result: Result
    who: tuple[str, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.result.conflicts

    def facts_of_theirs(self, model: Any) -> list[str]:
        """What others changed, in words."""
        names = changed_facts(self.base, self.theirs)
        return sorted({label_of(model, name) for name in names})


@dataclass(frozen=True, slots=True)
class Plan:
    """The text as it would be saved. Where both changed the same it is theirs."""

    subject: Versioned
    text: Text
    mine: Content
    after: Content
    stages: tuple[Stage, ...]
    begins_from: int | None

    @property
    def conflicts(self) -> list[Conflict]:
        return [conflict for stage in self.stages for conflict in stage.conflicts]

    @property
    def seen(self) -> str:
        """A text that is another one as soon as others have saved again."""
        theirs = {str(stage.prefix): stage.theirs for stage in self.stages}
        return fingerprint(canonical_text(theirs))

    def draft(self) -> Any:
        """The object with the facts of the plan, in memory."""
        stored = self.subject.serializable_data()
        # Rows that the database has keep their keys, those that only others have too.
        rows = {
            name: [*(self.text.data.get(name) or []), *(stored.get(name) or [])]
            for name in row_models(type(self.subject))
            if name in self.after
        }
        made: Any = drafted(self.subject, {**self.text.data, **rows}, self.after)
        made.begun_from = self.begins_from
        return made


def newest_data(subject: Versioned) -> Content:
    """The stored data of what the editor shows: the newest draft, or what is live."""
    draft = subject.get_latest_revision() if subject.has_unpublished_changes else None
    return dict(draft.content if draft else subject.serializable_data())


def plan_saving(
    subject: Versioned, text: Text, *, choices: Choices | None = None, by: Any
) -> Plan:
    """Plan how a text is saved over what is there now.

    `subject` is its row, held. Raises NoSuchConflict for a choice about something that
    is not in dispute.
    """
    model: Any = type(subject)
    live: int | None = subject.live_revision_id
    mine = after = plain_facts(model, text.data)
    begun_from, stages = text.begun_from, []
    if text.purpose != Purpose.PUBLISH:
        newest = plain_facts(model, newest_data(subject))
        if newest != text.began:
            saved_by = (who_saved(subject, begun_from, by),)
            base = text.began or {}
            stages.append(_stage(0, model, base, newest, after, choices, saved_by))
            after = stages[-1].result.content
            begun_from = beginning_of_draft(subject, live)
    if text.purpose != Purpose.DRAFT and is_stale(subject, [begun_from], live):
        base = _base_of_live(subject, text, begun_from, by)
        theirs = plain_facts(model, subject.live_revision.content)
        who = _who_published(subject, begun_from)
        stages.append(_stage(1, model, base, theirs, after, choices, who))
        after, begun_from = stages[-1].result.content, live
    return Plan(subject, text, mine, after, tuple(stages), begun_from)


def _stage(
    prefix: int,
    model: Any,
    base: Content,
    theirs: Content,
    mine: Content,
    choices: Choices | None,
    who: tuple[str, ...],
) -> Stage:
    own = {key: pick for (of, key), pick in (choices or {}).items() if of == prefix}
    result = merge(schema_of(model), base, ours=theirs, theirs=mine, choices=own)
    return Stage(prefix, base, theirs, result, who)


def _base_of_live(
    subject: Versioned, text: Text, begun_from: int | None, by: Any
) -> Content:
    """What the text and the live one have in common.

    The draft it was begun with may have gone live since: that says more than what was
    live before.
    """
    since = published_since(subject.uuid, begun_from)
    if text.began is not None and (
        begun_from is None
        or any(_says(subject, version.revision_pk, text.began) for version in since)
    ):
        return text.began
    known = content_begun_from(subject, begun_from, reader=by)
    return facts_alone(known) if known is not None else text.began or {}


def _says(subject: Versioned, revision_pk: int | None, facts: Content) -> bool:
    revision = Revision.objects.filter(pk=revision_pk).first()
    return revision is not None and (
        plain_facts(type(subject), revision.content) == facts
    )


def who_saved(subject: Versioned, begun_from: int | None, by: Any) -> str:
    """Whose text is there now, for somebody who began before it was.

    A draft that goes on from what went live meanwhile is saved in its author's name,
    and that may be whoever is told.
    """
    newest = [subject.get_latest_revision()]
    if subject.live_revision_id != begun_from:
        newest.append(subject.live_revision)
    authors = [revision.user for revision in newest if revision is not None]
    others = [author for author in authors if author not in (None, by)]
    if others:
        return str(others[0])
    return _("You") if by in authors else _("Somebody else")


def _who_published(subject: Versioned, begun_from: int | None) -> tuple[str, ...]:
    since = published_since(subject.uuid, begun_from)
    return tuple(dict.fromkeys(setter(version.changeset) for version in since))
