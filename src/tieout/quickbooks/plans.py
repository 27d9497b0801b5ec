"""How many metered calls (CorePlus) a month an app may make. Source: Intuit, App Partner Program."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil


@dataclass(frozen=True)
class Plan:
    name: str
    included: int
    beyond: str


PLANS = {
    "builder": Plan("Builder", 500_000, "Beyond it QuickBooks answers no metered call until the next month."),
    "silver": Plan("Silver", 1_000_000, "Beyond it each thousand calls is charged."),
    "gold": Plan("Gold", 10_000_000, "Beyond it each thousand calls is charged."),
    "platinum": Plan("Platinum", 75_000_000, "Beyond it each thousand calls is charged."),
}


def month_begins(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def forecast(used: int, now: datetime, since: datetime) -> int:
    """For the whole month, at the pace of the part of it since `since`."""
    began = max(month_begins(now), since)
    days = monthrange(now.year, now.month)[1]
    ends_in = days - (now - month_begins(now)).total_seconds() / 86_400
    passed = max((now - began).total_seconds() / 86_400, 1 / 24)
    return used + ceil(used / passed * ends_in)
