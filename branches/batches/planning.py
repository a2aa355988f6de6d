"""What becomes of each page of a batch. Changes nothing.

The number of queries does not grow with the number of pages. What a page names is
looked up when the branch is merged, where everything is checked once more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from branches.actions import Piece
from branches.batches.checking import problems_of
from branches.models import Batch, BatchRow, ItemOperation, Outcome
from core.batch_operations import OPERATIONS, Unfit, Wish
from core.references import KnownTargets
from core.sayings import saying as _
from core.sayings import together
from history.content import Versioned
from history.heads import heads_of
from history.models import Operation as Happened
from history.models import PageVersion
from history.reading import contents_of_versions
from history.reverting.contents import Content, facts_alone
from history.subjects import subjects_of


@dataclass(frozen=True, slots=True)
class Known:
    """All that is read for some rows: heads, objects, texts and the pages above."""

    heads: Mapping[UUID, PageVersion]
    subjects: Mapping[Any, Versioned]
    contents: Mapping[int, Content]
    above: Mapping[str, Page]
    targets: KnownTargets


def plan_rows(batch: Batch, rows: Sequence[BatchRow]) -> list[Piece]:
    """Say of each row in memory what becomes of it; what the branch shall hold."""
    operation = OPERATIONS[batch.operation]
    known = read_all(rows, places=_places(batch))
    pieces = []
    for row in rows:
        try:
            piece = _piece(row, batch, operation, known)
        except Unfit as unfit:
            row.becomes(Outcome.INVALID, str(unfit))
            continue
        row.becomes(Outcome.UNCHANGED if piece is None else Outcome.CHANGED)
        if piece is not None:
            pieces.append(piece)
    return pieces


def read_all(rows: Iterable[BatchRow], *, places: Iterable[UUID] = ()) -> Known:
    """Read what is asked about these rows, in a bounded number of queries."""
    uuids = {row.object_uuid for row in rows if row.object_uuid}
    heads = heads_of(uuids | set(places))
    subjects = subjects_of(heads.values())
    shown = [head for head in heads.values() if not head.text_hidden]
    contents = contents_of_versions(shown, reader=None)
    targets = KnownTargets(
        (type(subjects[head.object_uuid]), contents[head.pk])
        for head in shown
        if head.object_uuid in subjects
    )
    return Known(heads, subjects, contents, _above(subjects.values()), targets)


def live_subject(row: BatchRow, known: Known) -> tuple[Any, PageVersion, Content]:
    """The page of a row with what it says. Raises Unfit where it cannot be changed."""
    uuid = row.object_uuid
    if uuid is None:
        raise Unfit(row.words or _("This line names no page."))
    subject, head = known.subjects.get(uuid), known.heads.get(uuid)
    if subject is None or head is None or head.operation == Happened.DELETE:
        raise Unfit(_("It is not in the wiki any more."))
    if not subject.live:
        raise Unfit(_("It is not public. Publish it first."))
    if head.pk not in known.contents:
        raise Unfit(_("Its text is hidden."))
    return subject, head, facts_alone(known.contents[head.pk])


def _piece(row: BatchRow, batch: Batch, operation: Any, known: Known) -> Piece | None:
    if row.message and row.object_uuid is None:
        raise Unfit(row.words)
    subject, head, before = live_subject(row, known)
    kind = subject._meta.label_lower
    if kind not in operation.kinds:
        raise Unfit(
            _("“%(operation)s” is not for this kind of page.")
            % {"operation": operation.label}
        )
    wish = operation.change(kind, before, {**batch.parameters, **row.values})
    if wish == Wish(before):
        return None
    place = _place(wish, subject, known)
    parent = place or known.above.get(subject.path[: -subject.steplen])
    if problems := problems_of(subject, before, wish.content, parent, known.targets):
        raise Unfit(together(problems))
    return Piece(
        model=type(subject),
        uuid=subject.uuid,
        title=subject.title,
        content=wish.content,
        base=head,
        before=before,
        operation=ItemOperation.MOVE if place else ItemOperation.EDIT,
        place_uuid=wish.place if place else None,
    )


def _place(wish: Wish, subject: Any, known: Known) -> Any:
    """The page it moves under; none where it stands there already."""
    if wish.place is None:
        return None
    place: Any = known.subjects.get(wish.place)
    if place is None or not place.live:
        raise Unfit(_("The page it shall move to is not public any more."))
    return None if subject.path[: -subject.steplen] == place.path else place


def _places(batch: Batch) -> list[UUID]:
    place = batch.parameters.get("place")
    return [UUID(place)] if place else []


def _above(subjects: Iterable[Versioned]) -> dict[str, Page]:
    """The pages right above these, by path."""
    pages = [subject for subject in subjects if isinstance(subject, Page)]
    paths = {page.path[: -page.steplen] for page in pages}
    return {page.path: page for page in Page.objects.filter(path__in=paths)}
