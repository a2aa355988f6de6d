"""No file, however broken, gets anything out of a decoder but a refusal."""

import io
from contextlib import suppress

from django.core.files.uploadedfile import SimpleUploadedFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from photos.encoding import WRITTEN_AS, CleanPicture, UnusablePicture, clean_copy


def _sample(kind: str) -> bytes:
    frames = [Image.effect_noise((24, 18), spread).convert("RGB") for spread in (9, 90)]
    out = io.BytesIO()
    several = {"save_all": True, "append_images": frames[1:]}
    frames[0].save(out, kind, **(several if kind in ("GIF", "MPO") else {}))
    return out.getvalue()


SAMPLES = {kind: _sample(kind) for kind in WRITTEN_AS}


def cleaned(data: bytes) -> CleanPicture:
    return clean_copy(SimpleUploadedFile("x", data))


@st.composite
def broken_pictures(draw: st.DrawFn) -> bytes:
    """A picture with some bytes changed, and perhaps cut short."""
    data = bytearray(SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))])
    for _ in range(draw(st.integers(1, 8))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(1, len(data)))])


@pytest.mark.filterwarnings("ignore")  # Pillow warns of much that is odd in a file
@settings(deadline=None, max_examples=150)
@given(broken_pictures())
def test_a_broken_picture_is_cleaned_or_refused(data: bytes) -> None:
    with suppress(UnusablePicture):
        assert cleaned(data).size


@given(st.binary(max_size=200))
def test_noise_is_refused(data: bytes) -> None:
    with pytest.raises(UnusablePicture):
        cleaned(data)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_every_format_we_accept_is_read_by_a_fresh_process(kind: str) -> None:
    picture = cleaned(SAMPLES[kind])

    written_as, suffix, _ = WRITTEN_AS[kind]
    assert picture.image.format == written_as
    assert str(picture.name).endswith(suffix)


def test_a_clean_copy_of_a_clean_copy_carries_nothing_new() -> None:
    once = cleaned(SAMPLES["PNG"])
    once.seek(0)

    twice = cleaned(once.read())

    assert twice.image.tobytes() == Image.open(io.BytesIO(SAMPLES["PNG"])).tobytes()
