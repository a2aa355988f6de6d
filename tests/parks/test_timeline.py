"""What a ride's periods say about a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.partial_dates import PartialDate, parse_partial_date
from parks.choices import OPEN_TO_VISITORS, RideStatus
from parks.timeline import Life, in_order, life_on, turns_by_itself

TODAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Spell:
    status: str
    began: PartialDate | None = None
    ended: PartialDate | None = None


def spell(status: str, began: str = "", ended: str = "") -> Spell:
    return Spell(status, parse_partial_date(began), parse_partial_date(ended))


days = st.dates(date(1800, 1, 1), date(2035, 12, 31))
statuses = st.sampled_from(list(RideStatus))
# As much of a day as a source may give.
precisions = st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"])


@st.composite
def lives(draw: st.DrawFn) -> list[Spell]:
    """Periods one after another without a contradiction, last one open or not."""
    # A year is written down once, so that no two periods begin alike.
    one_a_year = st.lists(days, min_size=2, max_size=6, unique_by=lambda day: day.year)
    turns = sorted(draw(one_a_year))
    written = [PartialDate.parse(day.strftime(draw(precisions))) for day in turns]
    return [
        Spell(draw(statuses), began, draw(st.sampled_from([None, ended])))
        for began, ended in pairwise(written)
    ]


@given(lives(), days, st.randoms())
def test_the_order_in_which_dated_periods_are_listed_changes_nothing(
    spells: list[Spell], day: date, random: Random
) -> None:
    shuffled = list(spells)
    random.shuffle(shuffled)

    assert life_on(day, shuffled) == life_on(day, spells)


@given(lives(), st.integers(1, 20_000))
def test_nothing_operates_before_the_first_day_it_may_have_begun(
    spells: list[Spell], days_before: int
) -> None:
    firsts = [s.began.lower for s in spells if s.began and s.began.lower]
    day = min(firsts) - timedelta(days=days_before)

    assert life_on(day, spells).status not in OPEN_TO_VISITORS


@given(lives(), days)
def test_a_status_is_that_of_a_period_or_follows_from_its_end(
    spells: list[Spell], day: date
) -> None:
    status = life_on(day, spells).status

    derived = {RideStatus.CLOSED, RideStatus.ANNOUNCED, RideStatus.UNKNOWN}
    assert status in {s.status for s in spells} | derived


@given(lives(), days)
def test_nothing_closes_certainly_before_it_opened(
    spells: list[Spell], day: date
) -> None:
    life = life_on(day, spells)

    assert not (
        life.opened and life.closed and life.closed.is_certainly_before(life.opened)
    )


@given(lives(), st.data())
def test_a_status_flips_by_itself_only_on_a_date_known_to_the_day(
    spells: list[Spell], data: st.DataObject
) -> None:
    moments = [moment for s in spells for moment in (s.began, s.ended) if moment]
    day = data.draw(st.sampled_from([m.lower for m in moments if m.lower]))
    next_day = day + timedelta(days=1)

    flips = {
        turn
        for eve, turn in ((day - timedelta(days=1), day), (day, next_day))
        if life_on(eve, spells).status != life_on(turn, spells).status
        and turns_by_itself(spells, turn)
    }

    # One that ends on a day is over on the next.
    known = {m.lower for m in moments if m.iso_or_none()}
    assert all(known & {turn, turn - timedelta(days=1)} for turn in flips)


def test_a_month_waits_for_an_editor_even_beside_a_day_long_past() -> None:
    spells = [
        spell("operating", "1999-05-12"),
        spell("closed", "2026-06"),
    ]

    assert life_on(TODAY, spells).status == RideStatus.CLOSED
    assert not turns_by_itself(spells, TODAY)


def test_a_day_about_which_the_source_is_unsure_flips_nothing() -> None:
    assert not turns_by_itself([spell("operating", "2026-06-10~")], TODAY)
    assert turns_by_itself([spell("operating", "2026-06-10")], TODAY)


def test_a_ride_is_open_up_to_its_last_day_and_closed_the_next() -> None:
    spells = [spell("operating", "1999", "2026-06-15")]

    assert life_on(TODAY, spells).status == RideStatus.OPERATING
    assert life_on(TODAY + timedelta(days=1), spells) == Life(
        RideStatus.CLOSED, parse_partial_date("1999"), parse_partial_date("2026-06-15")
    )


def test_a_ride_closed_for_a_time_has_not_closed() -> None:
    spells = [
        spell("operating", "1978", "2024-09"),
        spell("temporarily_closed", "2024-09"),
    ]

    life = life_on(TODAY, spells)

    assert (life.status, life.closed) == (RideStatus.TEMPORARILY_CLOSED, None)


def test_a_ride_that_stood_idle_before_it_went_closed_when_it_last_ran() -> None:
    spells = [
        spell("operating", "1978", "2005"),
        spell("sbno", "2005"),
        spell("demolished", "2010"),
    ]

    assert life_on(TODAY, spells).closed == parse_partial_date("2005")


def test_a_reopened_ride_keeps_its_first_opening_and_is_not_closed() -> None:
    spells = [
        spell("operating", "1912", "1978"),
        spell("closed", "1978"),
        spell("operating", "1987-06-13"),
    ]

    life = life_on(TODAY, spells)

    assert life == Life(RideStatus.OPERATING, parse_partial_date("1912"), None)


def test_a_ride_without_periods_is_unknown() -> None:
    assert life_on(TODAY, []) == Life(RideStatus.UNKNOWN, None, None)


def test_a_ride_opening_next_year_is_announced_with_its_date() -> None:
    life = life_on(TODAY, [spell("operating", "2027-05")])

    assert life == Life(RideStatus.ANNOUNCED, parse_partial_date("2027-05"), None)


def test_a_ride_being_built_shows_when_it_will_open() -> None:
    spells = [spell("under_construction", "2025"), spell("operating", "2027")]

    life = life_on(TODAY, spells)

    assert life.status == RideStatus.UNDER_CONSTRUCTION
    assert life.opened == parse_partial_date("2027")


def test_a_period_of_unknown_beginning_keeps_its_place() -> None:
    first, second = spell("closed", ""), spell("demolished", "1990")

    assert in_order([second, first]) == [second, first]


def test_a_period_that_ended_before_another_began_stands_before_it() -> None:
    later, earlier = spell("operating", "1960"), spell("operating", "", "1950")

    assert in_order([later, earlier]) == [earlier, later]
