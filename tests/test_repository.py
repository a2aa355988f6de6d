"""House rules that no linter knows. Each failure lists where the rule is broken."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

from scripts.assets_fresh import stale_files

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ROOMS = {file.parent.name for file in ROOT.glob("*/apps.py")}
OURS = ROOMS | {"thrillwiki", "tests", "scripts"}

NOT_WRITTEN_BY_US = {".git", ".venv", "node_modules", "var", "static", "__pycache__"}
MAX_LINES = 400
NAMELESS = {"utils.py", "helpers.py", "common.py", "misc.py"}

# Markup that is trusted without escaping: each place with the reason it may be.
TRUSTED_MARKUP = {
    "core/data_scripts.py": "JSON-LD, with all that could end its script escaped",
    "history/diff/references.py": "rendered comparisons, marks become escaped names",
    "history/diff/segments.py": "words of a comparison, escaped one by one",
}


def test_the_project_folder_is_not_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_room_is_on_the_import_map() -> None:
    linter = PROJECT["tool"]["importlinter"]
    layers = " ".join(linter["contracts"][0]["layers"])

    on_the_map = set(linter["root_packages"]) & set(re.findall(r"\w+", layers))

    assert on_the_map == ROOMS | {"thrillwiki"}


def test_every_room_has_its_types_checked() -> None:
    assert set(PROJECT["tool"]["mypy"]["files"]) >= ROOMS


def test_every_module_is_named_for_what_it_holds() -> None:
    assert [_place(file) for file in _python() if file.name in NAMELESS] == []


def test_long_modules_have_been_looked_at_for_a_second_room() -> None:
    outliers = {
        _place(file): length
        for file in _python()
        if (length := len(_text(file).splitlines())) > MAX_LINES
        and "migrations" not in file.parts
        and not _only_lists_facts(file)
    }

    assert outliers == {}


def test_our_modules_are_imported_at_the_top_of_the_file() -> None:
    assert [
        f"{_place(file)}: {function.name}"
        for file in _python()
        for function in ast.walk(_tree(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and not (file.name == "apps.py" and function.name == "ready")
        for node in ast.walk(function)
        if _imports_ours(node)
    ] == []


def test_no_error_is_swallowed_unseen() -> None:
    assert [
        _place(file, node.lineno)
        for file in _python()
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (_catches_all(node) and _does_nothing(node)))
    ] == []


def test_every_postponed_job_names_its_issue() -> None:
    postponed = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!.*#\d+)")

    assert [
        _place(file, number)
        for file in [*_python(), *_files("*.html", "*.css", "*.js")]
        for number, comment in _comments(file)
        if postponed.search(comment)
    ] == []


def test_every_silenced_check_says_why() -> None:
    ignored = re.compile(
        r"# noqa(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+[(\w])"
        r"|# type: ignore(?!\[[\w, -]+\]\s+(?:# )?[(\w])"
    )

    assert [
        _place(file, number)
        for file in _python()
        for number, comment in _comments(file)
        if ignored.search(comment)
    ] == []


def test_every_dependency_says_what_it_is_for() -> None:
    requirement = re.compile(r'^    "[A-Za-z][\w.-]*(?:\[[\w,]+\])?[<>=!~].*?",(.*)$')
    lines = _text(ROOT / "pyproject.toml").splitlines()
    declared = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]

    found = [match for line in lines if (match := requirement.match(line))]

    assert len(found) == len(declared)
    assert [m.group(0) for m in found if not re.match(r"\s+# \w", m.group(1))] == []


def test_markup_is_escaped_unless_it_is_known_to_be_safe() -> None:
    unescaped = re.compile(r"\bmark_safe\b|\|\s*safe\b|autoescape off|\bSafeString\(")
    here = Path(__file__)

    assert [
        _place(file, number)
        for file in [*_python(), *_files("*.html")]
        if file != here and _place(file) not in TRUSTED_MARKUP
        for number, line in enumerate(_text(file).splitlines(), start=1)
        if unescaped.search(line)
    ] == []


def test_nothing_depends_on_one_machine() -> None:
    machine = re.compile(r"(?<![\w.}])/(?:root|work|Users|home/\w+)/\w|\bfile:///[a-z]")
    kinds = ("*.py", "*.md", "*.toml", "*.html", "*.css", "*.js", "*.json", "Makefile")

    assert [
        _place(file, number)
        for file in [*_files(*kinds), ROOT / ".ci" / "run", ROOT / ".npmrc"]
        for number, line in enumerate(_text(file).splitlines(), start=1)
        if machine.search(line)
    ] == []


def test_the_documents_name_only_commands_that_exist() -> None:
    in_code = re.compile(r"(?:^|`|\$ )make ([a-z][a-z-]*)", re.MULTILINE)

    assert [
        f"{_place(file)}: make {target}"
        for file in _documents()
        for target in in_code.findall(_text(file))
        if target not in _make_targets()
    ] == []


def test_the_readme_names_the_two_commands() -> None:
    readme = _text(ROOT / "README.md")

    assert "make demo" in readme
    assert "make test" in readme


def test_a_form_that_is_included_by_itself_is_handed_its_token() -> None:
    """`only` takes the token away, and without it every button answers 403."""
    templates = _files("templates/**/*.html", "*/templates/**/*.html")
    with_forms = {
        file.as_posix().rpartition("/templates/")[2]
        for file in templates
        if "{% csrf_token %}" in _text(file)
    }
    bare = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in templates
        for name, given in re.findall(r'include "([^"]+)"([^%]*)%}', _text(file))
        if name in with_forms and " only" in given and "csrf_token" not in given
    ]

    assert with_forms
    assert bare == []


def test_decisions_are_numbered_without_a_gap_and_by_their_file() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))

    by_file = [int(file.name.split("-")[0]) for file in files]
    by_heading = [
        int(match.group(1)) if match else None
        for file in files
        for match in [re.match(r"# (\d+)\b", _text(file))]
    ]

    assert files
    assert by_file == [number for number, _ in zip(count(1), files, strict=False)]
    assert by_heading == by_file


def test_the_built_files_were_built_from_these_sources() -> None:
    assert stale_files() == [], "run `make assets`"


@cache
def _files(*patterns: str) -> list[Path]:
    return sorted(
        file
        for pattern in patterns
        for file in ROOT.rglob(pattern)
        if NOT_WRITTEN_BY_US.isdisjoint(file.relative_to(ROOT).parts)
        and file.is_file()
        and file.name != "package-lock.json"
    )


def _python() -> list[Path]:
    return _files("*.py")


def _documents() -> list[Path]:
    return _files("*.md")


def _make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", _text(ROOT / "Makefile"), re.MULTILINE))


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(_text(file), filename=str(file))


def _place(file: Path, line: int | None = None) -> str:
    path = str(file.relative_to(ROOT))
    return path if line is None else f"{path}:{line}"


def _comments(file: Path) -> Iterator[tuple[int, str]]:
    """Comments of a Python file; every line of any other, where all could be one."""
    if file.suffix != ".py":
        yield from enumerate(_text(file).splitlines(), start=1)
        return
    for token in tokenize.generate_tokens(io.StringIO(_text(file)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _only_lists_facts(file: Path) -> bool:
    """A module that computes nothing has no second room inside."""
    behaviour = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return not any(isinstance(node, behaviour) for node in ast.walk(_tree(file)))


def _imports_ours(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").split(".")[0] in OURS
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in OURS for alias in node.names)
    return False


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def _does_nothing(handler: ast.ExceptHandler) -> bool:
    return all(
        isinstance(statement, ast.Pass | ast.Continue) or _is_docstring(statement)
        for statement in handler.body
    )


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
