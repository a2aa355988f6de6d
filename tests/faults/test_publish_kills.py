"""A process that publishes is killed at its worst moments; nothing is half done."""

import signal
import time
from subprocess import Popen

import pytest

from history.models import OutboxEntry, PageVersion
from history.outbox import work_off
from history.verifying import verify
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.pages import make_park
from tests.faults.processes import start_process
from tests.history.published import cities_of, live_city

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("step_by_step"),
]


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    return make_park(city="Huron")


def publishing(
    park: ParkPage, *, number: int, first: int = 1, fault: str = ""
) -> "Popen[bytes]":
    arguments = (str(park.pk), str(number), str(first))
    return start_process("-m", "tests.faults.publishing", *arguments, fault=fault)


def accepted(out: bytes) -> list[str]:
    return [f"City {token}" for token in out.decode().split()]


@pytest.mark.parametrize("point", ["page_saved", "version_written"])
def test_a_publish_killed_before_its_commit_has_not_happened(
    park: ParkPage, point: str
) -> None:
    process = publishing(park, number=1, fault=f"{point}:kill9")
    out, errors = process.communicate(timeout=60)

    assert process.returncode == -signal.SIGKILL, errors.decode()
    assert accepted(out) == []
    assert cities_of(park) == ["Huron"]
    assert live_city(park) == "Huron"
    assert list(verify()) == []


def test_a_publish_killed_after_its_commit_stands_and_is_finished_later(
    park: ParkPage,
) -> None:
    work_off()
    process = publishing(park, number=1, fault="committed:kill9")
    _, errors = process.communicate(timeout=60)

    assert process.returncode == -signal.SIGKILL, errors.decode()
    assert cities_of(park) == ["Huron", "City 1"]
    assert live_city(park) == "City 1"
    assert OutboxEntry.objects.filter(done_at=None).exists()

    work_off()

    assert not OutboxEntry.objects.filter(done_at=None).exists()
    newest = PageVersion.objects.get(object_uuid=park.uuid, seq=2)
    assert newest.changeset.position is not None
    assert list(verify()) == []


def test_what_was_accepted_outlives_kills_at_any_moment(park: ParkPage) -> None:
    acknowledged: list[str] = []
    for round_, moment in enumerate((0.0, 0.13, 0.31, 0.55, 0.9), start=1):
        process = publishing(park, number=900, first=round_ * 1000)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(moment)
        process.kill()
        out, _ = process.communicate()
        acknowledged += accepted(first + out)

    cities = cities_of(park)
    assert acknowledged
    assert set(acknowledged) <= set(cities)
    # At most one of each round was committed and could not be told any more.
    assert len(cities) - 1 - len(acknowledged) <= 5
    assert len(set(cities)) == len(cities)
    assert live_city(park) == cities[-1]
    assert list(verify()) == []
