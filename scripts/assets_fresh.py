"""Says whether static/site/ was built from the sources that are here, without Node.

    python3 -m scripts.assets_fresh

The build notes the SHA-256 of all it read and wrote in static/site/build.json.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from scripts.console import Problem, exit_with

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "static" / "site"
RECORD = BUILT / "build.json"
# Each is bundled from the file of its name in assets/js/.
SCRIPTS = ("site.js", "theme.js")
OUTPUTS = tuple(
    BUILT / name for name in ("site.css", *SCRIPTS, "map.css", "map.js", "world.json")
)

_NAMED = (
    *("package.json", "package-lock.json"),
    *("scripts/assets.py", "scripts/world_outline.py"),
)
_PATTERNS = ("assets/**/*", "templates/**/*.html")


def stale_files() -> list[str]:
    """Files that differ from what the last build read or wrote, sorted.

    Tailwind reads the templates, so a changed template makes the build stale as well.
    """
    try:
        noted: dict[str, str] = json.loads(RECORD.read_text())
    except (FileNotFoundError, ValueError):
        return [str(RECORD.relative_to(ROOT))]
    found = fingerprints()
    return sorted(name for name in noted | found if noted.get(name) != found.get(name))


def fingerprints() -> dict[str, str]:
    """The SHA-256 of every source and every built file by its path in the project."""
    return {
        str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted({*_sources(), *OUTPUTS})
        if file.is_file()
    }


def write_record() -> None:
    """Note what the build just finished was made from."""
    RECORD.write_text(json.dumps(fingerprints(), indent=2, sort_keys=True) + "\n")


def _sources() -> Iterator[Path]:
    yield from (ROOT / name for name in _NAMED)
    for pattern in _PATTERNS:
        for file in ROOT.glob(pattern):
            if not file.name.startswith("."):
                yield file


def main() -> int:
    """Name what changed, if anything did."""
    stale = stale_files()
    if stale:
        names = "\n".join(f"  {name}" for name in stale)
        raise Problem(
            "static/site/ is stale: run `make assets`."
            f" Changed since the build:\n{names}"
        )
    print(f"static/site/ is fresh: {len(fingerprints())} files as they were built.")
    return 0


if __name__ == "__main__":
    exit_with(main)
