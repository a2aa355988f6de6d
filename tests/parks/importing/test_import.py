"""A file arrives in the wiki: all of it or nothing."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from wagtail.models import Page

import pytest

from history.models import PageVersion
from home.models import HomePage
from parks.importing.report import ImportReport, Outcome
from parks.importing.running import NowhereToPut, import_file
from parks.models import (
    CompanyPage,
    ImportRun,
    ParkArea,
    ParkPage,
    RideModelPage,
    RidePage,
)
from parks.models.imports import ImportedRide
from tests.factories.people import make_person

WriteCsv = Callable[..., Path]

RICH = {
    "coaster_name": "Comet (Seaside Park)",
    "Manufacturer": "Timberworks",
    "Designer": "Ada Track",
    "Model": "Twister 80",
    "Park section": "Pier",
    "Capacity": "1,200 riders per hour",
    "Trains": "2 trains with 6 cars, 2 across in 2 rows",
    "Cost": "US$2 million",
    "latitude": "41.482",
    "longitude": "-82.683",
}


ImportRows = Callable[..., ImportReport]


def outcomes(report: ImportReport) -> list[Outcome]:
    return [row.outcome for row in report.rows]


def reasons(report: ImportReport) -> str:
    return " ".join(reason for row in report.rows for reason in row.reasons)


def test_a_row_becomes_a_ride_in_its_park(import_rows: ImportRows) -> None:
    report = import_rows(RICH)

    ride = RidePage.objects.get()
    track = ride.tracks.get()
    assert outcomes(report) == [Outcome.NEW]
    assert (ride.title, ride.get_parent().title) == ("Comet", "Seaside Park")
    assert (str(track.height), str(track.length)) == ("80 ft", "3000 ft")
    assert (track.capacity_per_hour, track.trains) == (1200, 2)
    assert (ride.cost_amount, ride.cost_currency) == (Decimal(2_000_000), "USD")
    assert str(ride.opened) == "1999-05-12"
    assert ride.status == "operating"


def test_what_a_ride_refers_to_is_created_with_it(import_rows: ImportRows) -> None:
    import_rows(RICH)

    maker = CompanyPage.objects.get(title="Timberworks")
    designer = CompanyPage.objects.get(title="Ada Track")
    assert (maker.is_manufacturer, maker.kind) == (True, "organisation")
    assert (designer.is_designer, designer.kind) == (True, "person")
    assert RideModelPage.objects.get().manufacturer == maker
    assert ParkArea.objects.get().name == "Pier"
    park = ParkPage.objects.get()
    assert (park.country, park.time_zone) == ("US", "America/New_York")


def test_each_page_is_live_with_its_first_version(
    import_rows: ImportRows, home: HomePage
) -> None:
    editor = make_person("Editor")

    import_rows(RICH, by=editor)

    ride = RidePage.objects.get()
    version = PageVersion.objects.select_related("changeset").get(page=ride)
    assert ride.live
    assert not ride.has_unpublished_changes
    assert ride.live_revision == ride.latest_revision
    assert (version.seq, version.changeset.kind) == (1, "import")
    assert version.changeset.author == editor
    assert version.changeset.source == "coasters.csv"
    assert "row 2" in version.changeset.reason


def test_the_tree_is_sound_after_an_import(import_rows: ImportRows) -> None:
    import_rows(RICH, {"coaster_name": "Racer"}, {"coaster_name": "Cyclone"})

    assert not any(Page.find_problems())


def test_an_imported_ride_is_found_by_search(import_rows: ImportRows) -> None:
    import_rows(RICH)

    assert [ride.title for ride in RidePage.objects.search("Comet")] == ["Comet"]


def test_an_imported_ride_can_be_edited_like_any_other(
    import_rows: ImportRows,
) -> None:
    import_rows(RICH)
    ride = RidePage.objects.get()

    ride.material = "steel"
    ride.save_revision().publish()

    assert PageVersion.objects.filter(page=ride).count() == 2


def test_a_dry_run_reports_the_same_and_leaves_only_its_record(
    import_rows: ImportRows,
) -> None:
    rehearsed = import_rows(RICH, dry_run=True)
    left_behind = (RidePage.objects.count(), CompanyPage.objects.count())

    done = import_rows(RICH)

    assert left_behind == (0, 0)
    assert rehearsed.rows == done.rows
    assert set(ImportRun.objects.values_list("state", flat=True)) == {
        "rehearsed",
        "done",
    }


def test_a_figure_out_of_range_is_left_out_with_a_doubt(
    import_rows: ImportRows,
) -> None:
    report = import_rows({"height_value": "3937"})

    track = RidePage.objects.get().tracks.get()
    assert track.height is None
    assert report.rows[0].is_suspicious
    assert "Height" in reasons(report)


def test_a_ride_that_breaks_a_rule_is_rejected_and_the_others_come_in(
    import_rows: ImportRows,
) -> None:
    report = import_rows(
        {"coaster_name": "Comet", "Height restriction": "78–52 in"},
        {"coaster_name": "Racer"},
    )

    assert outcomes(report) == [Outcome.REJECTED, Outcome.NEW]
    assert "smallest rider" in reasons(report)
    assert [ride.title for ride in RidePage.objects.all()] == ["Racer"]
    assert not any(Page.find_problems())


def test_a_failure_leaves_nothing_but_a_failed_run(
    import_rows: ImportRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_at_the_second(done: int, total: int) -> None:
        if done == 2:
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        import_rows(RICH, {"coaster_name": "Racer"}, progress=fails_at_the_second)

    run = ImportRun.objects.get()
    assert run.state == "failed"
    assert "RuntimeError" in run.message
    assert "the power went out" not in run.message
    assert not RidePage.objects.exists()
    assert not PageVersion.objects.filter(changeset__kind="import").exists()
    assert not ImportedRide.objects.exists()


def test_each_row_is_recorded_with_its_ride(import_rows: ImportRows) -> None:
    import_rows(
        {"coaster_name": "Comet"},
        {"coaster_name": "Meteor", "year_introduced": "2004"},
        {"coaster_name": "", "Length": ""},
    )

    run = ImportRun.objects.get()
    rows = list(run.rows.all())
    assert [row.outcome for row in rows] == ["new", "duplicate", "rejected"]
    assert [row.ride and row.ride.title for row in rows] == ["Meteor", "Meteor", None]
    assert rows[2].message == "The row has no name."
    assert run.counts["new"] == 1


def test_a_ride_that_moved_stands_in_its_last_park(import_rows: ImportRows) -> None:
    gone = {
        "Location": "Other",
        "Status": "",
        "opening_date_clean": "",
        "Closing date": "1989",
    }
    import_rows(
        {**gone, "coaster_name": "Comet (Old Park)", "year_introduced": "1975"},
        {**gone, "coaster_name": "Comet (New Park)", "year_introduced": "1990"},
    )

    ride = RidePage.objects.get()
    stays = [(str(stay.park), stay.continuity) for stay in ride.stays.all()]
    assert ride.get_parent().title == "New Park"
    assert stays == [
        ("Old Park", "original"),
        ("New Park", "relocated_same_track"),
    ]


def test_a_ride_knows_the_older_one_it_replaced(import_rows: ImportRows) -> None:
    import_rows(
        {
            "coaster_name": "Racer",
            "Replaced": "Comet",
            "year_introduced": "2005",
            "opening_date_clean": "5/12/2005",
        },
        {"coaster_name": "Comet", "Replaced": "Comet"},
    )

    assert RidePage.objects.get(title="Racer").replaces.title == "Comet"
    assert RidePage.objects.get(title="Comet").replaces is None


def test_a_formula_is_stored_as_text(import_rows: ImportRows) -> None:
    import_rows({"coaster_name": "=HYPERLINK(1)"})

    assert RidePage.objects.get().title == "=HYPERLINK(1)"


def test_a_name_of_signs_alone_still_gets_an_address(import_rows: ImportRows) -> None:
    import_rows({"coaster_name": "???"})

    assert RidePage.objects.get().slug


@pytest.mark.usefixtures("unfounded")
def test_a_wiki_without_index_pages_is_told_so(write_csv: WriteCsv) -> None:
    with pytest.raises(NowhereToPut):
        import_file(write_csv({}))

    assert not ImportRun.objects.exists()
