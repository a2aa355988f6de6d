"""Every text of the interface can be translated, and is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from wagtail.snippets.models import get_snippet_models

import pytest

from branches.models import Proposal
from core.models import ContentPage
from history.diff.nodes import UNSHOWN
from history.diff.schema import schema_of
from history.diff.shapes import Shape
from scripts.messages import (
    LANGUAGES,
    ROOT,
    as_mo,
    as_po,
    collected,
    po_file,
    untranslated,
    updated,
)

TRANSLATION = "django.utils.translation"
TEMPLATES = ROOT / "templates"
# For developers, in one language.
NOT_FOR_READERS = {"home/styleguide/styleguide.html"}
# What is no word of any language, or a name; "website" is a term of OpenGraph.
NO_WORDS = re.compile(r"ThrillWiki|\bwebsite\b|sha256|nbsp|amp|\bft\b|\bm\b|\bkm\b")

MARKED = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{% comment.*?endcomment %\}",
    re.DOTALL,
)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"')
PASSED = re.compile(r'\b(?:text|caption|label|heading|any|noun)="([^"]+)"')
INCLUDED = re.compile(r"\{% (?:include|origin|point_map)\b.*?%\}", re.DOTALL)
HTML = re.compile(r"<[a-zA-Z/!][^<>]*>")
WORD = re.compile(r"[A-Za-z]{2,}")
# Wagtail's own, of every page; nobody sees them in a history.
LIBRARY = frozenset(
    {
        *("path", "depth", "numchild", "url_path", "locale", "translation_key"),
        *("live", "draft_title", "latest_revision", "live_revision", "owner"),
        *("content_type", "has_unpublished_changes", "wagtail_admin_comments"),
        *("expired", "locked", "locked_at", "locked_by", "go_live_at", "expire_at"),
        *("first_published_at", "last_published_at", "latest_revision_created_at"),
        *("alias_of", "accepted_warnings"),
    }
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert untranslated(updated(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_are_what_make_messages_writes(language: str) -> None:
    catalog, file = updated(language), po_file(language)

    assert file.read_bytes() == as_po(catalog), "Run `make messages`"
    assert file.with_suffix(".mo").read_bytes() == as_mo(catalog), "Run `make messages`"


def test_every_language_offered_has_a_catalogue() -> None:
    offered = {code for code, _ in settings.LANGUAGES} - {settings.LANGUAGE_CODE}

    assert offered == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_no_value_that_is_not_given(language: str) -> None:
    value = re.compile(r"%\(\w+\)s|\{\w+\}")
    wrong = [
        message.id
        for message in updated(language)
        if message.id
        and set(value.findall(str(message.string)))
        - set(value.findall(str(message.id)))
    ]

    assert wrong == []


def test_no_template_says_anything_that_cannot_be_translated() -> None:
    unmarked = {
        f"{file.relative_to(TEMPLATES)}: {text}"
        for file in sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")])
        if str(file.relative_to(TEMPLATES)) not in NOT_FOR_READERS
        for text in _unmarked(file)
    }

    assert unmarked == set()


def test_the_walker_finds_what_is_not_marked(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        '<p title="Two words" class="some classes">{% translate "Fine" %} Plain text '
        "{{ name }}</p>{% blocktranslate %}Fine, {{ name }}{% endblocktranslate %}"
        '{% include "card.html" with text="Passed on" other=_("Fine") %}'
    )

    assert set(_unmarked(file)) == {"Two words", "Plain text", "Passed on"}


def test_every_fact_of_every_kind_of_page_has_a_name_to_translate() -> None:
    known = {message.id for message in collected()}
    kinds = [model for model in apps.get_models() if issubclass(model, ContentPage)]

    names = {
        shape.label
        for model in [*kinds, *get_snippet_models()]
        if model is not Proposal  # is shown by what it would change
        for shape in _shapes(schema_of(model))
        if shape.label
    }

    assert names - known == set()


def _unmarked(file: Path) -> Iterator[str]:
    text = MARKED.sub("", file.read_text())
    for tag in INCLUDED.findall(text):
        yield from _words(PASSED.findall(tag))
    text = TAGS.sub("\x00", text)
    yield from _words(
        piece
        for element in HTML.findall(text)
        for said in SPOKEN.findall(element)
        for piece in said.split("\x00")
    )
    yield from _words(re.split("\x00", HTML.sub("\x00", text)))


def _words(pieces: Any) -> Iterator[str]:
    for piece in pieces:
        said = " ".join(piece.split())
        if WORD.search(NO_WORDS.sub("", said)):
            yield said


def _shapes(shape: Shape) -> Iterator[Shape]:
    yield shape
    for name, part in (shape.parts or {}).items():
        hidden = name in UNSHOWN | LIBRARY or name.endswith(("_ptr", "_precision"))
        if not hidden and not name.endswith(("_lower", "_upper", "_si")):
            yield from _shapes(part)


def test_no_text_is_put_into_a_language_while_its_module_is_read() -> None:
    too_early = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for room in apps.get_app_configs()
        if Path(room.path).parent == ROOT
        for file in Path(room.path).rglob("*.py")
        for call in _translated_at_once(ast.parse(file.read_text()))
    ]

    assert too_early == []


def _translated_at_once(module: ast.Module) -> Iterator[ast.Call]:
    """Calls of `gettext` and its like, under whatever name, outside any function."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION
        for alias in node.names
        if alias.name.endswith("gettext")
    }
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_call and node.func.id in names:  # type: ignore[attr-defined]  # is a call
            yield node  # type: ignore[misc]  # is a call
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
