"""What QuickBooks takes of texts, amounts and days. Each check gives the problems of what it would refuse, so that a
mistake costs no call. (Intuit: API reference, data types and size limits.)"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from .kind import Problem

LARGEST = Decimal(99999999999)
PLACES = 7
MOST_LINES = 10_000
YEARS = range(1900, 2100)
# No accounting text needs these, and neither XML nor PostgreSQL can hold them; tabs and line breaks are fine in most.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def too_long(values: msgspec.Struct, longest: Mapping[str, int]) -> list[Problem]:
    """Texts of `values` that are longer than QuickBooks takes, by the name of the member."""
    lengths = {name: len(getattr(values, name)) for name in longest}
    return [
        Problem(
            reason="too_long",
            facts={"field": name.replace("_", " "), "length": str(length), "longest": str(longest[name])},
        )
        for name, length in lengths.items()
        if length > longest[name]
    ]


def control_characters(values: msgspec.Struct, groups: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    """`groups`: as in `Kind.fields`; whoever writes another group need not care."""
    return [
        Problem(reason="control_characters", facts={"field": name.replace("_", " ")}, group=group)
        for group, names in groups.items()
        for name in names
        if CONTROL.search(_text(getattr(values, name)))
    ]


def _text(value: object) -> str:
    """Of a text, or of the texts within."""
    if isinstance(value, msgspec.Struct):
        return "\n".join(_text(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return "\n".join(map(_text, value))
    return value if isinstance(value, str) else ""


def too_large(amounts: Mapping[str, Decimal | None]) -> list[Problem]:
    """By what each amount is, in words."""
    return [
        Problem(reason="too_large", facts={"field": field, "largest": f"{LARGEST:,}"})
        for field, value in amounts.items()
        if value is not None and not (value.is_finite() and abs(value) <= LARGEST)
    ]


def too_fine(numbers: Mapping[str, Decimal | None]) -> list[Problem]:
    return [
        Problem(reason="too_many_decimals", facts={"field": field, "decimals": str(PLACES)})
        for field, value in numbers.items()
        if value is not None and value.is_finite() and _places(value) > PLACES
    ]


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def beyond_calendars(days: Mapping[str, date | None]) -> list[Problem]:
    return [
        Problem(reason="date_mistyped", facts={"field": field, "date": day.isoformat()})
        for field, day in days.items()
        if day is not None and day.year not in YEARS
    ]


def too_many(lines: Iterable[object]) -> list[Problem]:
    count = sum(1 for _ in lines)
    if count <= MOST_LINES:
        return []
    return [Problem(reason="too_many_lines", facts={"count": f"{count:,}", "limit": f"{MOST_LINES:,}"})]
