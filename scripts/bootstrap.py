"""Makes .venv and installs exactly what uv.lock says. Needs only Python and pip:

    python3 -m scripts.bootstrap           what the site needs
    python3 -m scripts.bootstrap --dev     tests, lint and types as well

Every other command begins with this one.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import MutableMapping
from pathlib import Path

from scripts.console import Problem, exit_with, step
from scripts.processes import run, stop_on_signals

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
UV_VERSION = "0.13.9"
LOGS = ROOT / "var" / "logs"


def prepare(*, dev: bool) -> None:
    """Bring .venv in line with uv.lock, saying so only when there is work to do.

    Without dev, tools that are already installed stay: a demo must not take a
    developer's pytest away.
    """
    _check_python()
    if not _answers(PYTHON, "-c", "import sys"):
        with step("Creating .venv"):
            _run(sys.executable, "-m", "venv", "--clear", VENV)
    if not _answers(UV, "--version", expected=UV_VERSION):
        with step(f"Installing uv {UV_VERSION}"):
            _run(PYTHON, "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}")
    sync = ["sync", "--frozen", "--inexact", *([] if dev else ["--no-dev"])]
    if not _answers(UV, *sync, "--check"):
        with step("Installing the locked dependencies"):
            _run(UV, *sync)


def environment() -> dict[str, str]:
    """The caller's environment without what would point at another Python."""
    inherited = dict(os.environ)
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH"):
        inherited.pop(name, None)
    keep_bytecode(inherited)
    return inherited | {
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        # The lock is for the Python that is here; never fetch another one.
        "UV_PYTHON_DOWNLOADS": "never",
        "PYTHONUNBUFFERED": "1",
    }


def keep_bytecode(variables: MutableMapping[str, str]) -> None:
    """Let Python keep what it compiled: in var/ where it may not beside the sources.

    Containers often forbid it, and then every process compiles Django and Wagtail
    anew, which takes longer than most of what it was started for.
    """
    if variables.pop("PYTHONDONTWRITEBYTECODE", ""):
        variables.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / "var" / "bytecode"))


def _check_python() -> None:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        found = ".".join(map(str, sys.version_info[:2]))
        raise Problem(f"ThrillWiki needs Python 3.11 to 3.13; python3 is {found}.")
    if importlib.util.find_spec("ensurepip") is None:
        raise Problem("Python's venv module is incomplete: apt install python3-venv")


def _answers(program: Path, *arguments: str, expected: str = "") -> bool:
    try:
        answer = subprocess.run(
            [str(program), *arguments],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return answer.returncode == 0 and expected in answer.stdout


def _run(*command: str | Path) -> None:
    run(command, log=LOGS / "bootstrap.log", cwd=ROOT, env=environment())


def main() -> int:
    """Prepare from the command line."""
    stop_on_signals()
    prepare(dev="--dev" in sys.argv[1:])
    return 0


if __name__ == "__main__":
    exit_with(main)
