"""A branch as the place where an import keeps its pages (core/aside.py)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from branches.actions import Piece, begin_branch, put_all_on
from branches.batches.refusals import NotForImports
from branches.merging.creating import page_saying
from branches.models import (
    Batch,
    BatchRow,
    BatchState,
    ItemOperation,
    Outcome,
    Proposal,
)
from branches.models.batches import IMPORT
from branches.rights import may_begin_branch
from branches.states import REVISABLE
from core.sayings import saying as _
from history.facts import label_of
from history.heads import heads_of
from history.models import ChangeSet, PageVersion
from history.reading import contents_of_versions
from history.reverting.contents import Content, as_saved, facts_alone, facts_of
from history.subjects import subjects_of

_OUTCOMES = {ItemOperation.CREATE: Outcome.NEW, ItemOperation.EDIT: Outcome.CHANGED}


@dataclass(frozen=True, slots=True)
class _Written:
    """One page as it was written: its newest version, and the one before all of it."""

    uuid: UUID
    place: UUID | None
    head: PageVersion
    base: PageVersion | None
    content: Content


_Key = tuple[int, str, UUID | None]


class BranchShelf:
    """Puts on a branch what an import has written and undone.

    What is named by a page and is itself only on the branch has no key yet, so it is
    left out; importing the file again after the merge adds it.
    """

    def __init__(self, name: str, by: Any) -> None:
        self._name, self._by = name.strip(), by
        self._written: list[_Written] = []
        if by is None or not may_begin_branch(by):
            raise NotForImports.for_lack_of_account()
        begun = self._begun()
        if begun is not None and begun.state not in REVISABLE:
            raise NotForImports.for_state(begun)
        last = ChangeSet.objects.aggregate(last=Max("number"))["last"]
        self._before = last or 0

    def read(self, uuids: Iterable[UUID]) -> None:
        versions = PageVersion.objects.filter(
            object_uuid__in=list(uuids), changeset__gt=self._before
        )
        # In the order in which they were written: a place before what stands there.
        first: dict[UUID, PageVersion] = {}
        newest: dict[UUID, PageVersion] = {}
        for version in versions.select_related("parent", "payload").order_by("pk"):
            first.setdefault(version.object_uuid, version)
            newest[version.object_uuid] = version
        contents = contents_of_versions(newest.values(), reader=None)
        self._written = [
            _Written(
                uuid,
                head.place_uuid,
                head,
                first[uuid].parent,
                facts_alone(contents[head.pk]),
            )
            for uuid, head in newest.items()
        ]

    @transaction.atomic
    def keep(self) -> None:
        begun = self._begun()
        self._written = as_on_branch(self._written, begun)
        pieces, lost = self._pieces()
        branch = begun or begin_branch(
            self._name, by=self._by, reason="Imported from a file", merges_whole=False
        )
        put_all_on(branch, pieces, by=self._by)
        self._report(branch, lost)

    def _begun(self) -> Proposal | None:
        unsettled = Proposal.objects.unsettled().branches()
        return unsettled.filter(title=self._name).first()

    def _pieces(self) -> tuple[list[Piece], dict[UUID, str]]:
        """What the branch shall hold, and of each page what had to be left out."""
        bases = [written.base for written in self._written if written.base]
        known = contents_of_versions(bases, reader=None)
        subjects = subjects_of(heads_of(base.object_uuid for base in bases).values())
        pieces, lost = [], {}
        for written in self._written:
            piece = _piece(written)
            subject = subjects.get(piece.uuid)
            if written.base is None:
                piece = replace(piece, content=_of_new_page(piece))
            elif subject is None:
                continue
            else:
                content = as_saved(subject, piece.content)
                before = facts_alone(known[written.base.pk])
                piece = replace(piece, content=content, before=before)
            pieces.append(piece)
            lost[piece.uuid] = _left_out(written, piece)
        return pieces, lost

    def _report(self, branch: Proposal, lost: Mapping[UUID, str]) -> None:
        batch, _is_new = Batch.objects.get_or_create(
            branch=branch,
            defaults={
                "name": branch.title,
                "operation": IMPORT,
                "state": BatchState.MADE,
                "by": self._by,
            },
        )
        if batch.operation != IMPORT:
            return
        batch.rows.all().delete()
        items = branch.items.order_by("pk").values_list(
            "object_uuid", "title", "operation"
        )
        rows = []
        for number, (uuid, title, operation) in enumerate(items, start=1):
            row = BatchRow(batch=batch, number=number, object_uuid=uuid, title=title)
            outcome = _OUTCOMES.get(ItemOperation(operation), Outcome.CHANGED)
            row.becomes(outcome, lost.get(uuid, ""))
            rows.append(row)
        BatchRow.objects.bulk_create(rows)


def as_on_branch(
    written: Iterable[_Written], branch: Proposal | None
) -> list[_Written]:
    """New pages take the identities that the branch has for them already.

    An import that is undone makes new ones each time. Pages are the same that have
    one kind, one title and one place.
    """
    spare: defaultdict[_Key, list[UUID]] = defaultdict(list)
    created = branch.items.filter(operation=ItemOperation.CREATE) if branch else None
    for item in created.defer("content") if created is not None else ():
        key = (item.content_type_id, item.title, item.place_uuid)
        spare[key].append(item.object_uuid)
    known: dict[UUID | None, UUID] = {}
    found = []
    for one in written:
        place = known.get(one.place, one.place)
        options = spare[one.head.content_type_id, one.head.title, place]
        if one.base is None and options:
            known[one.uuid] = options.pop(0)
        found.append(replace(one, uuid=known.get(one.uuid, one.uuid), place=place))
    return found


def _of_new_page(piece: Piece) -> Content:
    content = facts_of(page_saying(piece.model, piece.uuid, piece.content))
    stays = piece.content.get("stays")
    if stays and len(content["stays"]) < len(stays):
        # Half a life would be a wrong one; where it stands is known by its place.
        content["stays"] = []
    return content


def _left_out(written: _Written, piece: Piece) -> str:
    """Names of the facts that name what is itself only on the branch."""
    names = [
        label_of(piece.model, name)
        for name, value in written.content.items()
        if name != "slug" and piece.content.get(name) != value
    ]
    if not names:
        return ""
    return _("Import the file again after the merge; left out for now: %(facts)s.") % {
        "facts": ", ".join(sorted(names))
    }


def _piece(written: _Written) -> Piece:
    head = written.head
    model: Any = head.content_type.model_class()
    is_new = written.base is None
    return Piece(
        model=model,
        uuid=written.uuid,
        title=head.title,
        content=written.content,
        base=written.base,
        operation=ItemOperation.CREATE if is_new else ItemOperation.EDIT,
        place_uuid=written.place if is_new else None,
    )
