"""Takes the pictures of docs/screenshots/ from a demo that is running.

python3 -m scripts.screenshots [http://localhost:8000]
"""

import io
import sys
from dataclasses import dataclass
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from scripts.bootstrap import ROOT
from scripts.console import exit_with
from scripts.machine import find_program

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 150_000
Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what is asked for, on which screen, in which colours."""

    name: str
    path: str
    width: int = 1280
    height: int = 900
    theme: Theme = "light"


SHOTS = (
    Shot("home", "/"),
    Shot("park", "/parks/cedar-point/", height=1500),
    Shot("ride", "/parks/cedar-point/millennium-force/", height=1500),
    Shot("finder", "/rides/?category=roller_coaster&height=60..m"),
    Shot("diff", "/parks/cedar-point/millennium-force/diff/1..5/"),
    Shot("park-dark", "/parks/cedar-point/", width=360, height=780, theme="dark"),
)


def take(browser: Browser, site: str, shot: Shot) -> bytes:
    """What a visitor sees at the head of a page, as PNG."""
    tab = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.theme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    tab.goto(site + shot.path, wait_until="networkidle")
    picture = tab.screenshot()
    tab.close()
    return picture


def packed(picture: bytes) -> bytes:
    """The same as WebP, a little coarser where it would be too large."""
    with Image.open(io.BytesIO(picture)) as image:
        for quality in range(88, 40, -8):
            file = io.BytesIO()
            image.save(file, "WEBP", quality=quality, method=6)
            if file.tell() <= MOST_BYTES:
                break
    return file.getvalue()


def main() -> int:
    """Take all of them."""
    site = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = find_program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium) if chromium else None,
            args=["--no-sandbox", "--disable-gpu"],
        )
        for shot in SHOTS:
            file = FOLDER / f"{shot.name}.webp"
            file.write_bytes(packed(take(browser, site, shot)))
            print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1e3:.0f} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    exit_with(main)
