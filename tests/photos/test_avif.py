"""Pictures as AVIF are written at a speed of our choice."""

import io
from typing import Any

import pytest
from PIL import Image
from willow.image import Image as AnyImage

from photos.avif import SPEED


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(file, "JPEG")
    file.seek(0)
    return file


def test_a_size_is_a_picture_written_at_our_speed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: dict[str, Any] = {}
    save = Image.Image.save

    def noting(self: Any, *where: Any, **options: Any) -> None:
        asked.update(options)
        save(self, *where, **options)

    monkeypatch.setattr(Image.Image, "save", noting)
    out = io.BytesIO()

    AnyImage.open(picture()).save_as_avif(out, quality=61)

    out.seek(0)
    written = Image.open(out)
    assert (written.format, written.size) == ("AVIF", (64, 48))
    assert (asked["quality"], asked["speed"]) == (61, SPEED)
