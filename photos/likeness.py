"""What a picture looks like in 64 bits, by which copies of it are found.

Each bit says whether a spot of the picture, made 9 × 8 grey spots small, is brighter
than the spot to the right of it. Another size, format or quality changes few bits.
"""

from collections.abc import Iterable
from itertools import pairwise

from PIL import Image

from photos.models import Photo

WIDTH, HEIGHT = 8, 8
# Pictures that differ in so few bits look the same to a person.
NEAR = 5
# A blank wall or a plain slope of light: all of these look alike.
PLAINEST = 6
# Looked at, and nothing to be found by it.
PLAIN = "plain"


def likeness_of(picture: Image.Image) -> str:
    """The bits as 16 digits; PLAIN for a picture that tells too little."""
    small = picture.convert("L").resize((WIDTH + 1, HEIGHT), Image.Resampling.BOX)
    spots = list(small.tobytes())
    bits = 0
    for row in range(HEIGHT):
        line = spots[row * (WIDTH + 1) : (row + 1) * (WIDTH + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (left > right)
    if not PLAINEST <= bits.bit_count() <= WIDTH * HEIGHT - PLAINEST:
        return PLAIN
    return f"{bits:016x}"


def keep_likeness(photo: Photo) -> str:
    """The bits of a photo; looked at once, then stored with it.

    Raises OSError for a file that is not there.
    """
    if not photo.likeness:
        with photo.open_file() as file, Image.open(file) as picture:
            photo.likeness = likeness_of(picture)
        Photo.objects.filter(pk=photo.pk).update(likeness=photo.likeness)
    return photo.likeness


def alike(likeness: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Keys of those that look the same, the nearest first."""
    if likeness in ("", PLAIN):
        return []
    bits = int(likeness, 16)
    found = [
        ((bits ^ int(other, 16)).bit_count(), key)
        for key, other in others
        if other not in ("", PLAIN)
    ]
    return [key for distance, key in sorted(found) if distance <= NEAR]
