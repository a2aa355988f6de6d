"""A history made in bulk is like one made by publishing."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

import pytest

from history import growing
from history.chain import digest_of
from history.content import fingerprint
from history.growing import lengthen_in_parts
from history.models import FactChange, ObjectHead, PageVersion
from history.reading import stored_texts
from history.verifying import verify
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def versions_of(page: Any) -> list[PageVersion]:
    return list(PageVersion.objects.filter(object_uuid=page.uuid).order_by("seq"))


def test_a_lengthened_history_has_no_gap_and_ends_at_the_live_page() -> None:
    park = make_park()

    numbers = lengthen_history(park, by=20)

    versions = versions_of(park)
    texts = stored_texts(versions)
    assert numbers == list(range(2, 22))
    assert [version.seq for version in versions] == [1, *numbers]
    assert [version.parent for version in versions] == [None, *versions[:-1]]
    assert [version.sha256 for version in versions] == [
        fingerprint(texts[version.pk]) for version in versions
    ]
    assert len({version.sha256 for version in versions}) == 21
    assert ObjectHead.objects.get(pk=park.uuid).version == versions[-1]
    assert ParkPage.objects.get(pk=park.pk).search_description == "Edit 21"


def test_sizes_facts_and_digests_of_a_lengthened_history_are_right() -> None:
    park = make_park()

    lengthen_history(park, by=12, fact="city")

    versions = versions_of(park)
    sizes = [version.size for version in versions]
    assert [version.growth for version in versions[1:]] == [
        after - before for before, after in pairwise(sizes)
    ]
    assert {tuple(version.changed_facts) for version in versions[1:]} == {("city",)}
    assert FactChange.objects.filter(object_uuid=park.uuid, path="city").count() == 12
    for version in versions[1:12]:
        assert version.changeset.digest == digest_of(version.changeset, [version])


def test_lengthening_twice_goes_on_where_it_ended() -> None:
    park = make_park()
    lengthen_history(park, by=3)

    assert lengthen_history(park, by=1) == [5]
    assert lengthen_history(park, by=0) == []
    assert len(versions_of(park)) == 5


def test_the_command_lengthens_the_history_of_the_page_at_an_address() -> None:
    park = make_park()

    call_command("grow_history", "/parks/cedar-point/", "--versions=5", "--yes-really")

    made_at = [version.changeset.made_at for version in versions_of(park)]
    assert len(made_at) == 6
    assert made_at[-1] - made_at[1] > timedelta(days=365)


@pytest.mark.django_db(transaction=True)
def test_growing_that_is_broken_off_leaves_a_sound_history_and_a_free_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(growing, "AT_ONCE", 4)
    park = make_park()
    since = timezone.now() - timedelta(days=3650)

    parts = lengthen_in_parts(park, by=10, since=since)
    made = [next(parts), next(parts)]
    was_free = not connection.in_atomic_block
    del parts  # broken off

    assert made == [[2, 3, 4, 5], [6, 7, 8, 9]]
    assert was_free
    assert list(verify()) == []
    dates = [version.changeset.made_at for version in versions_of(park)[1:]]
    assert dates == sorted(dates)
    assert timedelta(days=700) < timezone.now() - dates[-1] < timedelta(days=760)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["/parks/cedar-point/"], "--yes-really"),
        (["/parks/nowhere/", "--yes-really"], "no live page"),
        (["/parks/cedar-point/", "--yes-really", "--versions=0"], "starts at 1"),
    ],
)
def test_the_command_says_what_it_will_not_do(
    arguments: list[str], problem: str
) -> None:
    park = make_park()

    with pytest.raises(CommandError, match=problem):
        call_command("grow_history", *arguments)

    assert len(versions_of(park)) == 1
