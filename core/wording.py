"""Dates, measures and numbers in the language of the reader.

What editors type and what is stored stays as `PartialDate` and `Measure` have it; this
is how pages say it.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from django.utils.formats import date_format, get_format
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_noop as _

from core.measures import NO_BREAK_SPACE, Measure, System
from core.partial_dates import PartialDate, Precision, Qualifier

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    # A text, perhaps one that is put into the reader's language when it is shown.
    Words: TypeAlias = str | _StrPromise
else:
    Words = str

EN_DASH = "–"
# The months stand for seasons, as PartialDate sorts them.
_SEASONS = {
    3: _("spring %(year)s"),
    6: _("summer %(year)s"),
    9: _("autumn %(year)s"),
    12: _("winter %(year)s"),
}
# Languages that write nouns with capitals keep them inside a sentence.
_WITH_CAPITALS = ("de",)


def date_words(value: PartialDate, *, in_span: bool = False) -> str:
    """A partial date in words, exactly as precise as it is known."""
    day = value.nominal
    match value.precision:
        case Precision.DAY:
            return _qualified(value, "day", _day_words(day), in_span)
        case Precision.MONTH:
            return _qualified(value, "year", date_format(day, "F Y"), in_span)
        case Precision.SEASON:
            words = gettext(_SEASONS[day.month]) % {"year": day.year}
            return _qualified(value, "year", words, in_span)
    return year_words(value, in_span=in_span)


def year_words(value: PartialDate, *, in_span: bool = False) -> str:
    """The year or decade of a partial date, its qualifier kept."""
    is_decade = value.precision is Precision.DECADE
    kind = "decade" if is_decade else "year"
    return _qualified(value, kind, str(value.nominal.year), in_span)


def span_words(began: PartialDate | None, ended: PartialDate | None) -> str:
    """From one date to another in words: "since 1998", "until May 2004"."""
    first, last = _words_or_nothing(began), _words_or_nothing(ended)
    return _between(began, ended, first, last, spaced=" ")


def span_in_years(began: PartialDate | None, ended: PartialDate | None) -> str:
    """As `span_words`, in years."""
    first = year_words(began, in_span=True) if began else ""
    last = year_words(ended, in_span=True) if ended else ""
    return _between(
        began, ended, first, last, spaced=" " if " " in first + last else ""
    )


def measure_words(measure: Measure, system: System | str | None = None) -> str:
    """A measure for a reader of these units, with a space that does not break."""
    shown = measure if system is None else measure.in_system(system)
    return f"{grouped(shown.value)}{NO_BREAK_SPACE}{shown.unit.symbol}"


def number_words(value: Decimal | int, *, is_grouped: bool = True) -> str:
    """A number without the zeros at its end: "1,234.5", or "1234.5" ungrouped."""
    if isinstance(value, Decimal) and value.as_tuple().exponent < 0:  # type: ignore[operator]  # facts are finite
        value = value.normalize()
    return grouped(value) if is_grouped else f"{value:f}".replace(".", _point())


def grouped(value: Decimal | int) -> str:
    """A number with all its digits, in the signs of the language."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    point = _point()
    if point == ".":
        return text
    signs = {".": point, ",": get_format("THOUSAND_SEPARATOR")}
    return text.translate(str.maketrans(signs))


def _point() -> str:
    return str(get_format("DECIMAL_SEPARATOR"))


def in_a_sentence(label: Words) -> str:
    """A label as it is written inside a sentence."""
    keeps_capitals = (get_language() or "").startswith(_WITH_CAPITALS)
    return str(label) if keeps_capitals else str(label).lower()


def _day_words(day: date) -> str:
    return date_format(day, gettext("j F Y"))


def _words_or_nothing(value: PartialDate | None) -> str:
    return date_words(value, in_span=True) if value else ""


def _qualified(value: PartialDate, kind: str, words: str, in_span: bool) -> str:
    return _phrase(value.qualifier, kind, in_span) % {"date": words}


def _phrase(qualifier: Qualifier, kind: str, in_span: bool) -> str:
    """Where a date goes; days, years and decades take other words in some languages."""
    match qualifier, kind:
        case (Qualifier.EXACT, "decade"):
            return pgettext("decade", "%(date)ss")
        case (Qualifier.EXACT, _):
            return "%(date)s"
        case (Qualifier.CIRCA, "decade"):
            return pgettext("decade", "c. %(date)ss")
        case (Qualifier.BEFORE, "decade"):
            return pgettext("decade", "before %(date)ss")
        case (Qualifier.AFTER, "decade"):
            return pgettext("decade", "after %(date)ss")
        case (Qualifier.CIRCA, _) if in_span:
            return pgettext("part of a span", "c. %(date)s")
        case (Qualifier.CIRCA, "day"):
            return pgettext("day", "c. %(date)s")
        case (Qualifier.BEFORE, "day"):
            return pgettext("day", "before %(date)s")
        case (Qualifier.AFTER, "day"):
            return pgettext("day", "after %(date)s")
        case (Qualifier.CIRCA, _):
            return pgettext("year", "c. %(date)s")
        case (Qualifier.BEFORE, _):
            return pgettext("year", "before %(date)s")
    return pgettext("year", "after %(date)s")


def _between(
    began: PartialDate | None,
    ended: PartialDate | None,
    first: str,
    last: str,
    *,
    spaced: str,
) -> str:
    if first and last:
        return first if first == last else f"{first}{spaced}{EN_DASH}{spaced}{last}"
    if began:
        return _since(began) % {"date": first, "year": began.nominal.year}
    if ended:
        return _until(ended) % {"date": last, "year": ended.nominal.year}
    return ""


def _since(began: PartialDate) -> str:
    if _is_plain_decade(began):
        return pgettext("decade", "since %(year)ss")
    return gettext("since %(date)s")


def _until(ended: PartialDate) -> str:
    if _is_plain_decade(ended):
        return pgettext("decade", "until %(year)ss")
    return gettext("until %(date)s")


def _is_plain_decade(value: PartialDate) -> bool:
    return value.precision is Precision.DECADE and value.qualifier is Qualifier.EXACT
