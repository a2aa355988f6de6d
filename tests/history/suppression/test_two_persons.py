"""Hiding a version takes two persons, and what is live is not hidden."""

from typing import Any

from django.db import IntegrityError, transaction

from wagtail.models import ModelLogEntry, Page

import pytest

from history.models import Deletion, Suppression
from history.reading import TextHidden, content_of_version
from history.suppression.actions import ask, confirm, lift
from history.suppression.refusals import (
    NeedsAnotherPerson,
    NotAllowed,
    NothingToHide,
    NotOpen,
    StillShown,
)
from history.trash.actions import discard
from parks.models import ParkPage
from tests.factories.people import make_person
from tests.history.suppression.hiding import (
    CANARY,
    WHY,
    hide,
    publish,
    version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

# --- Two persons --------------------------------------------------------------------


def test_asking_hides_nothing_and_confirming_does(
    park: ParkPage, first: Any, second: Any
) -> None:
    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)
    assert not version(park, 3).text_hidden

    confirm(suppression=asked, by=second)

    hidden = version(park, 3)
    with pytest.raises(TextHidden):
        content_of_version(hidden, reader=None)
    with pytest.raises(TextHidden):
        content_of_version(hidden, reader=make_person("Moderator"))
    assert content_of_version(hidden, reader=second)["city"] == CANARY
    assert [version(park, seq).text_hidden for seq in (1, 2, 4, 5)] == [False] * 4


def test_nobody_confirms_what_they_asked_for(
    park: ParkPage, first: Any, second: Any
) -> None:
    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)

    with pytest.raises(NeedsAnotherPerson):
        confirm(suppression=asked, by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.filter(pk=asked.pk).update(confirmed_by=first)

    assert Suppression.objects.open().get() == asked


def test_it_takes_the_right_to(park: ParkPage, first: Any) -> None:
    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)
    moderator = make_person("Moderator")

    with pytest.raises(NotAllowed):
        ask(version=version(park, 3), text=True, reason=WHY, by=moderator)
    with pytest.raises(NotAllowed):
        confirm(suppression=asked, by=moderator)


def test_a_request_says_what_to_hide_and_why(park: ParkPage, first: Any) -> None:
    with pytest.raises(NothingToHide):
        ask(version=version(park, 3), text=True, reason=" ", by=first)
    with pytest.raises(NothingToHide):
        ask(version=version(park, 3), reason=WHY, by=first)


def test_a_decided_request_is_not_decided_again(
    park: ParkPage, first: Any, second: Any
) -> None:
    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)
    lift(suppression=asked, by=first)

    with pytest.raises(NotOpen):
        confirm(suppression=asked, by=second)
    with pytest.raises(NotOpen):
        lift(suppression=asked, by=second)

    assert not version(park, 3).text_hidden


def test_each_step_is_in_the_log(park: ParkPage, first: Any, second: Any) -> None:
    suppression = hide(version(park, 3), first, second)
    lift(suppression=suppression, by=first)

    entries = ModelLogEntry.objects.filter(object_id=str(suppression.pk))
    steps = entries.order_by("pk").values_list("action", "user")
    assert list(steps) == [
        ("history.suppression.ask", first.pk),
        ("history.suppression.confirm", second.pk),
        ("history.suppression.lift", first.pk),
    ]
    assert CANARY not in str(entries.values())


# --- Which versions -----------------------------------------------------------------


def test_versions_with_the_same_text_go_along(
    park: ParkPage, first: Any, second: Any
) -> None:
    publish(park, city=CANARY)
    publish(park, city="Sandusky")

    hide(version(park, 3), first, second)

    assert [version(park, seq).text_hidden for seq in range(1, 8)] == [
        *(False, False, True, False, False, True, False)
    ]


def test_a_range_of_versions_is_hidden_at_once(
    park: ParkPage, first: Any, second: Any
) -> None:
    hide(version(park, 3), first, second, text=True, up_to=4)

    assert [version(park, seq).text_hidden for seq in range(1, 6)] == [
        *(False, False, True, True, False)
    ]


def test_what_is_live_is_not_hidden_but_corrected_first(
    park: ParkPage, first: Any
) -> None:
    with pytest.raises(StillShown, match="Publish a corrected text first"):
        ask(version=version(park, 5), text=True, reason=WHY, by=first)


def test_what_became_live_again_since_the_request_is_not_hidden(
    park: ParkPage, first: Any, second: Any
) -> None:
    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)
    publish(park, city=CANARY)

    with pytest.raises(StillShown):
        confirm(suppression=asked, by=second)


def test_what_the_newest_draft_says_is_corrected_there_first(
    park: ParkPage, first: Any
) -> None:
    draft = ParkPage.objects.get(pk=park.pk).get_latest_revision_as_object()
    draft.city = CANARY
    draft.save_revision()

    with pytest.raises(StillShown, match="newest draft"):
        ask(version=version(park, 3), text=True, reason=WHY, by=first)


def test_what_lies_in_the_trash_is_thrown_away_first(
    park: ParkPage, first: Any, second: Any
) -> None:
    Page.objects.get(pk=park.pk).specific.delete(user=first)

    with pytest.raises(StillShown, match="lies in the trash"):
        ask(version=version(park, 5), text=True, reason=WHY, by=first)
    discard(deletion=Deletion.objects.get(), by=first)
    hide(version(park, 5), first, second)

    assert version(park, 5).text_hidden
    assert version(park, 6).text_hidden  # the deletion, which holds the same text
