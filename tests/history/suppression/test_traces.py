"""Where the parts of a hidden version stand, and that they go from there."""

from typing import Any

from django.core.cache import cache

from wagtail.models import PageLogEntry, Revision

import pytest
from reversion.models import Version

from history.chain import digest_of
from history.conflicts.keeping import keep_text
from history.diff import kept as comparisons
from history.diff.segments import View
from history.models import ChangeSet
from history.suppression.actions import ask, confirm, lift
from history.suppression.refusals import CacheOutOfReach
from parks.models import ParkPage
from tests.factories.pages import make_park
from tests.history.suppression.hiding import (
    CANARY,
    WHY,
    hide,
    publish,
    rename,
    stored,
    version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_the_drafts_with_and_around_the_text_go(
    park: ParkPage, first: Any, second: Any
) -> None:
    def with_canary() -> list[Revision]:
        return [r for r in Revision.objects.all() if CANARY in str(r.content)]

    assert with_canary()
    page = ParkPage.objects.get(pk=park.pk)
    kept = {page.live_revision_id, page.latest_revision_id}

    hide(version(park, 3), first, second)

    assert with_canary() == []
    assert kept <= set(Revision.objects.values_list("pk", flat=True))


def test_what_a_refused_text_was_begun_from_is_forgotten(
    park: ParkPage, first: Any, second: Any
) -> None:
    refused = ParkPage.objects.get(pk=park.pk)
    kept = keep_text(refused, by=first, began={"city": CANARY})

    hide(version(park, 3), first, second)

    kept.refresh_from_db()
    assert kept.began is None


def test_its_stored_text_and_the_chain_stay_as_they_were(
    park: ParkPage, first: Any, second: Any
) -> None:
    before = version(park, 3)
    payload, digest = stored(before).serialized_data, before.changeset.digest

    hide(before, first, second, text=True, author=True, reason_given=True)

    after = version(park, 3)
    assert Version.objects.get(page_version=after).serialized_data == payload
    assert digest_of(after.changeset, after.changeset.versions.all()) == digest


def test_a_title_only_the_hidden_version_had_is_hidden_everywhere_and_comes_back(
    first: Any, second: Any, vandal: Any
) -> None:
    park = make_park("Cedar Point")
    rename(park, CANARY, by=vandal)
    rename(park, "Cedar Point", by=first)

    suppression = hide(version(park, 2), first, second)

    assert version(park, 2).title == "(hidden)"
    assert version(park, 1).title == version(park, 3).title == "Cedar Point"
    assert CANARY not in str(PageLogEntry.objects.values("label", "data"))
    assert not Version.objects.filter(object_repr__contains=CANARY).exists()

    lift(suppression=suppression, by=first)

    assert version(park, 2).title == CANARY
    assert PageLogEntry.objects.filter(label=CANARY).exists()


def test_a_hidden_author_is_in_no_log_entry_revision_or_note_and_comes_back(
    park: ParkPage, first: Any, second: Any, vandal: Any
) -> None:
    suppression = hide(version(park, 3), first, second, author=True)

    changeset = version(park, 3).changeset
    assert (changeset.author_hidden, changeset.author) == (True, vandal)
    assert not PageLogEntry.objects.filter(page=park, user=vandal).exists()
    assert not Revision.objects.filter(user=vandal).exists()
    assert stored(version(park, 3)).revision.user is None

    lift(suppression=suppression, by=first)

    assert not version(park, 3).changeset.author_hidden
    assert PageLogEntry.objects.filter(page=park, user=vandal).exists()
    assert Revision.objects.filter(user=vandal).exists()
    assert stored(version(park, 3)).revision.user == vandal


def test_a_hidden_reason_is_in_no_note_and_comes_back(
    park: ParkPage, first: Any, second: Any
) -> None:
    publish(park, city="Huron", change_reason="Mr Smith lives here")

    suppression = hide(version(park, 6), first, second, reason_given=True)

    changeset = version(park, 6).changeset
    assert changeset.reason_hidden
    assert changeset.reason == "Mr Smith lives here"
    assert stored(version(park, 6)).revision.comment == ""
    assert ParkPage.objects.get(pk=park.pk).change_reason == ""
    assert not [r for r in Revision.objects.all() if "Smith" in str(r.content)]

    lift(suppression=suppression, by=first)

    assert stored(version(park, 6)).revision.comment == "Mr Smith lives here"


def test_what_another_suppression_hides_stays_hidden(
    park: ParkPage, first: Any, second: Any
) -> None:
    one = hide(version(park, 3), first, second)
    another = hide(version(park, 3), first, second, text=True, author=True)

    lift(suppression=one, by=first)
    assert version(park, 3).text_hidden
    lift(suppression=another, by=first)

    assert not version(park, 3).text_hidden
    assert not ChangeSet.objects.filter(author_hidden=True).exists()


def test_a_comparison_that_was_kept_is_forgotten_after_the_commit(
    park: ParkPage,
    first: Any,
    second: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    older, newer = version(park, 2), version(park, 3)
    comparisons.kept(older, newer, View.AUTO, "metric", lambda: CANARY)

    key = comparisons._key(
        *(older.pk, newer.pk), view=View.AUTO, units="metric", language="en-gb"
    )
    with django_capture_on_commit_callbacks(execute=True):
        hide(newer, first, second)
        # A reader who began before the commit knows nothing of it yet.
        cache.set(key, CANARY)
    made_anew = comparisons.kept(older, newer, View.AUTO, "metric", lambda: "Anew")

    assert made_anew == "Anew"


def test_nothing_is_hidden_while_a_cache_may_keep_showing_it(
    park: ParkPage, first: Any, second: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_reach(keys: Any) -> None:
        raise ConnectionError

    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)
    monkeypatch.setattr(cache, "delete_many", out_of_reach)

    with pytest.raises(CacheOutOfReach):
        confirm(suppression=asked, by=second)

    assert not version(park, 3).text_hidden
