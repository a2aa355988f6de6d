"""Whatever is sent as a photo becomes a clean picture or an error beside its field."""

import io
import struct
import zlib
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import pytest
from PIL import Image

from home.models import HomePage
from photos.encoding import MAX_BYTES
from photos.models import Photo
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

PHP = b"<?php system($_GET['c']); ?>"


@pytest.fixture
def admin(client: Client, home: HomePage) -> Client:
    client.force_login(make_person("admin"))
    return client


def picture(
    kind: str = "JPEG", *, mode: str = "RGB", size: Any = (40, 30), **how: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is of any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def upload(client: Client, data: bytes, name: str = "gemini.jpg") -> Any:
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return client.post(
        "/admin/images/add/", {"title": "Gemini", "file": file, "collection": 1}
    )


def kept(response: Any) -> Photo:
    assert response.status_code == 302
    return Photo.objects.get()


def refused(response: Any) -> str:
    assert response.status_code == 200
    assert not Photo.objects.exists()
    return str(response.context["form"].errors["file"])


def stored(photo: Photo) -> bytes:
    with photo.file.open() as file:
        return bytes(file.read())


def opened(photo: Photo) -> Image.Image:
    image = Image.open(io.BytesIO(stored(photo)))
    image.load()
    return image


# --- Kept, and clean --------------------------------------------------------------


def test_a_photo_keeps_neither_its_place_nor_its_camera(admin: Client) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif[0x8825] = {1: "N", 2: (41.0, 28.0, 56.0), 3: "W", 4: (82.0, 41.0, 0.0)}
    sent = picture(exif=exif, comment=b"serial 1234")
    assert b"Camera maker" in sent

    photo = kept(upload(admin, sent))

    assert not opened(photo).getexif()
    assert b"Camera maker" not in stored(photo)
    assert b"serial 1234" not in stored(photo)


def test_a_photo_taken_sideways_is_turned_upright(admin: Client) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    photo = kept(upload(admin, picture(size=(40, 30), exif=exif)))

    assert (photo.width, photo.height) == opened(photo).size == (30, 40)


def test_what_hides_behind_a_picture_is_left_behind(admin: Client) -> None:
    photo = kept(upload(admin, picture() + PHP))

    assert PHP not in stored(photo)


def test_an_animation_becomes_a_still(admin: Client) -> None:
    frames = [Image.new("P", (40, 30), color) for color in (1, 2, 3)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    photo = kept(upload(admin, out.getvalue(), "wheel.gif"))

    assert getattr(opened(photo), "n_frames", 1) == 1
    assert photo.file.name.endswith(".png")


def test_of_a_picture_with_others_behind_it_the_first_is_kept(admin: Client) -> None:
    first, second = (
        Image.new("RGB", (40, 30), "red"),
        Image.new("RGB", (40, 30), "blue"),
    )
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])

    photo = kept(upload(admin, out.getvalue()))

    image = opened(photo)
    assert image.format == "JPEG"
    assert image.getpixel((5, 5))[0] > 200  # type: ignore[index]  # an RGB picture


def test_a_picture_in_printing_colours_becomes_one_for_screens(admin: Client) -> None:
    photo = kept(upload(admin, picture(mode="CMYK")))

    assert opened(photo).mode == "RGB"


def test_a_picture_of_16_bits_keeps_its_shades(admin: Client) -> None:
    shades = b"".join(struct.pack("<H", 257 * column) for column in range(256))
    out = io.BytesIO()
    Image.frombytes("I;16", (256, 20), shades * 20).save(out, "PNG")

    photo = kept(upload(admin, out.getvalue(), "shades.png"))

    grey = opened(photo).convert("L")
    assert [grey.getpixel((column, 3)) for column in (0, 64, 255)] == [0, 64, 255]


def test_a_transparent_picture_stays_transparent(admin: Client) -> None:
    photo = kept(upload(admin, picture("PNG", mode="RGBA"), "logo.png"))

    assert opened(photo).mode == "RGBA"


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_modern_formats_are_kept(admin: Client, kind: str) -> None:
    photo = kept(upload(admin, picture(kind), f"gemini.{kind.lower()}"))

    assert opened(photo).format == kind


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x.jpg",
        "..\\..\\x.jpg",
        "/etc/passwd.jpg",
        "a\u202egpj.exe.jpg",
        "<script>.jpg",
        f"{'x' * 300}.jpg",
        ".jpg.jpg",
        "ride.php.jpg",
    ],
)
def test_a_photo_is_stored_under_a_name_of_our_own(admin: Client, name: str) -> None:
    photo = kept(upload(admin, picture(), name))

    folder, _, own = photo.file.name.rpartition("/")
    assert folder == "original_images"
    assert own.removesuffix(".jpg").isalnum()
    assert default_storage.exists(photo.file.name)


def test_a_photo_remembers_what_was_sent(admin: Client) -> None:
    photo = kept(upload(admin, picture()))

    assert len(photo.sha256) == 64
    assert photo.file_size == photo.file.size


def test_replacing_a_photo_cleans_the_new_file_too(admin: Client) -> None:
    photo = kept(upload(admin, picture()))
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    file = SimpleUploadedFile("new.jpg", picture(size=(50, 30), exif=exif))

    answer = admin.post(
        f"/admin/images/{photo.pk}/", {"title": "New", "file": file, "collection": 1}
    )

    photo.refresh_from_db()
    assert answer.status_code == 302
    assert photo.width == 50
    assert b"Camera maker" not in stored(photo)


def test_editing_the_title_leaves_the_file_alone(admin: Client) -> None:
    photo = kept(upload(admin, picture()))
    before = photo.file.name, photo.sha256

    admin.post(f"/admin/images/{photo.pk}/", {"title": "New", "collection": 1})

    photo.refresh_from_db()
    assert photo.title == "New"
    assert (photo.file.name, photo.sha256) == before


def test_many_photos_at_once_are_cleaned_each(admin: Client) -> None:
    file = SimpleUploadedFile("../x.jpg", picture() + PHP)

    answer = admin.post(
        "/admin/images/multiple/add/", {"title": "x", "files[]": file, "collection": 1}
    )

    assert answer.json()["success"], answer.json()
    assert PHP not in stored(Photo.objects.get())


# --- Refused, beside the field ------------------------------------------------------

JPEG = picture(size=(200, 200))
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


UNUSABLE = {
    "cut short": (JPEG[: len(JPEG) // 2], "cut.jpg"),
    "a header only": (JPEG[:20], "cut.jpg"),
    "a script that starts like a GIF": (b"GIF89a" + PHP, "shell.gif"),
    "a web page": (b"<!doctype html><script>alert(1)</script>", "page.jpg"),
    "a drawing named PNG": (SVG, "drawing.png"),
    "a drawing": (SVG, "drawing.svg"),
    "a format we do not keep": (picture("BMP"), "gemini.bmp"),
    "another format we do not keep": (picture("TIFF"), "gemini.jpg"),
    "a PNG named JPEG": (picture("PNG"), "really-a-png.jpg"),
    "a picture named as a program": (picture("PNG") + PHP, "shell.php"),
    "no width and no height": (png_claiming(0, 0), "nothing.png"),
    "a decompression bomb": (png_claiming(20_000, 20_000), "bomb.png"),
    "a very long picture": (png_claiming(12_001, 3_000), "long.png"),
    "a narrow strip": (png_claiming(2_100, 100), "strip.png"),
    "no pixels": (png_claiming(100, 100), "hollow.png"),
    "zeros": (b"\0" * 100, "zeros.jpg"),
    "nothing": (b"", "empty.jpg"),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_is_no_usable_picture_is_an_error_beside_its_field(
    admin: Client, kind: str
) -> None:
    data, name = UNUSABLE[kind]

    assert refused(upload(admin, data, name))


def test_a_file_above_10_mb_is_refused(admin: Client) -> None:
    padded = picture() + b"\0" * MAX_BYTES

    assert "too big" in refused(upload(admin, padded))


def test_an_animation_of_very_many_pixels_is_refused(admin: Client) -> None:
    frames = [Image.new("P", (4000, 4000), color) for color in (1, 2, 3)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    assert "40 million" in refused(upload(admin, out.getvalue(), "big.gif"))
