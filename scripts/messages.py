"""Collects the texts of the interface and compiles their translations.

    python3 -m scripts.messages

Writes locale/<language>/LC_MESSAGES/django.po, where a translator fills in what is
empty, and django.mo, which the wiki reads. Needs no gettext tools, only .venv.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation.template import templatize

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "locale"
LANGUAGES = ("de",)
ROOMS = (
    *("accounts", "branches", "core", "history", "home", "moderation", "parks"),
    *("photos", "search", "site"),
)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **dict.fromkeys(("gettext_lazy", "gettext_noop", "saying"), None),
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# No moment of its own in the files, or each run would change them.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

# What Django makes of a template's texts: calls on lines of their own.
_LITERAL = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALL = re.compile(
    rf"\b(?P<name>n?p?gettext|_)\({_LITERAL}(?:, ?{_LITERAL})?(?:, ?{_LITERAL})?"
)


def collected() -> Catalog:
    """All texts of code and templates, without translations."""
    found = Catalog(project="ThrillWiki", charset="utf-8", creation_date=LONG_AGO)
    for file in sorted(_sources()):
        name = str(file.relative_to(ROOT))
        texts = _of_code(file) if file.suffix == ".py" else _of_template(file)
        for text, context in texts:
            found.add(text, locations=[(name, 1)], context=context)
    return found


def updated(language: str) -> Catalog:
    """The catalogue of a language with the texts there are now."""
    file = po_file(language)
    known = read_po(BytesIO(file.read_bytes()), language) if file.exists() else None
    catalog = Catalog(
        language,
        header_comment="# Texts of ThrillWiki; `make messages` keeps them up to date.",
        project="ThrillWiki",
        version="1",
        charset="utf-8",
        fuzzy=False,
    )
    for message in collected():
        if message.id:
            old = known.get(message.id, message.context) if known else None
            translated = old.string if old is not None else ""
            catalog.add(
                message.id,
                translated,
                locations=message.locations,
                flags=message.flags,
                context=message.context,
            )
    catalog.creation_date = catalog.revision_date = LONG_AGO
    return catalog


def po_file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def as_po(catalog: Catalog) -> bytes:
    """The text that translators work on."""
    file = BytesIO()
    write_po(file, catalog, sort_output=True, include_lineno=False, width=88)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """What gettext reads."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def untranslated(catalog: Catalog) -> list[Any]:
    """The texts, plural forms included, that still want a translation."""
    return [message.id for message in catalog if message.id and not _is_done(message)]


def _is_done(message: Any) -> bool:
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(said) and not message.fuzzy


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            if "migrations" not in file.parts:
                yield file
    yield from (ROOT / "templates").rglob("*.html")
    yield from (ROOT / "templates").rglob("*.txt")


def _of_code(file: Path) -> Iterator[tuple[Any, str | None]]:
    with file.open("rb") as code:
        for _, text, _, context in extract("python", code, keywords=KEYWORDS):
            yield text, context


def _of_template(file: Path) -> Iterator[tuple[Any, str | None]]:
    for call in _CALL.finditer(templatize(file.read_text())):
        words = [ast.literal_eval(word) for word in call.groups()[1:] if word]
        context = words.pop(0) if "p" in call["name"].removesuffix("gettext") else None
        is_plural = call["name"].startswith("n")
        yield (tuple(words[:2]) if is_plural else words[0]), context


def main() -> int:
    """Write the files of every language; fails while a text has no translation."""
    missing = 0
    for language in LANGUAGES:
        catalog = updated(language)
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_po(catalog))
        file.with_suffix(".mo").write_bytes(as_mo(catalog))
        waiting = untranslated(catalog)
        missing += len(waiting)
        print(f"{language}: {len(catalog)} texts, {len(waiting)} without translation")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
