"""One cell's text as a value; a BadCell says in a sentence what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from .reading import BadFile

ISO = "YYYY-MM-DD"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)")
_TOKENS = {"YYYY": "%Y", "YY": "%y", "MMM": "%b", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d"}
_EXAMPLE = date(2026, 11, 23)


class BadCell(Exception):
    """The message is the sentence."""


def number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if text.startswith("("):
        raise BadCell("Write what is below zero with a minus, as in -12.50.")
    if re.search(r"[^\W\d_]|[$€£¥]", text):
        raise BadCell("Must be a number alone, without a currency, as in 1234.50.")
    if re.search(r"[,'\s]", text):
        raise BadCell("Write it without thousands separators and with a decimal point, as in 1234.50.")
    raise BadCell("Is not a number, as in 1234.50.")


def date_reader(form: str) -> Callable[[str], date]:
    """`form`: like DD/MM/YYYY or %d/%m/%Y."""
    if form.upper() == ISO or form == "%Y-%m-%d":
        return _iso
    pattern = form if "%" in form else re.sub("YYYY|YY|MMM|MM|M|DD|D", _token, form.upper())
    if not _is_date_pattern(pattern):
        raise BadFile(f"{form!r} is no date format; it needs day, month and year, as in DD/MM/YYYY.")

    @cache
    def read(text: str) -> date:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise BadCell(f"Is not a date like {_EXAMPLE.strftime(pattern)}.") from None

    return read


def _token(match: re.Match[str]) -> str:
    return _TOKENS[match[0]]


def _is_date_pattern(pattern: str) -> bool:
    if not re.search("%[Yyxc]", pattern):
        return False  # reading a day without its year is deprecated in Python itself
    try:
        return datetime.strptime(_EXAMPLE.strftime(pattern), pattern).date() == _EXAMPLE  # noqa: DTZ007
    except ValueError:
        return False


@cache
def _iso(text: str) -> date:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise BadCell("There is no such day.") from None
    raise BadCell("Is not a date like 2026-11-23. If dates are written otherwise, say how with the date format.")
