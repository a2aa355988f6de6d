"""What is wrong, in words and in fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it has to be.

    `check` is I1 to I5 or "chain", `object` the uuid or address of what it is about
    ("" for the whole wiki), `seq` the version, if it is about one.
    """

    check: str
    object: str
    seq: int | None
    problem: str

    def __str__(self) -> str:
        version = f", version {self.seq}" if self.seq is not None else ""
        return f"{self.check} {self.object or 'wiki'}{version}: {self.problem}"
