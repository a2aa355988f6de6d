"""The command that reads the whole record and names what is wrong."""

import json
from contextlib import suppress
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest
from reversion.models import Version as Payload

from history.chain import seal_committed
from history.models import ChangeSet, ObjectHead, PageVersion
from history.verifying import Fault, verify
from history.verifying.live import faults_of_live
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park, make_ride

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def park() -> ParkPage:
    park = make_park()
    lengthen_history(park, by=4)
    make_ride(park)
    seal_committed()
    return ParkPage.objects.get(pk=park.pk)


def version(park: ParkPage, seq: int) -> PageVersion:
    return PageVersion.objects.get(object_uuid=park.uuid, seq=seq)


def only_fault() -> Fault:
    (fault,) = verify()
    return fault


def run(*arguments: str) -> Any:
    out = StringIO()
    with suppress(CommandError):
        call_command("verify_history", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_a_sound_wiki_has_no_fault(park: ParkPage) -> None:
    report = run()

    assert report["ok"]
    assert report["faults"] == []
    assert report["checked"]["versions"] == PageVersion.objects.count()


def test_an_altered_text_is_named(park: ParkPage) -> None:
    payload = version(park, 3).payload_id
    Payload.objects.filter(pk=payload).update(serialized_data='{"title":"Forged"}')

    fault = only_fault()

    assert (fault.check, fault.object, fault.seq) == ("I3", str(park.uuid), 3)
    assert "does not say what it said" in fault.problem


@pytest.mark.parametrize(
    ("altered", "problem"),
    [
        ({"size": 7}, "is said to have 7"),
        ({"growth": 9_000}, "grown by another number of bytes"),
        ({"title": "Another"}, "is called otherwise in lists"),
        ({"changed_facts": ["opened"]}, "does not name the facts"),
    ],
)
def test_what_is_noted_beside_a_text_has_to_follow_from_it(
    park: ParkPage, altered: dict[str, Any], problem: str
) -> None:
    PageVersion.objects.filter(pk=version(park, 5).pk).update(**altered)

    fault = only_fault()

    assert (fault.check, fault.object, fault.seq) == ("I3", str(park.uuid), 5)
    assert problem in fault.problem


def test_a_fact_that_blame_would_not_find_is_named(park: ParkPage) -> None:
    version(park, 3).fact_changes.all().delete()

    assert "not found by the facts" in only_fault().problem


def test_a_gap_is_named(park: ParkPage) -> None:
    PageVersion.objects.filter(pk=version(park, 5).pk).update(seq=7)

    assert ("I2", 7, "versions from 5 before it is missing") in [
        (fault.check, fault.seq, fault.problem) for fault in verify(park.uuid)
    ]


def test_a_version_that_follows_another_one_is_named(park: ParkPage) -> None:
    PageVersion.objects.filter(pk=version(park, 4).pk).update(parent=version(park, 1))

    assert [(f.check, f.seq) for f in verify(park.uuid)] == [("I2", 4)]


def test_a_head_that_lags_behind_is_named(park: ParkPage) -> None:
    ObjectHead.objects.filter(pk=park.uuid).update(version=version(park, 2))

    found = list(verify())

    assert ("I1", 5) in [(fault.check, fault.seq) for fault in found]


def test_an_object_without_a_head_is_named(park: ParkPage) -> None:
    ObjectHead.objects.filter(pk=park.uuid).delete()

    problems = [fault.problem for fault in verify()]

    assert "has versions and no head" in problems
    assert any("is live and has no version" in problem for problem in problems)


def test_a_live_text_that_no_version_has_is_named(park: ParkPage) -> None:
    revision = park.live_revision
    assert revision is not None
    revision.content = {**revision.content, "city": "Nowhere"}
    revision.save()

    fault = only_fault()

    assert (fault.check, fault.object) == ("I1", str(park.uuid))
    assert "is not what is live" in fault.problem


@pytest.mark.parametrize("what", ["page", "row"])
def test_a_fact_changed_past_the_wiki_is_named(park: ParkPage, what: str) -> None:
    if what == "page":
        ParkPage.objects.filter(pk=park.pk).update(city="Nowhere")
    else:
        park.names.update(text="Nowhere")

    fault = only_fault()

    assert (fault.check, fault.object) == ("I1", str(park.uuid))
    assert "is not what the tables say" in fault.problem


def test_many_live_pages_are_read_in_the_same_queries() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert not [f for f in faults_of_live(None) if isinstance(f, Fault)]
        return len(asked)

    make_ride(make_park("First"))
    few = queries()
    for number in range(9):
        make_ride(make_park(f"Park {number}"))
    assert queries() == few


def test_a_live_page_without_a_live_revision_is_named(park: ParkPage) -> None:
    ParkPage.objects.filter(pk=park.pk).update(live_revision=None)

    assert only_fault().check == "I5"


def test_a_page_that_visitors_lost_is_named(park: ParkPage) -> None:
    ParkPage.objects.filter(pk=park.pk).update(live=False)

    assert "visitors do not see it" in only_fault().problem


def test_a_wrong_address_and_a_wrong_tree_are_named(park: ParkPage) -> None:
    Page.objects.filter(pk=park.pk).update(url_path="/elsewhere/", numchild=9)

    found = {(fault.check, fault.object) for fault in verify()}

    assert ("I4", "/elsewhere/") in found
    assert ("I4", f"page {park.pk}") in found


def test_a_text_of_no_version_is_named(park: ParkPage) -> None:
    payload = Payload.objects.get(pk=version(park, 2).payload_id)
    payload.pk, payload.object_id = None, "999"
    payload.save()

    assert "belongs to no version" in only_fault().problem


def test_a_rewritten_change_is_named(park: ParkPage) -> None:
    number = version(park, 2).changeset_id
    ChangeSet.objects.filter(pk=number).update(reason="Never said")

    fault = only_fault()

    assert (fault.check, fault.object) == ("chain", f"change {number}")


def test_one_page_is_looked_at_by_its_address(park: ParkPage) -> None:
    other = make_park("Gröna Lund")
    Payload.objects.filter(page_version__object_uuid=other.uuid).update(
        serialized_data="{}"
    )

    report = run("--page", "parks/cedar-point/")

    assert report["ok"]
    assert report["checked"] == {"versions": 5, "objects": 1}
    with pytest.raises(CommandError, match="is and was no page"):
        call_command("verify_history", "--page", "parks/nowhere/")


def test_it_says_in_words_what_is_wrong_and_changes_nothing(park: ParkPage) -> None:
    ParkPage.objects.filter(pk=park.pk).update(live_revision=None)
    out = StringIO()

    with pytest.raises(CommandError, match="damaged") as refused:
        call_command("verify_history", stdout=out)

    assert refused.value.returncode == 1
    assert "“Cedar Point” is live without a live revision" in out.getvalue()
    assert ParkPage.objects.get(pk=park.pk).live_revision_id is None


def test_it_asks_for_many_versions_at_once(park: ParkPage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert list(verify(park.uuid)) == []
        return len(asked)

    few = queries()
    lengthen_history(park, by=60)
    assert queries() == few
