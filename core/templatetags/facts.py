"""How facts are written on a page: dates as far as known, measures in units."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from wagtail.models import Page

from core.data_scripts import data_script, in_script
from core.labels import NAMES_OF_FACTS
from core.measures import Measure
from core.partial_dates import PartialDate
from core.script_words import script_words
from core.wording import (
    date_words,
    in_a_sentence,
    measure_words,
    number_words,
    span_in_years,
    span_words,
    year_words,
)

register = template.Library()


@register.filter
def when(value: PartialDate | None) -> str:
    """A partial date in words, empty when nothing is known."""
    return date_words(value) if value is not None else ""


@register.filter
def year_of(value: PartialDate | None) -> str:
    """The year (or decade) of a date for tight places, qualifier kept."""
    return year_words(value) if value is not None else ""


@register.simple_tag
def span(began: PartialDate | None, ended: PartialDate | None) -> str:
    """From one date to another in words: "since 1998", "until May 2004"."""
    return span_words(began, ended)


@register.simple_tag
def years(began: PartialDate | None, ended: PartialDate | None) -> str:
    """As `span`, in years."""
    return span_in_years(began, ended)


@register.simple_tag
def month_letters() -> list[tuple[str, str]]:
    """The first letter of each month and two more, for narrow and wide places."""
    names = (date_format(date(2000, month, 1), "M") for month in range(1, 13))
    return [(name[0], name[1:]) for name in names]


register.filter("in_a_sentence", in_a_sentence)


@register.filter
def in_units(value: Measure | None, units: str) -> str:
    """A measure in the reader's units; verbatim when its source used them."""
    return measure_words(value, units) if value is not None else ""


@register.filter
def as_typed(value: Measure | None) -> str:
    """A measure exactly as its source gives it."""
    return str(value) if value is not None else ""


@register.filter
def is_converted(value: Any, units: str) -> bool:
    """Whether a reader sees this measure in other units than the source's."""
    return isinstance(value, Measure) and value.unit.system != units


@register.filter
def figure(value: Any, units: str) -> str:
    """Any figure of a track: measures in units, numbers grouped and without zeros."""
    if value in (None, ""):
        return ""
    if isinstance(value, Measure):
        return measure_words(value, units)
    if isinstance(value, Decimal | int):
        return number_words(value)
    return str(value)


@register.filter
def number_of(shown: str) -> str:
    """The number of "94.5 m", for setting its unit in another size."""
    return shown.partition("\u00a0")[0]


@register.filter
def unit_of(shown: str) -> str:
    """The unit of "94.5 m", empty where there is none."""
    return shown.partition("\u00a0")[2]


@register.filter
def share_of(value: Any, whole: Any) -> int:
    """How many hundredths of `whole` a number is, for drawing; 0 without a whole."""
    return round(100 * float(value) / float(whole)) if value and whole else 0


@register.filter
def up_from(height: int, ground: int) -> int:
    """Where something of a height begins when it stands on the ground, for drawing."""
    return ground - height


@register.filter
def fact_words(facts: str) -> str:
    """Names of facts as readers know them: "tracks.height" is the height."""
    names = (name.strip().rpartition(".")[2] for name in facts.split(","))
    return ", ".join(
        str(NAMES_OF_FACTS.get(name) or gettext(name.replace("_", " ")))
        for name in names
        if name
    )


@register.filter
def host_of(address: str) -> str:
    """The host of a web address, for a short link text."""
    return address.partition("://")[2].partition("/")[0].removeprefix("www.")


@register.simple_tag
def written(name: Any, otherwise: str = "") -> SafeString:
    """A name row in its own language and direction, or a plain text without one."""
    text = getattr(name, "text", "") or otherwise
    if language := getattr(name, "language", ""):
        return format_html('<bdi lang="{}">{}</bdi>', language, text)
    return format_html("<bdi>{}</bdi>", text)


@register.simple_tag(takes_context=True)
def address(context: Context, page: Page) -> str:
    """The path of a page. Works inside an include with `only`, unlike `pageurl`."""
    return page.get_url(getattr(context, "request", None)) or ""


@register.simple_tag(takes_context=True)
def full_address(context: Context, page: Page) -> str:
    """The address of a page with scheme and host."""
    return page.get_full_url(getattr(context, "request", None)) or ""


@register.simple_tag
def structured_data(data: dict[str, Any]) -> SafeString:
    """schema.org data as a script element that no text in it can leave.

    Browsers never run data, so it needs no nonce; one would be the same for many.
    """
    return format_html(
        '<script type="application/ld+json">{}</script>', in_script(data)
    )


register.simple_tag(data_script)


@register.simple_tag(name="script_words")
def words_of_scripts() -> SafeString:
    """What our scripts say, once on each page."""
    return script_words(get_language() or "")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The current query string with some parameters changed; empty ones dropped."""
    query = getattr(context, "request").GET.copy()  # noqa: B009 (only on requests)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"
