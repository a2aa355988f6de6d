"""Sets of places 0, 1, 2, … as the bits of a whole number, which Python ands quickly.

A set with few members costs less as a plain array of them.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import TypeAlias

_ZEROS_AND_ONES = bytes.maketrans(b"01", b"\x00\x01")
_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
# Below this share of all places an array is smaller and not slower.
FEW = 1 / 64

Members: TypeAlias = "int | array[int]"


def members_of(places: Sequence[int], size: int) -> Members:
    """A set of places in the shape that suits its size."""
    return array("I", places) if len(places) < size * FEW else bits_of(places, size)


def bits_of(places: Iterable[int], size: int) -> int:
    flags = bytearray(size)
    for place in places:
        flags[place] = 1
    return from_flags(flags)


def as_bits(members: Members, size: int) -> int:
    return members if isinstance(members, int) else bits_of(members, size)


def from_flags(flags: bytes | bytearray) -> int:
    """The set of the places whose byte is 1."""
    return int(flags.translate(_DIGITS)[::-1] or b"0", 2)


def flags_of(bits: int, size: int) -> bytes:
    """One byte for each place, 1 for members."""
    if not size:
        return b""
    return format(bits, f"0{size}b").encode()[::-1].translate(_ZEROS_AND_ONES)


def count_in(members: Members, bits: int, flags: bytes) -> int:
    """How many members are in a set, which is given as bits and as flags."""
    if isinstance(members, int):
        return (members & bits).bit_count()
    return sum(map(flags.__getitem__, members))
