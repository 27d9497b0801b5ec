"""Moments as the API shows them: seconds, on the Pacific clock."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def to_micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def shown(moment: datetime) -> str:
    return moment.astimezone(PACIFIC).isoformat(timespec="seconds")


def today(moment: datetime) -> date:
    """The date where the company's books are kept."""
    return moment.astimezone(PACIFIC).date()


def parse_moment(text: str) -> datetime:
    """A date or a date-time; without a zone it is Pacific time. ValueError if it is neither."""
    # Clients that forget to escape the plus sign of an offset send a blank instead.
    repaired = re.sub(r"(T\d\d:\d\d:\d\d(?:\.\d+)?) (\d\d:?\d\d)$", r"\1+\2", text.strip())
    moment = datetime.fromisoformat(repaired)
    return moment.replace(tzinfo=PACIFIC) if moment.tzinfo is None else moment


def parse_date(text: str) -> date:
    """The date of a date or a date-time. ValueError if it is neither."""
    if not _DATE.match(text) or text[10:11] not in ("", "T", "+", "-", "Z", " "):
        raise ValueError(text)
    return date.fromisoformat(text[:10])
