"""Spans of days: what a date_macro names, and the columns that a report is divided into."""

import re
from calendar import month_abbr, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quickbooks_sandbox.faults import fault

_MACRO = re.compile(r"(this|last|next) (?:(calendar|fiscal) )?(week|month|quarter|year)(-to-date)?")
_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Span:
    start: date
    end: date


def named_span(macro: str, today: date, fiscal_month: int) -> Span:
    """What a date_macro means on a day; `fiscal_month` is the first of the fiscal year."""
    days = {"today": 0, "yesterday": 1}
    if macro in days:
        day = today - days[macro] * _DAY
        return Span(day, day)
    if macro == "next 4 weeks":
        start = _begin("week", today, 1) + 7 * _DAY
        return Span(start, start + 27 * _DAY)
    match = _MACRO.fullmatch(macro)
    if match is None:
        raise fault("2170", field="date_macro", value=macro)
    which, year, unit, to_date = match.groups()
    first = fiscal_month if year == "fiscal" else 1
    count = {"this": 0, "last": -1, "next": 1}[which]
    start = _shift(unit, _begin(unit, today, first), count)
    end = _shift(unit, today, count) if to_date else _shift(unit, start, 1) - _DAY
    return Span(start, end)


def year_begins(day: date, fiscal_month: int) -> date:
    return _begin("year", day, fiscal_month)


def divided(span: Span, by: str, fiscal_month: int) -> list[tuple[Span, str]]:
    """The days, weeks, months, quarters or years of a span, with the titles of their columns."""
    units = {"Days": "day", "Week": "week", "Month": "month", "Quarter": "quarter", "Year": "year"}
    unit = units[by]
    return [(part, _title(part, unit)) for part in _parts(span, unit, fiscal_month)]


def _parts(span: Span, unit: str, fiscal_month: int) -> Iterator[Span]:
    start = span.start
    first = fiscal_month if unit == "year" else 1
    while start <= span.end:
        following = start + _DAY if unit == "day" else _shift(unit, _begin(unit, start, first), 1)
        yield Span(start, min(following - _DAY, span.end))
        start = following


def _begin(unit: str, day: date, first_month: int) -> date:
    """The first day of the unit that a day lies in; weeks begin on Sunday."""
    if unit == "week":
        return day - (day.isoweekday() % 7) * _DAY
    return _add_months(day.replace(day=1), -((day.month - first_month) % _MONTHS[unit]))


def _shift(unit: str, day: date, count: int) -> date:
    return day + 7 * count * _DAY if unit == "week" else _add_months(day, _MONTHS[unit] * count)


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _title(span: Span, unit: str) -> str:
    start, end = span.start, span.end
    first, last = month_abbr[start.month], month_abbr[end.month]
    if unit == "day":
        return f"{first} {start.day}, {start.year}"
    if unit == "month" and start.day == 1 and (end + _DAY).day == 1:
        return f"{first} {start.year}"
    if unit in ("quarter", "year") and start.day == 1 and (end + _DAY).day == 1:
        return f"{first} - {last}, {end.year}"
    if (start.month, start.year) == (end.month, end.year):
        return f"{first} {start.day}-{end.day}, {end.year}"
    before = f", {start.year}" if start.year != end.year else ""
    return f"{first} {start.day}{before} - {last} {end.day}, {end.year}"
