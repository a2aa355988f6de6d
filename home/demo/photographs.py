"""Stores drawn pictures as photos, with the licence they are given under."""

import io

from django.core.files.images import ImageFile

from core.measures import Dimension, parse_measure
from home.demo.building import row_of
from home.demo.pictures import draw_park, draw_ride
from home.demo.reading import Facts
from parks.models import ParkPicture
from photos.models import LicenceType, Photo

# Drawing takes time; rides edited at least this often are worth a picture.
EDITS_OF_A_STAR = 2
CREDIT = "Drawn by the ThrillWiki project"


def picture_park(facts: Facts) -> Photo:
    """The picture of a park."""
    drawn = draw_park(facts["key"], facts["park_type"])
    return _store(facts, drawn, f"A drawn view of {facts['name']}")


def picture_ride(facts: Facts) -> Photo | None:
    """The picture of a ride with some history; others have none, as in real life."""
    tracks = facts.get("tracks", [])
    if len(facts.get("edits", [])) < EDITS_OF_A_STAR or not tracks:
        return None
    drawn = _drawn(facts["key"], facts | tracks[0])
    return _store(facts, drawn, f"A drawing of {facts['name']}")


def picture_gallery(facts: Facts) -> list[ParkPicture]:
    """The drawings in a park's gallery, with their captions."""
    pictures = []
    for number, wanted in enumerate(facts.get("gallery", [])):
        key, caption = f"{facts['key']}-{number}", wanted["caption"]
        photo = _store({"key": key}, _drawn(key, wanted), caption)
        row = {"photo": photo, "caption": caption}
        pictures.append(row_of(ParkPicture, facts, "gallery", number, row))
    return pictures


def _drawn(key: str, facts: Facts) -> bytes:
    height = parse_measure(facts.get("height", ""), Dimension.LENGTH)
    return draw_ride(
        key,
        facts["category"],
        material=facts.get("material", ""),
        inversions=facts.get("inversions", 0),
        height_m=float(height.si) if height else None,
    )


def _store(facts: Facts, drawn: bytes, title: str) -> Photo:
    licence, _ = LicenceType.objects.get_or_create(
        code="cc0",
        defaults={
            "name": "Public domain (CC0)",
            "url": "https://creativecommons.org/publicdomain/zero/1.0/",
            "needs_credit": False,
        },
    )
    file = ImageFile(io.BytesIO(drawn), name=f"{facts['key']}.jpg")
    photo = Photo(title=title, credit=CREDIT, licence=licence, file=file)
    photo.save()
    return photo
