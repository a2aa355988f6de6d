"""Reads what a ride cost: an amount with its currency, or nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal

import pycountry

from parks.importing.cells import clean, shortened
from parks.importing.notes import NoteTaker

COLUMN = "Cost"
# In reading order: "CA$" must be met before "A$", and that before "$".
_CURRENCIES: tuple[tuple[str, str], ...] = (
    (r"CA?\$|\bCDN\b", "CAD"),
    (r"AU?\$", "AUD"),
    (r"\bDKK\b", "DKK"),
    (r"\bSEK", "SEK"),
    (r"\bFIM\b", "FIM"),
    (r"\bVND\b", "VND"),
    (r"\bRMB\b", "CNY"),
    (r"£", "GBP"),
    (r"€|\beuros?\b|\bEUR\b", "EUR"),
    (r"\byen\b|\bJPY", "JPY"),
    (r"US\$|\bUSD?|\bUSA\b", "USD"),
)
_WRITTEN_OUT = frozenset({"EUR", "JPY"})
# Symbols that several countries use: the ride's country decides.
_BY_COUNTRY = {
    "$": {"AU", "CA", "HK", "MX", "NZ", "SG", "TW", "ZZ"},
    "¥": {"CN", "ZZ"},
}
_MEANT = {"$": "USD", "¥": "JPY"}
_ABROAD = {
    ("¥", "CN"): "CNY",
}
_MULTIPLES = {"m": 10**6, "million": 10**6, "billion": 10**9, "billions": 10**9}
_AMOUNT = re.compile(
    r"(?P<number>\d[\d,. ]*\d|\d)"
    r"(?: ?[–-] ?[^\d(]*(?P<upper>\d[\d,.]*))?"
    r" ?(?P<multiple>millions?\b|billions?\b|M\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^[^\d]*\((1[89]\d\d|20\d\d)\)")
# What follows these is another sum: a conversion or the price of today.
_CONVERSION = re.compile(
    r"\((?:equivalent|=|€|\$|US\$|EUR).*|\(.*\b(?:dollars|adjusted)\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cost:
    """A sum as the source gives it.

    `symbol` is set instead of `currency` where the source only says "$" or "¥".
    """

    amount: Decimal
    currency: str = ""
    symbol: str = ""
    year: int | None = None


def read_cost(text: str, notes: NoteTaker) -> Cost | None:
    """The first sum in the cell; None when it has no amount or no currency."""
    cell = clean(text)
    if not cell:
        return None
    first = _CONVERSION.sub("", cell)
    amount = _AMOUNT.search(first)
    currency, symbol = _currency_of(first)
    if amount is None or not (currency or symbol) or "less than" in first.lower():
        notes.suspicious(COLUMN, f"“{shortened(cell)}” names no sum with a currency.")
        return None
    if currency and pycountry.currencies.get(alpha_3=currency) is None:
        notes.suspicious(COLUMN, f"{currency} is no longer a currency: left out.")
        return None
    rest = first[amount.end() :]
    if amount["upper"] or re.search(r"\d{3}|million", _YEAR.sub("", rest)):
        notes.suspicious(COLUMN, f"Only the first sum of “{shortened(cell)}” was used.")
    year = _YEAR.match(rest)
    return Cost(_value(amount), currency, symbol, int(year[1]) if year else None)


def currency_in(cost: Cost, country: str) -> str:
    """The ISO 4217 code of a cost in a country; "" when "$" or "¥" may be another."""
    if cost.currency:
        return cost.currency
    if country in _BY_COUNTRY[cost.symbol]:
        return _ABROAD.get((cost.symbol, country), "")
    return _MEANT[cost.symbol]


def _currency_of(cell: str) -> tuple[str, str]:
    for pattern, code in _CURRENCIES:
        if re.search(pattern, cell, re.IGNORECASE if code in _WRITTEN_OUT else 0):
            return code, ""
    return next((("", symbol) for symbol in _BY_COUNTRY if symbol in cell), ("", ""))


def _value(amount: re.Match[str]) -> Decimal:
    number = amount["number"].replace(" ", "")
    multiple = (amount["multiple"] or "").lower().removesuffix("s")
    if multiple and re.fullmatch(r"\d+,\d{1,2}", number):
        number = number.replace(",", ".")  # "9,4 million" has a decimal comma
    elif not multiple and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        number = number.replace(".", "")  # "26.000.000" has points between thousands
    value = Decimal(number.replace(",", "")) * _MULTIPLES.get(multiple, 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
