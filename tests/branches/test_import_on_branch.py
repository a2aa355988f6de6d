"""An import may wait on a branch for a review, in place of publishing."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

import pytest

from branches.models import BatchRow, Proposal
from branches.states import ProposalState
from history.models import PageVersion
from history.verifying import verify
from parks.models import CompanyPage, ImportRun, ParkPage, RidePage
from tests.branches.test_batches import merged
from tests.factories.people import make_person
from tests.parks.importing.conftest import WriteCsv, write_csv

__all__ = ["write_csv"]

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", email="edda@example.org")


def imported(path: Path, *options: str) -> str:
    out = StringIO()
    call_command(
        "import_coasters",
        *(str(path), "--by", "edda@example.org", *options),
        stdout=out,
        stderr=StringIO(),
    )
    return out.getvalue()


def test_new_pages_wait_on_the_branch_and_are_published_together(
    editor: Any, moderator: Any, write_csv: WriteCsv
) -> None:
    file = write_csv({})
    versions = PageVersion.objects.count()

    told = imported(file, "--branch", "Coasters")

    assert "1 of 1 rows" in told
    assert PageVersion.objects.count() == versions
    branch = Proposal.objects.get(title="Coasters")
    titles = branch.items.values_list("title", "operation")
    assert sorted(titles) == [
        ("Comet", "create"),
        ("Seaside Park", "create"),
        ("Timberworks", "create"),
    ]
    row = BatchRow.objects.get(title="Comet")
    assert row.outcome == "new"
    assert row.words.endswith("left out for now: credits, stays.")
    assert ImportRun.objects.get().state == "aside"
    merged(branch.batch, moderator, editor)
    ride = RidePage.objects.get()
    assert ride.get_parent().title == "Seaside Park"
    assert str(ride.tracks.get().height) == "80 ft"
    assert list(verify()) == []


def test_what_a_ride_named_on_the_branch_comes_with_the_next_import(
    editor: Any, moderator: Any, write_csv: WriteCsv
) -> None:
    file = write_csv({})
    imported(file, "--branch", "Coasters")
    branch = Proposal.objects.get(title="Coasters")
    merged(branch.batch, moderator, editor)

    call_command("import_coasters", str(file), stdout=StringIO(), stderr=StringIO())

    ride = RidePage.objects.get()
    assert [credit.company.title for credit in ride.credits.all()] == ["Timberworks"]
    assert (ParkPage.objects.count(), CompanyPage.objects.count()) == (1, 1)


def test_the_same_import_once_more_goes_on_with_the_branch(
    editor: Any, write_csv: WriteCsv
) -> None:
    imported(write_csv({}), "--branch", "Coasters")
    branch = Proposal.objects.get()
    before = set(branch.items.values_list("object_uuid", flat=True))

    other = {"coaster_name": "Meteor", "year_introduced": "2005"}
    other["opening_date_clean"] = "5/12/2005"
    imported(write_csv({}, other), "--branch", "Coasters")

    after = set(Proposal.objects.get().items.values_list("object_uuid", flat=True))
    assert before < after
    assert len(after) == 4


def test_a_known_ride_is_edited_on_the_branch(editor: Any, write_csv: WriteCsv) -> None:
    file = write_csv({})
    call_command("import_coasters", str(file), stdout=StringIO(), stderr=StringIO())

    imported(write_csv({"height_value": "90"}), "--branch", "Taller")

    item = Proposal.objects.get().items.get()
    assert (item.title, item.operation) == ("Comet", "edit")
    assert item.content["tracks"][0]["height"] == "90 ft"
    assert str(RidePage.objects.get().tracks.get().height) == "80 ft"


def test_a_dry_run_makes_no_branch(editor: Any, write_csv: WriteCsv) -> None:
    imported(write_csv({}), "--branch", "Coasters", "--dry-run")

    assert not Proposal.objects.exists()
    assert not RidePage.objects.exists()


def test_a_branch_in_nobodys_name_is_refused_before_anything_is_done(
    write_csv: WriteCsv,
) -> None:
    file = write_csv({})

    with pytest.raises(CommandError, match="--by"):
        call_command("import_coasters", str(file), "--branch", "Coasters")

    assert not ImportRun.objects.exists()


def test_nothing_is_put_on_a_branch_that_is_being_published(
    editor: Any, write_csv: WriteCsv
) -> None:
    imported(write_csv({}), "--branch", "Coasters")
    Proposal.objects.update(state=ProposalState.SCHEDULED)

    with pytest.raises(CommandError, match="Coasters"):
        imported(write_csv({}), "--branch", "Coasters")


def test_an_import_too_large_for_a_branch_leaves_nothing(
    editor: Any, write_csv: WriteCsv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branches.rights.MOST_IN_PARTS", 2)

    with pytest.raises(CommandError, match="at most 2 pages"):
        imported(write_csv({}), "--branch", "Coasters")

    assert not Proposal.objects.exists()
    assert "at most" in ImportRun.objects.get().message
