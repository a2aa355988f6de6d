"""Pictures from outside, made safe: decoded within limits and encoded anew.

A camera writes place and serial number into its files, and Wagtail's renditions
carry them on. A clean copy holds the pixels and the colour profile, nothing else.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from PIL import Image, ImageOps

from core.wording import Words

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
MOST_LOPSIDED = 20
# What we accept, and what we write for it. Animation is dropped: photos stand still.
WRITTEN_AS: dict[str, tuple[str, str, dict[str, object]]] = {
    "JPEG": ("JPEG", ".jpg", {"quality": 90, "progressive": True}),
    "MPO": ("JPEG", ".jpg", {"quality": 90, "progressive": True}),
    "PNG": ("PNG", ".png", {"optimize": True}),
    "GIF": ("PNG", ".png", {"optimize": True}),
    "WEBP": ("WEBP", ".webp", {"quality": 90}),
    "AVIF": ("AVIF", ".avif", {"quality": 80}),
}
# A camera's MPO, a JPEG with further pictures behind it, is opened as a JPEG.
READ_AS = [name for name in WRITTEN_AS if name != "MPO"]
# Unasked, Pillow learns the newer formats only when the common ones have failed.
Image.init()


UNREADABLE = _("This is no picture we can read. Send a JPEG, PNG, WebP, AVIF or GIF.")
DAMAGED = _("The picture is damaged or cut short. Send the whole file.")


class UnusablePicture(ValueError):
    """The upload is no picture we keep; the message says what to do."""


class CleanPicture(ContentFile[bytes]):
    """A re-encoded picture under a random name, with the hash of what was sent."""

    def __init__(self, content: bytes, suffix: str, sha256: str) -> None:
        super().__init__(content, name=f"{uuid4().hex}{suffix}")
        self.sha256 = sha256
        self.image: Image.Image = Image.open(io.BytesIO(content))
        self.content_type = Image.MIME.get(self.image.format or "", "")


def clean_copy(upload: UploadedFile) -> CleanPicture:
    """A safe copy of an uploaded picture. Raises UnusablePicture with the reason."""
    if upload.size is None or upload.size == 0:
        raise UnusablePicture(_("The file is empty."))
    if upload.size > MAX_BYTES:
        raise UnusablePicture(_("The file is larger than 10 MB."))
    upload.seek(0)
    data = upload.read()
    picture = _opened(data)
    as_format, suffix, options = WRITTEN_AS[picture.format or ""]
    _check_size(picture)
    written = _encoded(picture, as_format, options)
    return CleanPicture(written, suffix, hashlib.sha256(data).hexdigest())


@contextmanager
def _refusing(advice: Words) -> Iterator[None]:
    """Turn whatever a decoder raises into a refusal; each raises in its own way."""
    try:
        yield
    except UnusablePicture:
        raise
    except Exception as error:
        raise UnusablePicture(advice) from error


def _opened(data: bytes) -> Image.Image:
    with _refusing(UNREADABLE):
        return Image.open(io.BytesIO(data), formats=READ_AS)


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if not width or not height:
        raise UnusablePicture(_("The picture has no size."))
    with _refusing(DAMAGED):
        frames = getattr(picture, "n_frames", 1)
    if width * height * frames > MAX_PIXELS:
        raise UnusablePicture(_("The picture has more than 40 million pixels."))
    if max(width, height) > LONGEST_SIDE:
        raise UnusablePicture(_("The picture is more than 12,000 pixels long."))
    if max(width, height) > MOST_LOPSIDED * min(width, height):
        raise UnusablePicture(_("The picture is more than 20 times as long as wide."))


def _encoded(picture: Image.Image, as_format: str, options: dict[str, object]) -> bytes:
    with _refusing(DAMAGED):
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):
        # Converting would cut the 16 bits at 255: a white picture.
        upright = upright.point(lambda level: level / 256)
    mode = "RGB" if as_format == "JPEG" else _mode_with_alpha(upright)
    clean = Image.new(mode, upright.size)
    clean.paste(upright.convert(mode))
    profile = picture.info.get("icc_profile") if upright.mode == mode else None
    out = io.BytesIO()
    kept = {"icc_profile": profile} if profile else {}
    clean.save(out, as_format, **kept, **options)
    return out.getvalue()


def _mode_with_alpha(picture: Image.Image) -> str:
    return "RGBA" if picture.has_transparency_data else "RGB"
