"""Where pages stand on a branch, without a database."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from branches.browsing.arranging import Arrangement
from branches.browsing.spots import Spot, Stands
from branches.models import ItemOperation

PARKS = "/home/parks/"


def stands(key: int, address: str, *, path: str | None = None) -> Stands:
    return Stands(key, path or f"0001{key:04}", f"{PARKS}{address}", live=True)


def spot(
    operation: str, slug: str, published: Stands | None = None, **more: Any
) -> Spot:
    key = published.key if published else len(slug)
    return Spot(
        item=key,
        uuid=more.pop("uuid", None) or uuid4(),
        operation=ItemOperation(operation),
        title=slug,
        slug=slug,
        published=published,
        **more,
    )


def test_two_pages_may_take_each_others_addresses() -> None:
    first = spot("rename", "b", stands(1, "a/"))
    second = spot("rename", "a", stands(2, "b/"))

    arranged = Arrangement([first, second], {})

    assert arranged.at(f"{PARKS}b/") == first
    assert arranged.at(f"{PARKS}a/") == second
    assert arranged.address_now(f"{PARKS}a/ride/") == f"{PARKS}b/ride/"
    assert arranged.address_before(f"{PARKS}b/ride/") == f"{PARKS}a/ride/"


def test_what_moves_out_of_a_renamed_place_has_its_own_address() -> None:
    park = spot("rename", "new-name", stands(1, "park/"))
    elsewhere = uuid4()
    ride = spot("move", "ride", stands(2, "park/ride/"), place=elsewhere)

    arranged = Arrangement([ride, park], {elsewhere: stands(3, "other/")})

    assert arranged.address_now(f"{PARKS}park/ride/") == f"{PARKS}other/ride/"
    assert arranged.address_now(f"{PARKS}park/coaster/") == f"{PARKS}new-name/coaster/"


def test_what_stands_below_a_page_that_goes_is_gone_with_it() -> None:
    arranged = Arrangement([spot("delete", "park", stands(1, "park/"))], {})

    assert arranged.address_now(f"{PARKS}park/ride/") is None
    assert arranged.address_now(f"{PARKS}parking/") == f"{PARKS}parking/"


def test_what_is_new_below_what_goes_or_is_not_there_stands_nowhere() -> None:
    park = spot("unpublish", "park", stands(1, "park/"))
    below = spot("create", "ride", place=park.uuid)
    lost = spot("create", "lost", place=uuid4())

    arranged = Arrangement([park, below, lost], {})

    assert arranged.standing(below) is None
    assert arranged.standing(lost) is None


def test_two_that_shall_stand_below_each_other_stay_where_they_are() -> None:
    one, two = uuid4(), uuid4()
    first = spot("move", "a", stands(1, "a/"), uuid=one, place=two)
    second = spot("move", "b", stands(2, "b/"), uuid=two, place=one)

    arranged = Arrangement([first, second], {})

    assert arranged.standing(first) is not None
    assert arranged.standing(second) is not None


def test_new_pages_of_one_name_get_addresses_of_their_own() -> None:
    place = uuid4()
    at = stands(1, "park/", path="00010001")
    new = [spot("create", "ride", place=place) for _ in range(2)]

    arranged = Arrangement(new, {place: at}, {("00010001", "ride")})

    found = [arranged.standing(one) for one in new]
    assert [one.address for one in found if one] == [
        f"{PARKS}park/ride-2/",
        f"{PARKS}park/ride-3/",
    ]
    assert len({one.path for one in found if one}) == 2


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from("abc")), min_size=1, max_size=5
    )
)
def test_every_page_of_a_branch_is_found_at_its_address_however_it_is_put_together(
    moves: list[tuple[int, str]],
) -> None:
    uuids = [UUID(int=number) for number in range(5)]
    places = {uuid: stands(n + 1, f"p{n}/") for n, uuid in enumerate(uuids)}
    spots = [
        spot(
            "move",
            f"{slug}{number}",
            places[uuids[number]],
            uuid=uuids[number],
            place=uuids[to],
        )
        for number, (to, slug) in enumerate(moves)
    ]

    arranged = Arrangement(spots, places)

    for one in spots:
        at = arranged.standing(one)
        assert at is not None
        assert arranged.at(at.address) == one
        assert one.published is not None
        assert arranged.address_now(one.published.address) == at.address
