"""The bars of a benchmark and what was measured, for a table at the end of the run."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bar:
    """One measurement beside what it is held to."""

    row: int
    work: str
    found: float
    bound: float
    unit: str
    is_most: bool

    @property
    def is_met(self) -> bool:
        if self.is_most:
            return self.found <= self.bound
        return self.found >= self.bound

    def cells(self) -> tuple[str, ...]:
        """Its line of the table."""
        sign = "<=" if self.is_most else ">="
        verdict = "met" if self.is_met else "MISSED"
        found, bound = (f"{n:,.4g} {self.unit}" for n in (self.found, self.bound))
        return str(self.row), self.work, found, f"{sign} {bound}", verdict


@dataclass
class Bars:
    """All bars of one run. Nothing fails here: a verdict is for people to read."""

    all: list[Bar] = field(default_factory=list)

    def at_most(
        self, row: int, work: str, found: float, bound: float, unit: str = ""
    ) -> None:
        """Something of which less is better."""
        self.all.append(Bar(row, work, found, bound, unit, is_most=True))

    def at_least(
        self, row: int, work: str, found: float, bound: float, unit: str = ""
    ) -> None:
        """Something of which more is better."""
        self.all.append(Bar(row, work, found, bound, unit, is_most=False))

    def table(self) -> list[str]:
        """Lines of a plain table, by row."""
        head = ("row", "work", "measured", "bar", "verdict")
        lines = [head, *(bar.cells() for bar in sorted(self.all, key=_row_of))]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]


def _row_of(bar: Bar) -> int:
    return bar.row
