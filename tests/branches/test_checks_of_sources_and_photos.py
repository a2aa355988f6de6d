"""Sources that are gone, photos that are there already, steps without a date."""

import io
from typing import Any
from uuid import uuid4

from django.core.files.images import ImageFile
from django.core.management import call_command

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from branches.models import CheckResult, Proposal
from core.outside import Found
from parks.models import ParkPage, RidePage
from photos.models import LicenceType, Photo
from tests.branches.proposing import suggested
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import publish
from tests.photos.drawing import coaster


def said(proposal: Proposal, check: str) -> list[tuple[str, str]]:
    """Level and words of what one check said."""
    results = CheckResult.objects.filter(proposal=proposal, check_name=check)
    return [(result.level, result.words) for result in results]


def photo_of(picture: Image.Image, title: str, **fields: Any) -> Photo:
    out = io.BytesIO()
    picture.save(out, "JPEG")
    licence, _ = LicenceType.objects.get_or_create(name="Free", code="free")
    file = ImageFile(out, name=f"{title}.jpg")
    return Photo.objects.create(title=title, file=file, licence=licence, **fields)


@pytest.mark.parametrize(
    ("is_shown", "told"),
    [(True, "The photo “Copy” looks like “Gate”, which is there."), (False, "")],
)
def test_a_copy_of_a_photo_that_is_shown_is_pointed_out(
    park: ParkPage, member: Any, is_shown: bool, told: str
) -> None:
    gate = photo_of(coaster(), "Gate", uploaded_by_user=make_person())
    if is_shown:
        publish(park, lead_photo=gate)
    call_command("look_at_photos", verbosity=0)
    copy = photo_of(coaster().resize((90, 60)), "Copy", uploaded_by_user=member)

    proposal = suggested(park, by=member, lead_photo=copy.pk)

    assert said(proposal, "likeness") == ([("warn", told)] if told else [])


@pytest.mark.parametrize(
    ("found", "level"),
    [(Found.THERE, None), (Found.GONE, "warn"), (Found.UNKNOWN, "unknown")],
)
def test_a_source_that_is_gone_is_pointed_out(
    park: ParkPage,
    member: Any,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    found: Found,
    level: str | None,
) -> None:
    settings.LOOK_UP_SOURCES = True
    asked: list[str] = []

    def answer(address: str) -> Found:
        asked.append(address)
        return found

    monkeypatch.setattr("branches.checks.reaching.look_up", answer)

    proposal = suggested(park, by=member, city="Sandusky")

    assert asked == ["https://example.org/sign"]
    assert [known for known, _ in said(proposal, "source")] == [level] * bool(level)
    assert proposal.state == "in_review"


def test_nobody_outside_is_asked_unless_it_is_wanted(
    park: ParkPage, member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("branches.checks.reaching.look_up", asked.append)

    suggested(park, by=member, city="Sandusky")

    assert asked == []


@pytest.mark.parametrize(("began", "level"), [("", "warn"), ("2026-05", None)])
def test_another_status_without_a_date_is_pointed_out(
    ride: RidePage, member: Any, began: str, level: str | None
) -> None:
    first = {"uuid": str(uuid4()), "status": "operating", "began": "1999", "note": ""}
    published = live(ride).status_periods.first()
    known = {**first, "uuid": str(published.uuid)} if published else first
    closed = {
        "uuid": str(uuid4()),
        "status": "sbno",
        "began": began or None,
        "ended": None,
        "note": "",
    }

    proposal = suggested(ride, by=member, status_periods=[known, closed])

    assert [known for known, _ in said(proposal, "status")] == [level] * bool(level)
