"""How times, dates, money and kinds are written on a page. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tieout import days

# ISO 4217 minor units other than two.
DECIMALS = {"BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3, "VND": 0}


def zone(*names: str) -> tzinfo:
    """The first that is set and exists; a name that an upgrade removed must not take the pages down."""
    for name in names:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo("UTC")


def money(amount: Decimal, currency: str = "USD") -> str:
    places = Decimal(1).scaleb(-DECIMALS.get(currency, 2))
    return f"{amount.quantize(places, ROUND_HALF_UP):,f}"


def plain_number(value: Decimal) -> str:
    """Without the zeros that a column of fixed scale adds: 2.5000000 is 2.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate(value: Decimal) -> str:
    """As a price: two decimals, or as many as it has."""
    text = plain_number(value)
    decimals = len(text.partition(".")[2])
    return f"{value:,.2f}" if decimals < 2 else text


def day(value: date) -> str:
    return days.in_words(value)


def short_time(at: datetime, now: datetime) -> str:
    """Both aware and in the reader's zone: the hour today, the day and hour this year, else the day."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    if at.year == now.year:
        return f"{at.day} {at:%b %H:%M}"
    return day(at)


def exact_time(at: datetime) -> str:
    return f"{at:%A}, {at.day} {at:%B %Y, %H:%M:%S %Z}"


def duration(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 172_800:
        return f"{seconds // 3600} h"
    return f"{seconds // 86_400} days"


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
