"""Pictures as AVIF in a quarter of the time.

Measured with a drawing of 1200 × 800: at Pillow's speed of 6 it takes 0.70 s of CPU and
34 KB, at 8 it takes 0.17 s and 37 KB, at 9 it is larger than as WebP (41 KB).
"""

from typing import Any, BinaryIO

from willow.image import AvifImageFile
from willow.plugins.pillow import PillowImage
from willow.registry import registry

SPEED = 8


def save_as_avif(
    image: PillowImage, file: BinaryIO, quality: int = 80, **options: Any
) -> AvifImageFile:
    """As Willow does it, but for the speed. What we store is never CMYK."""
    profile = image.get_icc_profile()
    kept = {"icc_profile": profile} if profile is not None else {}
    if options.get("lossless"):
        kept["subsampling"] = "4:4:4"
        quality = 100
    image.image.save(file, "AVIF", quality=quality, speed=SPEED, **kept)
    return AvifImageFile(file)


def save_faster() -> None:
    """Let every size be written so."""
    registry.register_operation(PillowImage, "save_as_avif", save_as_avif)
