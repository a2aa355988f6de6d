"""Where every page stands on a branch. Asks no database.

Only what a branch names is written down here; what stands below that goes along.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from branches.browsing.spots import Spot, Stands

STEP = Page.steplen
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Standing:
    """The address of a page on a branch, and its path in a tree that is not stored."""

    address: str
    path: str


class Arrangement:
    """The places of all pages of a branch, and of what stands below them."""

    def __init__(
        self,
        spots: Sequence[Spot],
        places: Mapping[UUID, Stands],
        taken: Collection[tuple[str, str]] = (),
    ) -> None:
        """`taken`: path of a place, and a slug of something published that is there."""
        self._places = places
        self._used = set(taken)
        self._by_uuid = {spot.uuid: spot for spot in spots}
        self._by_old = {
            spot.published.address: spot for spot in spots if spot.published
        }
        self._by_old_path = {
            spot.published.path: spot for spot in spots if spot.published
        }
        self._standing: dict[UUID, Standing | None] = {}
        for spot in spots:
            self._stand(spot, frozenset())
        self.by_key = {spot.key: spot for spot in spots}
        found = [(spot, self._standing[spot.uuid]) for spot in spots]
        there = [(spot, at) for spot, at in found if at and not spot.is_gone]
        self._by_address = {at.address: spot for spot, at in there}

    def standing(self, spot: Spot) -> Standing | None:
        """Where a page stands; None for what is new below something that is gone."""
        return self._standing[spot.uuid]

    def spot(self, uuid: UUID) -> Spot | None:
        """The page of the branch with an identity."""
        return self._by_uuid.get(uuid)

    def at(self, address: str) -> Spot | None:
        """The page of the branch that has this address on it."""
        return self._by_address.get(address)

    def address_now(self, published: str) -> str | None:
        """Where the page of a published address is on the branch; None if it is gone.

        What a branch removes takes along what stands below it.
        """
        for above in _upwards(published):
            spot = self._by_old.get(above)
            if spot is not None and spot.is_gone:
                return None
        return self._brought_along(Standing(published, ""), frozenset()).address

    def along(self, published: Stands) -> Standing:
        """Where a page that the branch does not name stands, because of one above."""
        was = Standing(published.address, published.path)
        return self._brought_along(was, frozenset())

    def upwards(self, path: str) -> Iterator[Spot]:
        """The page at a published path and those above it, as far as named here."""
        for end in range(len(path), 0, -STEP):
            if spot := self._by_old_path.get(path[:end]):
                yield spot

    def path_along(self, path: str) -> str:
        """The path in the branch's tree of a published path."""
        for spot in self.upwards(path):
            at = self._standing[spot.uuid]
            if at is not None and spot.published is not None:
                return f"{at.path}{path[len(spot.published.path) :]}"
        return path

    def address_before(self, address: str) -> str:
        """The published address of what stands at an address of the branch."""
        for above in _upwards(address):
            spot = self._by_address.get(above)
            if spot is not None and spot.published:
                return f"{spot.published.address}{address[len(above) :]}"
        return address

    def _brought_along(self, was: Standing, asked: frozenset[UUID]) -> Standing:
        for above in _upwards(was.address):
            spot = self._by_old.get(above)
            at = self._stand(spot, asked) if spot is not None else None
            if at is not None and spot is not None and spot.published is not None:
                address = f"{at.address}{was.address[len(above) :]}"
                path = f"{at.path}{was.path[len(spot.published.path) :]}"
                return Standing(address, path)
        return was

    def _stand(self, spot: Spot, asked: frozenset[UUID]) -> Standing | None:
        if spot.uuid in self._standing:
            return self._standing[spot.uuid]
        old = spot.published
        stays = Standing(old.address, old.path) if old else None
        if spot.uuid in asked:
            # Two that shall stand below each other: neither can go anywhere.
            return stays
        found = self._new_standing(spot, asked | {spot.uuid}) or stays
        self._standing[spot.uuid] = found
        return found

    def _new_standing(self, spot: Spot, asked: frozenset[UUID]) -> Standing | None:
        old = spot.published
        if spot.place is None:
            if old is None:
                return None
            above = Standing(_above(old.address), old.path[:-STEP])
            place = self._brought_along(above, asked)
            return Standing(
                f"{place.address}{spot.slug}/", place.path + old.path[-STEP:]
            )
        found = self._place(spot.place, asked)
        if found is None:
            return None
        slug = spot.slug if old else self._free(spot.slug, found.path)
        stays = old is not None and old.path[:-STEP] == self._path_of(spot.place)
        step = old.path[-STEP:] if old and stays else _step(len(self._standing))
        return Standing(f"{found.address}{slug}/", f"{found.path}{step}")

    def _place(self, uuid: UUID, asked: frozenset[UUID]) -> Standing | None:
        spot = self._by_uuid.get(uuid)
        if spot is not None:
            return None if spot.is_gone else self._stand(spot, asked)
        place = self._places.get(uuid)
        if place is None or not place.live:
            return None
        return self._brought_along(Standing(place.address, place.path), asked)

    def _path_of(self, uuid: UUID) -> str | None:
        """The published path of a place."""
        spot = self._by_uuid.get(uuid)
        place = spot.published if spot is not None else self._places.get(uuid)
        return place.path if place is not None else None

    def _free(self, slug: str, path: str) -> str:
        candidate, number = slug, 1
        while (path, candidate) in self._used:
            number += 1
            candidate = f"{slug}-{number}"
        self._used.add((path, candidate))
        return candidate


def _upwards(address: str) -> Iterator[str]:
    """An address and those above it, the longest first: "/a/b/", "/a/"."""
    while address.strip("/"):
        yield address
        address = _above(address)


def _above(address: str) -> str:
    return address.rstrip("/").rpartition("/")[0] + "/"


def _step(number: int) -> str:
    """A step in the tree that no stored page will have: counted from the last one."""
    left = len(DIGITS) ** STEP - 1 - number
    digits = ""
    for _ in range(STEP):
        left, digit = divmod(left, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits
