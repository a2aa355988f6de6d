"""Sentences that are stored and said again, to each reader in their own language.

What is stored is the text as it stands in the code and what fills its marks. Dates stay
dates and labels stay texts of the code until somebody reads them; whatever else fills a
mark is stored as it was said.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from core.partial_dates import PartialDate
from core.wording import Words, date_words

_TEXT, _FILLED, _DATE = "text", "with", "date"


class Saying(str):
    """A text in the language of whoever asked, that knows what it was made of.

    Used as gettext is: `saying("%(name)s is closed.") % {"name": park}`. It outlives
    `str()` and the way through an exception, but neither `+` nor an f-string.
    """

    message: str
    params: Mapping[str, Any]

    def __new__(cls, message: str, params: Mapping[str, Any] | None = None) -> "Saying":
        said = gettext(message) if message else ""
        filled = {name: _shown(value) for name, value in (params or {}).items()}
        made = super().__new__(cls, said % filled if params else said)
        made.message, made.params = message, params or {}
        return made

    def __mod__(self, params: Any) -> "Saying":
        return Saying(self.message, params)

    def __str__(self) -> str:
        return self

    def stored(self) -> dict[str, Any]:
        """What its marks are filled with, as JSON; `message` is stored beside it."""
        return {name: _stored(value) for name, value in self.params.items()}


def saying(message: str) -> Saying:
    """A text of the code."""
    return Saying(message)


def again(message: str, params: Mapping[str, Any]) -> Saying:
    """What was stored, in the language of whoever reads it now."""
    return Saying(message, {name: _read(value) for name, value in params.items()})


def as_saying(text: Words) -> Saying:
    """Any text as a saying: lazy ones by what the code says, others word by word."""
    if isinstance(text, Saying):
        return text
    if isinstance(text, Promise):
        with override(None):
            message = str(text)
        return Saying(message)
    return Saying("%(text)s", {"text": text}) if text else Saying("")


def together(sentences: Iterable[Words], *, between: str = " ") -> Saying:
    """Sentences behind each other."""
    said = [as_saying(one) for one in sentences]
    if len(said) == 1:
        return said[0]
    parts = {f"part{place}": one for place, one in enumerate(said)}
    return Saying(between.join(f"%({name})s" for name in parts), parts)


def named(name: Words, what: Any) -> Saying:
    """Something behind its name."""
    return Saying("%(name)s: %(what)s", {"name": name, "what": what})


def of_error(error: ValidationError) -> Saying:
    """All that an error says, Django's own sentences too."""
    return together(
        as_saying(one.message) % one.params if one.params else as_saying(one.message)
        for one in error.error_list
    )


def _shown(value: Any) -> Any:
    return date_words(value) if isinstance(value, PartialDate) else value


def _stored(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return {_DATE: str(value)}
    if isinstance(value, Saying | Promise):
        said = as_saying(value)  # type: ignore[arg-type]  # lazy texts are promises
        return {_TEXT: said.message, _FILLED: said.stored()}
    is_plain = value is None or isinstance(value, int | float)
    return value if is_plain else str(value)


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if _DATE in value:
        return PartialDate.parse(value[_DATE])
    return again(value[_TEXT], value[_FILLED])
