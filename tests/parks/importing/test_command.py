"""manage.py import_coasters"""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError

import pytest

from home.models import HomePage
from parks.models import ImportRun, RidePage
from tests.factories.people import make_person

WriteCsv = Callable[..., Path]


def run(path: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_coasters", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_imports_and_tells_its_progress(
    home: HomePage, write_csv: WriteCsv
) -> None:
    out, err = run(write_csv({}))

    assert out.startswith("1 of 1 rows were imported")
    assert "Rides: 1 of 1" in err
    assert RidePage.objects.count() == 1


def test_json_on_standard_output_is_only_json(
    home: HomePage, write_csv: WriteCsv
) -> None:
    out, _ = run(write_csv({}), "--json")

    assert json.loads(out)["counts"]["new"] == 1


def test_a_dry_run_keeps_nothing(home: HomePage, write_csv: WriteCsv) -> None:
    out, _ = run(write_csv({}), "--dry-run")

    assert "would be imported" in out
    assert not RidePage.objects.exists()


def test_pages_are_published_by_the_named_account(
    home: HomePage, write_csv: WriteCsv
) -> None:
    editor = make_person("Editor")

    run(write_csv({}), "--by", editor.email.upper())

    assert RidePage.objects.get().owner == editor
    assert ImportRun.objects.get().by == editor


@pytest.mark.parametrize(
    ("options", "message"), [(("--by", "nobody@example.org"), "no account")]
)
def test_an_unknown_account_is_one_clear_line(
    home: HomePage, write_csv: WriteCsv, options: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        run(write_csv({}), *options)


def test_an_unreadable_file_is_one_clear_line(home: HomePage, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="could not be opened"):
        run(tmp_path / "missing.csv")


@pytest.mark.usefixtures("unfounded")
def test_a_wiki_without_index_pages_is_one_clear_line(write_csv: WriteCsv) -> None:
    with pytest.raises(CommandError, match="Create the site first"):
        run(write_csv({}))
