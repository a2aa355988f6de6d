"""What proposals and batches repeat of a version that is hidden (history/suppression).

A text that nobody can go on with is put aside until the version is shown again; one
that somebody can is corrected for good, to what it was begun from.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from wagtail.models import Revision

from branches.actions.drafting import write
from branches.models import (
    Batch,
    BatchRow,
    CheckResult,
    Proposal,
    ProposalItem,
    ProposalNote,
    RememberedChoice,
)
from branches.states import UNSETTLED
from history.models import PageVersion
from history.reading import CannotRead, content_of_version
from history.reverting.contents import Content, facts_alone
from history.suppression.repeats import Hiding, Trace
from history.suppression.words import HIDDEN

WORDS = ("title", "reason", "source")


def repeats_in_proposals(hiding: Hiding) -> Iterator[Trace]:
    """What is put aside. Corrects what goes on, and forgets choices for good."""
    became = _that_became(hiding)
    about = _about(hiding)
    # First: what is corrected below is not what was handed in.
    yield from _texts_handed_in({*became, *(one.pk for one in about)}, became, hiding)
    for proposal in Proposal.objects.filter(pk__in=became):
        yield proposal, "reason", ""
        yield proposal, "source", ""
    for proposal in about:
        yield from _of_proposal(proposal, hiding)
    yield from _of_batches(hiding)
    _forget_choices(hiding)


def _that_became(hiding: Hiding) -> set[int]:
    """Proposals whose reason is that of a change, if it is hidden."""
    if not hiding.suppression.hides_reason:
        return set()
    changes = [version.changeset_id for version in hiding.versions]
    merged = Q(changeset__in=changes) | Q(items__merged_in__in=changes)
    return set(Proposal.objects.filter(merged).values_list("pk", flat=True))


def _about(hiding: Hiding) -> list[Proposal]:
    """Proposals that may repeat the text, if that is hidden."""
    if not hiding.words.said:
        return []
    return list(Proposal.objects.about(hiding.versions[0].object_uuid))


def _of_proposal(proposal: Proposal, hiding: Hiding) -> Iterator[Trace]:
    for item in ProposalItem.objects.filter(
        proposal=proposal, object_uuid=hiding.versions[0].object_uuid
    ):
        yield from _of_item(item, hiding)
    if hiding.words.are_in(proposal.title):
        # No two branches have one name.
        yield proposal, "title", f"{HIDDEN} {proposal.pk}"
    yield from _in_fields(proposal, ("reason", "source"), hiding)
    for note in ProposalNote.objects.filter(proposal=proposal):
        yield from _in_fields(note, ("text", "params"), hiding)
    for result in CheckResult.objects.filter(proposal=proposal):
        yield from _in_fields(result, ("params",), hiding)


def _of_batches(hiding: Hiding) -> Iterator[Trace]:
    rows = BatchRow.objects.filter(object_uuid=hiding.versions[0].object_uuid)
    for row in rows.select_related("batch"):
        yield from _in_fields(row, ("title", "values", "message", "params"), hiding)
    for batch in Batch.objects.filter(rows__in=rows).distinct():
        told = ("name", "said", "said_params", "parameters")
        yield from _in_fields(batch, told, hiding)


def _in_fields(row: Any, names: Iterable[str], hiding: Hiding) -> Iterator[Trace]:
    for name in names:
        value = getattr(row, name)
        if hiding.words.are_in(value):
            yield row, name, hiding.words.without(value)


def _of_item(item: ProposalItem, hiding: Hiding) -> Iterator[Trace]:
    yield from _in_fields(item, ("title", "problem", "problem_params"), hiding)
    corrected = _corrected(item.content, item.base, hiding)
    if corrected == item.content:
        return
    if item.proposal.state in UNSETTLED and _readable(item.base) is not None:
        _correct(item, corrected)
    else:
        yield item, "content", corrected


def _correct(item: ProposalItem, content: Content) -> None:
    """Let an item that somebody goes on with say this."""
    proposal = Proposal.objects.get(pk=item.proposal_id)
    if proposal.is_branch:
        item.content = content
        item.save()
    else:
        own = proposal.items.all()[0]
        own.content = content
        proposal.items = [own]
    write(proposal)


def _corrected(content: Content, base: PageVersion | None, hiding: Hiding) -> Content:
    """The content without what is hidden; nothing where all of it was begun there.

    Such an item is merged by nobody: its base cannot be read.
    """
    if base is not None and base.pk in {version.pk for version in hiding.versions}:
        return {}
    before = _readable(base)
    if before is None:
        without: Content = hiding.words.without(content)
        return without
    return {
        name: before.get(name) if hiding.words.are_in(value) else value
        for name, value in content.items()
    }


def _readable(base: PageVersion | None) -> Content | None:
    if base is None:
        return None
    try:
        return facts_alone(content_of_version(base, reader=None))
    except CannotRead:
        return None


def _texts_handed_in(
    proposals: Iterable[int], became: set[int], hiding: Hiding
) -> Iterator[Trace]:
    """Each is a revision of its proposal, with the items as they were."""
    kind = ContentType.objects.get_for_model(Proposal)
    keys = [str(pk) for pk in proposals]
    for revision in Revision.objects.filter(base_content_type=kind, object_id__in=keys):
        content = {**revision.content}
        for name in WORDS:
            content[name] = hiding.words.without(content.get(name))
        if int(revision.object_id) in became:
            content |= {"reason": "", "source": ""}
        content["items"] = [
            _item_handed_in(item, hiding) for item in content.get("items") or ()
        ]
        if content != revision.content:
            yield revision, "content", content
        yield from _in_fields(revision, ("object_str",), hiding)


def _item_handed_in(item: Content, hiding: Hiding) -> Content:
    if item.get("object_uuid") != str(hiding.versions[0].object_uuid):
        return item
    item = {**item, "title": hiding.words.without(item.get("title"))}
    if "content" in item:
        base = PageVersion.objects.filter(pk=item["base"] or 0).first()
        item["content"] = _corrected(item["content"], base, hiding)
    return item


def _forget_choices(hiding: Hiding) -> None:
    """Where a person would be offered the words once more, they choose anew."""
    if not hiding.words.said:
        return
    own = RememberedChoice.objects.filter(choice__has_key="own")
    gone = [one.pk for one in own if hiding.words.are_in(one.choice)]
    RememberedChoice.objects.filter(pk__in=gone).delete()
