"""Copies of a photo are known in another size and format."""

import io

from PIL import Image

from photos.likeness import PLAIN, alike, likeness_of
from tests.photos.drawing import coaster


def as_jpeg(picture: Image.Image, *, size: tuple[int, int]) -> Image.Image:
    out = io.BytesIO()
    picture.resize(size).save(out, "JPEG", quality=40)
    return Image.open(out)


def test_a_smaller_and_coarser_copy_looks_the_same() -> None:
    photo, other = coaster(), coaster(mirrored=True)
    library = [(1, likeness_of(other)), (2, likeness_of(photo)), (3, PLAIN), (4, "")]

    copy = likeness_of(as_jpeg(photo, size=(97, 61)))

    assert alike(copy, library) == [2]


def test_plain_pictures_are_no_copies_of_each_other() -> None:
    wall = Image.new("RGB", (40, 30), "white")
    slope = Image.linear_gradient("L").rotate(90)

    assert likeness_of(wall) == likeness_of(slope) == PLAIN
    assert alike(PLAIN, [(1, PLAIN)]) == []
