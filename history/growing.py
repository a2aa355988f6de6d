"""Long histories in short time, for demonstrations, tests and measurements.

What it leaves is what as many publishes would have left, but for the CMS's own
revisions and log entries of the versions between.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from reversion.models import Revision as Entry
from reversion.models import Version as Payload

from core.changes import describe_change
from core.models import ContentPage
from core.write_lock import let_others_write
from history.chain import digest_of
from history.content import canonical_text, fingerprint
from history.models import ChangeSet, FactChange, ObjectHead, Operation, PageVersion
from history.reading import stored_texts

AT_ONCE = 500


def lengthen_in_parts(
    page: ContentPage, *, by: int, since: datetime
) -> Iterator[list[int]]:
    """The same in a transaction for each few hundred versions, which are yielded.

    Others can write in between. Whoever breaks it off keeps a shorter history, as
    sound as the whole one.
    """
    span = timezone.now() - since
    for done in range(0, by, AT_ONCE):
        let_others_write()
        some = min(AT_ONCE, by - done)
        begins, ends = (since + span * (n / by) for n in (done, done + some))
        yield lengthen_history(page, by=some, since=begins, until=ends)


@transaction.atomic
def lengthen_history(
    page: ContentPage,
    *,
    by: int,
    fact: str = "search_description",
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[int]:
    """Give a live page that many more versions; returns their numbers, oldest first.

    Each differs from the one before in one text fact. The last is published the
    ordinary way, so the page agrees with its head. Dates run from `since`, or from
    the newest change there is, to `until` or now.
    """
    page = type(page).objects.get(pk=page.pk)
    head = ObjectHead.objects.select_for_update().get(object_uuid=page.uuid).version
    if head is None or by < 1:
        return []
    since = since or head.changeset.made_at
    step = ((until or timezone.now()) - since) / by
    content = json.loads(stored_texts([head])[head.pk])
    last = head.seq + by
    growth = _Growth(page, head, content, fact, since, step, size=head.size)
    for first in range(head.seq + 1, last, AT_ONCE):
        growth.write(range(first, min(first + AT_ONCE, last)))
    if by > 1:
        _link_parents(head)
    setattr(page, fact, f"Edit {last}")
    known = head.changeset
    with describe_change(
        by=known.publisher, author=known.author, reason=f"Edit {last}", made_at=until
    ):
        page.save_revision(user=known.author).publish()
    return list(range(head.seq + 1, last + 1))


@dataclass
class _Growth:
    """How the new versions of one page differ, and the size of the newest of them."""

    page: ContentPage
    head: PageVersion
    content: dict[str, Any]
    fact: str
    since: datetime
    step: timedelta
    size: int

    def write(self, numbers: range) -> None:
        """Versions with these numbers, each in a changeset of its own."""
        changesets = ChangeSet.objects.bulk_create(map(self._changeset, numbers))
        entries = Entry.objects.bulk_create(map(self._entry, changesets))
        payloads = Payload.objects.bulk_create(map(self._payload, numbers, entries))
        versions = PageVersion.objects.bulk_create(
            map(self._version, numbers, changesets, payloads)
        )
        for changeset, version in zip(changesets, versions, strict=True):
            changeset.digest = digest_of(changeset, [version])
        ChangeSet.objects.bulk_create(
            changesets,
            update_conflicts=True,
            unique_fields=["number"],
            update_fields=["digest"],
        )
        FactChange.objects.bulk_create(map(self._fact_change, versions))
        ObjectHead.objects.filter(pk=self.page.uuid).update(version=versions[-1])

    def _changeset(self, seq: int) -> ChangeSet:
        known = self.head.changeset
        moment = self.since + self.step * (seq - self.head.seq)
        return ChangeSet(
            author_id=known.author_id,
            publisher_id=known.publisher_id,
            reason=f"Edit {seq}",
            made_at=moment,
            recorded_at=moment,
        )

    def _entry(self, changeset: ChangeSet) -> Entry:
        return Entry(
            date_created=changeset.made_at,
            user_id=changeset.publisher_id,
            comment=changeset.reason,
        )

    def _payload(self, seq: int, entry: Entry) -> Payload:
        return Payload(
            revision=entry,
            object_id=str(self.page.pk),
            content_type_id=self.head.content_type_id,
            db=DEFAULT_DB_ALIAS,
            format="wagtail-page",
            serialized_data=canonical_text({**self.content, self.fact: f"Edit {seq}"}),
            object_repr=str(self.page),
        )

    def _version(self, seq: int, changeset: ChangeSet, payload: Payload) -> PageVersion:
        size = len(payload.serialized_data.encode())
        growth, self.size = size - self.size, size
        return PageVersion(
            object_uuid=self.page.uuid,
            seq=seq,
            content_type_id=self.head.content_type_id,
            page_id=self.page.pk,
            changeset=changeset,
            operation=Operation.EDIT,
            title=self.head.title,
            live=True,
            place_uuid=self.head.place_uuid,
            address=self.head.address,
            sha256=fingerprint(payload.serialized_data),
            size=size,
            growth=growth,
            changed_facts=[self.fact],
            payload=payload,
        )

    def _fact_change(self, version: PageVersion) -> FactChange:
        return FactChange(
            version=version,
            object_uuid=version.object_uuid,
            fact=self.fact,
            path=self.fact,
        )


def _link_parents(head: PageVersion) -> None:
    """Point each version after this one to the version before it."""
    before = PageVersion.objects.filter(
        object_uuid=OuterRef("object_uuid"), seq=OuterRef("seq") - 1
    )
    grown = PageVersion.objects.filter(object_uuid=head.object_uuid, seq__gt=head.seq)
    grown.update(parent=Subquery(before.values("pk")[:1]))
