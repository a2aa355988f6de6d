"""Pictures with something in them."""

from PIL import Image, ImageDraw, ImageOps


def coaster(*, mirrored: bool = False) -> Image.Image:
    """A lift hill before the sky, or the same seen in a mirror."""
    picture = Image.new("RGB", (400, 250), "skyblue")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(20, 240), (150, 20), (190, 60), (240, 240)], fill="firebrick")
    draw.ellipse((250, 60, 390, 220), outline="black", width=25)
    draw.rectangle((0, 225, 400, 250), fill="darkgreen")
    return ImageOps.mirror(picture) if mirrored else picture
