"""Where everything of the chart of rides lies, in pixels. Needs no database.

The page scrolls the drawing on narrow screens, so its width is always the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width

from core.wording import Words
from parks.choices import RideCategory
from parks.ride_chart import ChartRide, Edge, Life, Stretch, life_of
from parks.ride_groups import CATEGORY_HEADINGS

WIDTH, LEFT, RIGHT = 1150, 214, 22
HEAD, ROW, BAR, GAP = 60, 26, 12, 14
LONGEST_LABEL = 25
TICKS_AT_MOST = 14
TICK_YEARS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle; `soft` says where it fades: "in", "out", "all" or nowhere."""

    kind: str
    x: float
    width: float
    soft: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The line of one ride. `end` is where its life here ended, if it did."""

    ride: ChartRide
    label: str
    label_x: float
    y: int
    pieces: Sequence[Piece]
    end: float | None

    @property
    def text_y(self) -> int:
        return self.y + ROW // 2 + 4

    @property
    def bar_y(self) -> int:
        return self.y + (ROW - BAR) // 2

    @property
    def middle(self) -> int:
        return self.y + ROW // 2


@dataclass(frozen=True, slots=True)
class Tick:
    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Band:
    """The bars of one category, below its name and the years once more."""

    heading: Words
    y: int
    height: int
    bars: Sequence[Bar]

    @property
    def heading_y(self) -> int:
        return self.y + GAP + 2

    @property
    def text_y(self) -> int:
        return self.y + HEAD - GAP

    @property
    def ticks_from(self) -> int:
        return self.y + HEAD - GAP // 2

    @property
    def ticks_to(self) -> int:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Chart:
    """All of it; `undated` are rides of which no date is known."""

    bands: Sequence[Band]
    ticks: Sequence[Tick]
    today: float
    height: int
    undated: Sequence[ChartRide]
    width: int = WIDTH
    row: int = ROW
    bar: int = BAR

    @property
    def rides(self) -> list[ChartRide]:
        drawn = [bar.ride for band in self.bands for bar in band.bars]
        return [*drawn, *self.undated]


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to pixels."""

    first: date
    last: date

    def x(self, day: date) -> float:
        within = min(max(day, self.first), self.last)
        share = (within - self.first).days / (self.last - self.first).days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def chart_of(rides: Iterable[ChartRide], today: date) -> Chart | None:
    """The chart of a park's rides, each category from the oldest on; None of none."""
    lives, undated = [], []
    for ride in rides:
        if life := life_of(ride, today):
            lives.append(life)
        else:
            undated.append(ride)
    if not lives:
        return None
    step, scale = _scale(lives, today)
    bands: list[Band] = []
    height = 0
    for category in RideCategory.values:
        ours = [life for life in lives if life.ride.shown.ride.category == category]
        if not ours:
            continue
        ours.sort(key=lambda life: (life.begins, life.ride.shown.seen.title))
        bars = [
            _bar(life, scale, height + HEAD + ROW * place)
            for place, life in enumerate(ours)
        ]
        band = Band(CATEGORY_HEADINGS[category], height, HEAD + ROW * len(bars), bars)
        bands.append(band)
        height += band.height + GAP
    years = range(scale.first.year, scale.last.year + 1, step)
    ticks = [Tick(year, scale.x(date(year, 1, 1))) for year in years]
    return Chart(bands, ticks, scale.x(today), height, undated)


def _scale(lives: Sequence[Life], today: date) -> tuple[int, Scale]:
    """Years between the lines, and the days from the first line to a full last year."""
    first = min(life.begins for life in lives).year
    last = max([today, *(s.ended.first for life in lives for s in life.stretches)]).year
    fits = (step for step in TICK_YEARS if (last - first) / step <= TICKS_AT_MOST)
    step = next(fits, TICK_YEARS[-1])
    return step, Scale(date(first - first % step, 1, 1), date(last + 1, 1, 1))


def _bar(life: Life, scale: Scale, y: int) -> Bar:
    pieces = [piece for stretch in life.stretches for piece in _pieces(stretch, scale)]
    return Bar(
        ride=life.ride,
        label=_shortened(life.ride.shown.seen.title),
        label_x=round(min(piece.x for piece in pieces) - 8, 1),
        y=y,
        pieces=pieces,
        end=scale.x(_middle(life.end)) if life.end else None,
    )


def _pieces(stretch: Stretch, scale: Scale) -> list[Piece]:
    began, ended = stretch.began, stretch.ended
    if began.last > ended.first:
        # It may have lasted for any part of this time.
        return [_piece(stretch.kind, began.first, ended.last, scale, "all")]
    found = []
    if began.last > began.first:
        found.append(_piece(stretch.kind, began.first, began.last, scale, "in"))
    is_hard = began.last == began.first and ended.last == ended.first
    if is_hard or ended.first > began.last:
        found.append(_piece(stretch.kind, began.last, ended.first, scale))
    if ended.last > ended.first:
        found.append(_piece(stretch.kind, ended.first, ended.last, scale, "out"))
    return found


def _piece(kind: str, first: date, last: date, scale: Scale, soft: str = "") -> Piece:
    x = scale.x(first)
    # A day is less than a pixel and has to be seen all the same.
    return Piece(kind, x, round(max(scale.x(last) - x, 1.5), 1), soft)


def _middle(edge: Edge) -> date:
    return edge.first + (edge.last - edge.first) / 2


def _shortened(title: str) -> str:
    """As much of a title as fits beside its bar; some scripts are twice as wide."""
    room = LONGEST_LABEL
    for place, letter in enumerate(title):
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return f"{title[: place - 1].rstrip()}…"
    return title
