"""The rules of the domain, without a database."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.findings import Finding, Level
from core.measures import Dimension, parse_measure
from core.partial_dates import PartialDate, parse_partial_date
from parks.models import ParkName, RideStatusPeriod
from parks.rules.cycles import check_cycle
from parks.rules.names import check_names
from parks.rules.periods import check_overlaps, check_span
from parks.rules.places import check_place
from parks.rules.roles import check_roles
from parks.rules.statuses import check_statuses
from parks.rules.stays import check_openings, check_stays
from parks.rules.tracks import check_tracks

DATES = (
    *("1999-05-12", "1999-05", "1999-22", "1999", "199X", "1999~", "1999-05-12~"),
    *("../1999", "1999/..", "1998-12-31", "2000", "2001-01-01", "1985~", "2010"),
)
dates = st.sampled_from([PartialDate.parse(text) for text in DATES])


def row(began: str = "", ended: str = "", **facts: Any) -> Any:
    return SimpleNamespace(
        began=parse_partial_date(began), ended=parse_partial_date(ended), **facts
    )


def levels(findings: list[Finding]) -> list[Level]:
    return [finding.level for finding in findings]


def fields(findings: list[Finding]) -> list[str]:
    return [finding.field for finding in findings]


# --- Spans and overlaps -----------------------------------------------------


@given(dates, dates)
def test_a_span_is_an_error_exactly_when_it_certainly_ends_before_it_begins(
    began: PartialDate, ended: PartialDate
) -> None:
    findings = check_span(SimpleNamespace(began=began, ended=ended), {})

    assert (Level.ERROR in levels(findings)) == ended.is_certainly_before(began)


@given(dates, dates)
def test_a_span_is_doubted_only_when_it_may_end_before_it_begins(
    began: PartialDate, ended: PartialDate
) -> None:
    findings = check_span(SimpleNamespace(began=began, ended=ended), {})

    assert not findings or ended.is_possibly_before(began)


@given(dates)
def test_a_span_within_one_date_is_sound(moment: PartialDate) -> None:
    assert check_span(SimpleNamespace(began=moment, ended=moment), {}) == []


@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [
        ("1999", "1998", [Level.ERROR]),
        ("1999-05-12", "1999-05-11", [Level.ERROR]),
        ("1999-05-12", "1999", [Level.WARNING]),
        ("1902~", "1901", [Level.WARNING]),
        ("1999", "", []),
        ("", "1999", []),
        ("1999", "2005", []),
    ],
)
def test_spans_are_certainly_or_possibly_wrong_or_sound(
    began: str, ended: str, expected: list[Level]
) -> None:
    assert levels(check_span(row(began, ended), {})) == expected


@given(st.lists(st.tuples(dates, dates | st.none()), max_size=4))
def test_every_certain_overlap_of_two_rows_is_found(
    spans: list[tuple[PartialDate, PartialDate | None]],
) -> None:
    rows = [SimpleNamespace(began=began, ended=ended) for began, ended in spans]
    ordered = sorted(rows, key=lambda one: one.began.sort_key())

    certain = any(
        earlier.ended and later.began.is_certainly_before(earlier.ended)
        for place, earlier in enumerate(ordered)
        for later in ordered[place + 1 :]
    )

    assert bool(check_overlaps(rows, "stays")) == certain


def test_a_vague_row_in_between_hides_no_overlap() -> None:
    rows = [row("1990", "1995-06"), row("1995"), row("1995-03-01")]

    (finding,) = check_overlaps(rows, "stays")

    assert (finding.row, finding.level) == (2, Level.ERROR)


def test_periods_that_meet_in_one_year_do_not_overlap() -> None:
    assert check_overlaps([row("1990", "1995"), row("1995", "2001")], "stays") == []


# --- Names ------------------------------------------------------------------

name_rows = st.builds(
    lambda kind, ended: ParkName(text="Luna Park", kind=kind, ended=ended),
    st.sampled_from(["official", "former", "sponsored", "nickname"]),
    st.sampled_from(["", "1999"]),
)


@given(st.lists(name_rows, max_size=5))
def test_every_current_official_name_after_the_first_is_an_error(
    rows: list[ParkName],
) -> None:
    current = [name for name in rows if name.is_current_official]

    assert len(check_names(rows)) == max(len(current) - 1, 0)


def test_a_title_longer_than_a_name_is_an_error_at_the_title() -> None:
    assert fields(check_names([], title="x" * 201)) == ["title"]
    assert check_names([], title="x" * 200) == []


# --- Places -----------------------------------------------------------------


def place(**facts: Any) -> list[Finding]:
    known = {"latitude": None, "longitude": None, "country": "US", "subdivision": ""}
    return check_place(**{**known, "time_zone": "", **facts})


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"latitude": 41.5}, "longitude"),
        ({"longitude": -82.7}, "latitude"),
        ({"latitude": 0, "longitude": 0}, "latitude"),
        ({"latitude": 91, "longitude": 0}, "latitude"),
        ({"latitude": 41, "longitude": -181}, "longitude"),
        ({"subdivision": "DE-BY"}, "subdivision"),
        ({"subdivision": "US-XX"}, "subdivision"),
        ({"time_zone": "Europe/Entenhausen"}, "time_zone"),
    ],
)
def test_a_contradictory_place_is_an_error_beside_its_field(
    facts: dict[str, Any], field: str
) -> None:
    findings = place(**facts)

    assert (levels(findings), fields(findings)) == ([Level.ERROR], [field])


def test_a_sound_place_needs_no_remark() -> None:
    assert place() == []
    assert (
        place(
            latitude=41.4822,
            longitude=-82.6835,
            subdivision="US-OH",
            time_zone="America/New_York",
        )
        == []
    )


def test_a_point_abroad_is_a_warning() -> None:
    assert levels(place(latitude=48.27, longitude=7.72)) == [Level.WARNING]


# --- Roles, stays, tracks, statuses, cycles -----------------------------------


def credit(role: str, **flags: bool) -> Any:
    roles = ("manufacturer", "designer", "builder", "supplier", "operator", "owner")
    known = {f"is_{name}": flags.get(name, False) for name in roles}
    company = SimpleNamespace(**known)
    return row(role=role, company_id=1, company=company, get_role_display=lambda: role)


@pytest.mark.parametrize(
    ("role", "flag"),
    [
        ("manufacturer", "manufacturer"),
        ("designer", "designer"),
        ("builder", "manufacturer"),
        ("themer", "supplier"),
        ("trains", "supplier"),
        ("operator", "operator"),
        ("owner", "operator"),
    ],
)
def test_a_company_is_credited_only_with_what_it_does(role: str, flag: str) -> None:
    assert check_roles([credit(role, **{flag: True})], "credits") == []
    assert fields(check_roles([credit(role)], "credits")) == ["role"]


def stay(park: int | None = 1, operator: int | None = None, **facts: Any) -> Any:
    facts.setdefault("area_id", None)
    return row(park_id=park, operator_id=operator, park="Efteling", **facts)


def test_a_stay_is_at_a_park_or_with_an_operator_and_never_both() -> None:
    both, neither = stay(operator=2), stay(park=None)

    for wrong in (both, neither):
        findings = check_stays([wrong], parent_id=None, is_proposed=False)
        assert fields(findings) == ["park"]


def test_a_ride_stands_somewhere_unless_it_is_only_proposed() -> None:
    assert len(check_stays([], parent_id=1, is_proposed=False)) == 1
    assert check_stays([], parent_id=1, is_proposed=True) == []


def test_the_last_stay_is_at_the_park_the_page_stands_under() -> None:
    moved = [stay(2, ended="1999"), stay(1, began="2000")]

    assert check_stays(moved, parent_id=1, is_proposed=False) == []
    (finding,) = check_stays(moved, parent_id=2, is_proposed=False)
    assert (finding.row, finding.field) == (1, "park")


def test_an_area_belongs_to_the_park_of_its_stay() -> None:
    elsewhere = SimpleNamespace(name="Fantasyland", park_id=9)

    findings = check_stays(
        [stay(area_id=4, area=elsewhere)], parent_id=1, is_proposed=False
    )

    assert fields(findings) == ["area"]


@pytest.mark.parametrize(
    ("began", "opened", "expected"),
    [
        ("1998", None, [Level.WARNING]),
        ("1999", None, []),
        ("", "1998-05", [Level.WARNING]),
        ("", "1999-05", []),
        ("", None, []),
    ],
)
def test_a_ride_that_was_there_before_its_park_is_odd(
    began: str, opened: str | None, expected: list[Level]
) -> None:
    park = SimpleNamespace(opened=parse_partial_date("1999"))
    rows = [stay(1, began=began)]
    rows[0].park = park

    findings = check_openings(rows, opened=parse_partial_date(opened or ""))

    assert levels(findings) == expected


MEASURES = ("height", "drop", "length", "speed", "rider_height_min", "rider_height_max")
NUMBERS = ("max_angle", "duration_s", "inversions", "capacity_per_hour", "g_force")


def track(**figures: Any) -> Any:
    facts: dict[str, Any] = dict.fromkeys((*MEASURES, *NUMBERS))
    for name, value in figures.items():
        dimension = Dimension.SPEED if name == "speed" else Dimension.LENGTH
        measured = name in MEASURES
        facts[name] = parse_measure(value, dimension) if measured else value
    return SimpleNamespace(**facts)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"height": "110 ft", "drop": "141 ft"}, []),
        ({"height": "10 m", "drop": "26 m"}, [Level.WARNING]),
        ({"speed": "250 km/h"}, []),
        ({"speed": "251 km/h"}, [Level.WARNING]),
        ({"g_force": 12}, [Level.WARNING]),
        ({"inversions": 15}, [Level.WARNING]),
        ({"rider_height_min": "120 cm", "rider_height_max": "195 cm"}, []),
        ({"rider_height_min": "48 in", "rider_height_max": "122 cm"}, []),
        ({"rider_height_min": "122 cm", "rider_height_max": "122 cm"}, [Level.ERROR]),
        ({"rider_height_min": "130 cm", "rider_height_max": "48 in"}, [Level.ERROR]),
    ],
)
def test_unusual_figures_are_doubted_and_contradictory_ones_refused(
    figures: dict[str, Any], expected: list[Level]
) -> None:
    assert levels(check_tracks([track(**figures)], "roller_coaster")) == expected


def test_inversions_of_anything_but_a_coaster_are_doubted() -> None:
    assert fields(check_tracks([track(inversions=2)], "flat")) == ["inversions"]


def periods(*spells: tuple[str, str]) -> list[RideStatusPeriod]:
    return [RideStatusPeriod(status=status, began=began) for status, began in spells]


def test_an_unusual_step_is_doubted_until_a_note_says_why() -> None:
    rows = periods(("demolished", "1990"), ("operating", "1995"))
    assert check_statuses(rows, has_source=True) == []
    rows = periods(("operating", "1990"), ("demolished", "1995"))

    doubted = check_statuses(rows, has_source=True)
    rows[1].note = "Torn down overnight"

    assert levels(doubted) == [Level.WARNING]
    assert check_statuses(rows, has_source=True) == []


def test_a_proposal_needs_a_source() -> None:
    rows = periods(("proposed", "2026"))

    assert levels(check_statuses(rows, has_source=False)) == [Level.ERROR]
    assert check_statuses(rows, has_source=True) == []


class Linked:
    _meta = SimpleNamespace(get_field=lambda name: SimpleNamespace(verbose_name=name))

    def __init__(self, pk: int | None) -> None:
        self.pk = pk
        self.resort: Linked | None = None


@pytest.mark.parametrize("length", [1, 2, 7, 60])
def test_a_chain_that_leads_back_is_an_error(length: int) -> None:
    chain = [Linked(pk) for pk in range(1, length + 1)]
    for place, link in enumerate(chain):
        link.resort = chain[(place + 1) % length]

    assert fields(check_cycle(chain[0], "resort")) == ["resort"]


def test_a_chain_that_ends_is_sound() -> None:
    first, second = Linked(1), Linked(2)
    first.resort = second

    assert check_cycle(first, "resort") == []


def test_an_old_loop_elsewhere_in_the_chain_does_not_hang_a_save() -> None:
    here, there, back = Linked(1), Linked(2), Linked(3)
    here.resort, there.resort, back.resort = there, back, there

    assert fields(check_cycle(here, "resort")) == ["resort"]
