"""The draft of somebody else, when another text goes live over it."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from history.conflicts.rule import beginnings_of
from history.content import Versioned
from history.diff.schema import schema_of
from history.merging import merge
from history.reverting.contents import Content, drafted, plain_facts


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A draft that was saved after the text that goes live now had been begun."""

    revision: Revision
    began: Content
    # What was live before: of that nothing is the draft's own.
    live: Content

    def go_on(self, subject: Versioned) -> bool:
        """Make it the newest draft again; returns whether there is anything to it.

        It goes on from what is live. Where both changed the same it stays as it was,
        with its own beginning: whoever publishes it is asked what shall hold.
        """
        model: Any = type(subject)
        live = plain_facts(model, subject.live_revision.content)
        said = plain_facts(model, self.revision.content)
        result = merge(schema_of(model), self.began, ours=said, theirs=live)
        if result.conflicts and self.live:
            result = merge(schema_of(model), self.live, ours=said, theirs=live)
        if result.content == live:
            return False
        draft: Any = drafted(subject, self.revision.content, result.content)
        if result.conflicts:
            draft = subject.with_content_json(self.revision.content)
            draft.begun_from = beginnings_of(self.revision)[0]
        draft.save_revision(user=self.revision.user, log_action=True, clean=False)
        return True


def overtaken_draft(subject: Versioned, began: Content | None) -> Overtaken | None:
    """The newest draft of an object, if it is not the one a form was opened with."""
    draft = subject.get_latest_revision() if subject.has_unpublished_changes else None
    if draft is None or began is None:
        return None
    model = type(subject)
    if plain_facts(model, draft.content) == began:
        return None
    live = subject.live_revision
    return Overtaken(draft, began, plain_facts(model, live.content) if live else {})
