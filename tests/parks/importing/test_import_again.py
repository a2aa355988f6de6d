"""A file meets what the wiki already knows."""

from collections.abc import Callable

from history.models import PageVersion
from parks.importing.report import ImportReport, Outcome
from parks.models import CompanyPage, RideName, RidePage
from tests.factories.pages import make_company, make_park, make_ride

ImportRows = Callable[..., ImportReport]


def outcomes(report: ImportReport) -> list[Outcome]:
    return [row.outcome for row in report.rows]


def reasons(report: ImportReport) -> str:
    return " ".join(reason for row in report.rows for reason in row.reasons)


def test_the_same_file_again_changes_nothing(import_rows: ImportRows) -> None:
    rows: tuple[dict[str, str], ...] = (
        {},
        {"coaster_name": "Racer", "Length": "900 ft"},
        {"coaster_name": ""},
    )
    import_rows(*rows)
    versions = PageVersion.objects.count()

    report = import_rows(*rows)

    counts = report.counts()
    assert (counts["new"], counts["changed"], counts["unchanged"]) == (0, 0, 2)
    assert PageVersion.objects.count() == versions


def test_a_corrected_file_reaches_a_page_left_alone(import_rows: ImportRows) -> None:
    import_rows({"height_value": "80"})

    report = import_rows({"height_value": "90"})

    assert outcomes(report) == [Outcome.CHANGED]
    assert str(RidePage.objects.get().tracks.get().height) == "90 ft"


def test_rows_that_stay_the_same_keep_their_identity(import_rows: ImportRows) -> None:
    import_rows({"Designer": "Ada Track"})
    before = RidePage.objects.get().credits.get(role="designer").uuid

    import_rows({"Designer": "Ada Track, Bob Bend"})

    designers = RidePage.objects.get().credits.filter(role="designer")
    assert designers.count() == 2
    assert before in {credit.uuid for credit in designers}


def test_a_ride_that_closed_since_is_brought_up_to_date(
    import_rows: ImportRows,
) -> None:
    import_rows({"Status": "Operating"})

    import_rows({"Status": "Closed", "Closing date": "2010"})

    ride = RidePage.objects.get()
    assert (ride.status, str(ride.closed)) == ("closed", "2010")


def test_an_edit_survives_the_same_file(import_rows: ImportRows) -> None:
    import_rows({"Type_Main": "Wood"})
    ride = RidePage.objects.get()
    ride.material = "hybrid"
    ride.save_revision().publish()

    report = import_rows({"Type_Main": "Wood"})

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert RidePage.objects.get().material == "hybrid"


def test_an_edit_is_kept_against_news_with_a_doubt(import_rows: ImportRows) -> None:
    import_rows({"Type_Main": "Wood"})
    ride = RidePage.objects.get()
    ride.material = "hybrid"
    ride.save_revision().publish()

    report = import_rows({"Type_Main": "Steel"})

    assert RidePage.objects.get().material == "hybrid"
    assert report.rows[0].is_suspicious
    assert "kept: material" in reasons(report)


def test_a_ride_of_the_wiki_is_met_under_its_former_name(
    import_rows: ImportRows,
) -> None:
    park = make_park("Seaside Park")
    ride = make_ride(park, "Meteor", opened="1999")
    ride.names.add(RideName(text="Comet", kind="former"))
    ride.save_revision().publish()

    report = import_rows({"coaster_name": "Comet"})

    assert outcomes(report) == [Outcome.CHANGED]
    assert str(RidePage.objects.get().tracks.get().height) == "80 ft"


def test_a_maker_of_the_wiki_is_not_made_again(import_rows: ImportRows) -> None:
    make_company("Timberworks, Inc.")

    import_rows({"Manufacturer": "Timberworks"})

    assert CompanyPage.objects.count() == 1


def test_a_company_learns_the_role_it_is_named_for(import_rows: ImportRows) -> None:
    make_company("Timberworks", is_manufacturer=False, is_operator=True)

    import_rows({"Manufacturer": "Timberworks"})

    assert CompanyPage.objects.get().is_manufacturer


def test_a_row_that_fits_two_rides_is_rejected_by_name(import_rows: ImportRows) -> None:
    park = make_park("Seaside Park")
    make_ride(park, "Comet", opened="1999")
    make_ride(park, "Comet", opened="1999", slug="comet-again")

    report = import_rows({"coaster_name": "Comet"})

    assert outcomes(report) == [Outcome.REJECTED]
    assert "Several rides" in reasons(report)


def test_a_namesake_of_another_year_is_another_ride(import_rows: ImportRows) -> None:
    make_ride(make_park("Seaside Park"), "Comet", opened="1920")

    import_rows({"coaster_name": "Comet"})

    assert {ride.slug for ride in RidePage.objects.all()} == {"comet", "comet-1999"}


def test_two_rows_with_one_name_park_and_year_are_one_ride(
    import_rows: ImportRows,
) -> None:
    report = import_rows({"Length": "900 ft"}, {"Length": "950 ft"})

    assert outcomes(report) == [Outcome.NEW, Outcome.DUPLICATE]
    assert "Row 2 has the same name" in reasons(report)


def test_a_ride_without_a_park_is_taken_for_its_only_namesake(
    import_rows: ImportRows,
) -> None:
    ride = make_ride(make_park("Seaside Park"), "Comet", opened="1999-05-12")

    report = import_rows({"Location": "Other"})

    assert RidePage.objects.get() == ride
    assert "Taken for the one at Seaside Park" in reasons(report)


def test_a_page_with_a_draft_waits(import_rows: ImportRows) -> None:
    import_rows({"height_value": "80"})
    ride = RidePage.objects.get()
    ride.material = "hybrid"
    ride.save_revision()

    report = import_rows({"height_value": "90"})

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert "draft" in reasons(report)
    assert str(RidePage.objects.get().tracks.get().height) == "80 ft"


def test_a_page_that_waited_is_changed_by_the_next_import(
    import_rows: ImportRows,
) -> None:
    import_rows({"height_value": "80"})
    RidePage.objects.get().save_revision()
    import_rows({"height_value": "90"})
    ride = RidePage.objects.get()
    ride.get_latest_revision().publish()

    report = import_rows({"height_value": "90"})

    assert outcomes(report) == [Outcome.CHANGED]
