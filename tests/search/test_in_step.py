"""What is found is what is public now, whichever way it became so."""

from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page, PageViewRestriction

import pytest
import time_machine

from history.trash.actions import restore
from parks.actions.statuses import bring_up_to_date
from parks.gathering import PublicPages
from parks.models import CompanyName, ParkIndexPage, ParkPage, RideName, RidePage
from search import indexing
from search.finding import find, suggest
from search.models import Entry, Word
from search.questions import Question
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.factories.people import make_person
from tests.history.trash.deleting import delete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def found(query: str) -> list[str]:
    """Titles of what is found; all of it is suggested as well."""
    public = PublicPages()
    keys = [hit.pk for hit in find(Question.of(query), public).hits]
    typing = suggest(Question.of(query, is_typing=True), public, most=99)
    assert [hit.pk for hit in typing.hits] == keys
    known = Page.objects.in_bulk(keys)
    return [known[pk].title for pk in keys]


def close(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


def rename(page: Any, title: str) -> None:
    """Give a page another official name, in place of the one it had."""
    page = type(page).objects.get(pk=page.pk)
    name = page.current_name()
    name.text = title
    page.names.add(name)
    page.save_revision().publish()


def test_a_draft_is_not_found_until_it_is_published() -> None:
    ride = make_ride(make_park(), "The Beast", publish=False)

    assert found("beast") == []

    ride.get_latest_revision().publish()
    assert found("beast") == ["The Beast"]

    draft = RidePage.objects.get(pk=ride.pk)
    rename_only_in_a_draft(draft, "The Bear")
    assert found("bear") == []
    assert found("beast") == ["The Beast"]


def rename_only_in_a_draft(page: Any, title: str) -> None:
    name = page.current_name()
    name.text = title
    page.names.add(name)
    page.save_revision()


def test_names_are_known_from_the_first_publish_that_has_them() -> None:
    ride = make_ride(make_park(), "Rougarou")
    ride.names.add(RideName(text="Mantis", kind="former", ended="2014"))
    ride.save_revision().publish()

    assert found("mantis") == ["Rougarou"]

    ride = RidePage.objects.get(pk=ride.pk)
    ride.names.remove(ride.former_names()[0])
    ride.save_revision().publish()
    assert found("mantis") == []


def test_what_is_unpublished_is_gone_with_all_below_it() -> None:
    park = make_park("Kings Island")
    ride = make_ride(park, "The Beast")

    ride.unpublish()
    assert found("beast") == []
    assert found("kings island") == ["Kings Island"]

    park.unpublish()
    assert found("kings island") == []


def test_what_is_deleted_is_gone_and_what_is_restored_is_back() -> None:
    admin = make_person("admin")
    park = make_park("Kings Island")
    make_ride(park, "The Beast")

    deletion = delete(park, by=admin)
    assert found("kings island") == []
    assert not Entry.objects.exists()

    restore(deletion=deletion, by=admin)
    assert found("kings island") == ["Kings Island", "The Beast"]


def test_a_ride_that_moves_is_found_at_its_new_park_only() -> None:
    ride = make_ride(make_park("Kings Island", city="Mason"), "The Beast")
    other = make_park("Cedar Point", city="Sandusky")

    ride.move(other, pos="last-child")

    assert found("beast sandusky") == ["The Beast"]
    assert found("beast mason") == []


def test_what_moves_into_a_private_section_is_gone(home: Page) -> None:
    hidden = ParkIndexPage.objects.get()
    park = make_park("Kings Island")
    closed = close(hidden)

    assert found("kings island") == []

    closed.delete()
    assert found("kings island") == [park.title]


def test_a_private_section_is_closed_at_once_whatever_the_index_says(
    django_capture_on_commit_callbacks: Any,
) -> None:
    park = make_park("Kings Island")
    make_ride(park, "The Beast")

    closed = close(park)
    assert Entry.objects.count() == 2
    assert found("kings island") == []

    # Once the change is through, the index has forgotten them as well.
    with django_capture_on_commit_callbacks(execute=True):
        closed.save()
    assert not Entry.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        closed.delete()
    assert found("kings island") == ["Kings Island", "The Beast"]


def test_a_private_maker_lends_its_name_to_no_ride(
    django_capture_on_commit_callbacks: Any,
) -> None:
    maker = make_company("Secret Works")
    make_ride(make_park(), "The Beast", maker=maker)
    assert found("secret works") == ["Secret Works", "The Beast"]

    with django_capture_on_commit_callbacks(execute=True):
        close(maker)

    assert found("secret works") == []


def test_rides_and_models_follow_their_maker_when_it_takes_another_name() -> None:
    maker = make_company("Arrow Huss")
    model = make_model("Corkscrew", manufacturer=maker)
    make_ride(make_park(), "The Beast", maker=maker, model=model)

    rename(maker, "Arrow Dynamics")

    assert found("beast dynamics") == ["The Beast"]
    assert found("corkscrew dynamics") == ["Corkscrew", "The Beast"]
    assert found("beast huss") == []


def test_a_maker_is_found_by_its_former_name_through_its_rides() -> None:
    maker = make_company("Vekoma")
    make_ride(make_park(), "Boomerang", maker=maker)
    maker.names.add(CompanyName(text="Veld Koning", kind="former", ended="1979"))
    maker.save_revision().publish()

    assert found("veld koning") == ["Vekoma", "Boomerang"]


def test_a_maker_with_very_many_rides_leaves_them_to_the_worker(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(indexing, "MOST_WITHIN_A_PUBLISH", 1)
    maker = make_company("Arrow Huss")
    park = make_park()
    for title in ("The Beast", "The Bat"):
        make_ride(park, title, maker=maker)

    with django_capture_on_commit_callbacks(execute=True):
        rename(maker, "Arrow Dynamics")

    assert sorted(found("dynamics")) == ["Arrow Dynamics", "The Bat", "The Beast"]


def test_a_day_that_closes_a_ride_puts_it_behind_those_that_run(
    django_capture_on_commit_callbacks: Any,
) -> None:
    park = make_park()
    with time_machine.travel("2026-03-01"):
        closing = make_ride(park, "Comet")
        period = closing.status_periods.all()[0]
        period.ended = "2026-05-01"
        closing.status_periods.add(period)
        closing.status_periods.add(type(period)(status="closed", began="2026-05-01"))
        closing.save_revision().publish()
        make_ride(park, "Comet Two")
    before = Entry.objects.get(pk=closing.pk).rank

    with (
        time_machine.travel("2026-05-02"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert bring_up_to_date() == 1

    assert Entry.objects.get(pk=closing.pk).rank < before


def test_a_rebuild_mends_whatever_was_missed(capsys: pytest.CaptureFixture) -> None:
    park = make_park("Kings Island")
    ride = make_ride(park, "The Beast")
    Page.objects.filter(pk=ride.pk).update(live=False)
    Entry.objects.filter(pk=park.pk).update(digest="", bag="nonsense")
    Word.objects.create(text="nonsense", bag="nonsense")

    call_command("rebuild_search")

    assert found("kings island") == ["Kings Island"]
    assert not Entry.objects.filter(pk=ride.pk).exists()
    assert set(Word.objects.values_list("text", flat=True)) >= {"kings", "island"}
    assert not Word.objects.filter(text="nonsense").exists()
    assert "1 of" in capsys.readouterr().out


def test_an_index_with_anything_in_it_is_not_rebuilt_for_being_empty() -> None:
    make_park("Kings Island")
    Entry.objects.update(bag="nonsense")

    call_command("rebuild_search", "--if-empty")
    assert Entry.objects.get().bag == "nonsense"

    Entry.objects.all().delete()
    call_command("rebuild_search", "--if-empty")
    assert found("kings island") == ["Kings Island"]


def test_misspellings_are_known_once_the_publish_is_through(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_park("Phantasialand")

    assert found("phantasialnd") == ["Phantasialand"]


def test_a_publish_that_changes_nothing_to_be_found_writes_nothing() -> None:
    ride = make_ride(make_park())
    ride.search_description = "For other search engines."
    revision = ride.save_revision()

    with CaptureQueriesContext(connection) as queries:
        revision.publish()

    ours = [query["sql"] for query in queries if "search_entry" in query["sql"]]
    assert len(ours) == 1


def test_indexing_costs_the_same_for_few_rows_and_for_many() -> None:
    ride = make_ride(make_park(), maker=make_company())
    counts = []
    for many in (1, 10):
        for number in range(many):
            ride.names.add(RideName(text=f"Name {many} {number}", kind="former"))
        ride.save_revision().publish()
        Entry.objects.update(digest="")
        with CaptureQueriesContext(connection) as queries:
            indexing.refresh([ride.pk])
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_parks_below_each_other_are_read_together() -> None:
    parks = [make_park(f"Park {number}") for number in range(6)]
    counts = []
    for some in (parks[:1], parks):
        Entry.objects.update(digest="")
        with CaptureQueriesContext(connection) as queries:
            indexing.refresh(park.pk for park in some)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert ParkPage.objects.count() == 6
