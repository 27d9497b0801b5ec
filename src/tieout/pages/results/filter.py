"""The filters of the Sync Results page, as they stand in its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal

from django.db.models import Q, QuerySet
from django.http import QueryDict

from tieout.sync.models import Link, State, Status
from tieout.sync.models.link import LinkQuerySet

LinkStatus = Literal["", "linked", "unlinked"]

# Not synced, and not for good: these end by themselves, and are shown until they do.
WAITING_STATES = [State.WAITING, State.UNCERTAIN]


@dataclass(frozen=True)
class Filter:
    since: datetime | None = None
    link: LinkStatus = ""
    kind: str = ""
    status: str = ""
    reason: str = ""
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        """By more than the date."""
        return bool(self.link or self.kind or self.status or self.reason or self.text)


def parse(query: QueryDict, last_success: datetime | None, zone: tzinfo) -> Filter:
    """Without a date in the address it is the day of the last successful run; with an empty one, any date."""
    link = query.get("link", "")
    given = query.get("from")
    return Filter(
        since=_midnight(given if given is not None else _day(last_success, zone), zone),
        link=link if link in ("linked", "unlinked") else "",  # type: ignore[arg-type]
        kind=query.get("kind", ""),
        status=query.get("status", "") if query.get("status") in Status.values else "",
        reason=query.get("reason", ""),
        text=query.get("q", "").replace("\0", "").strip(),
    )


def _day(at: datetime | None, zone: tzinfo) -> str:
    return at.astimezone(zone).date().isoformat() if at else ""


def _midnight(text: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def sections(links: LinkQuerySet, wanted: Filter) -> list[list[QuerySet[Link]]]:
    """What was attempted since the date, then what is older and still open."""
    matching = _narrow(links, wanted)
    if wanted.since is None:
        return [[matching]]
    older = matching.filter(attempted_at__lt=wanted.since)
    still_open = [part for status, part in open_parts(older) if wanted.status in ("", status)]
    return [[matching.filter(attempted_at__gte=wanted.since)], *([still_open] if still_open else [])]


def open_parts(links: QuerySet[Link]) -> list[tuple[Status, QuerySet[Link]]]:
    """What needs somebody or something. In parts that each walk an index; one query with an OR would read every
    row of the company."""
    waiting = [(Status.NOT_SYNCED, links.filter(state=state, status=Status.NOT_SYNCED)) for state in WAITING_STATES]
    return [(Status.FAILED, links.filter(status=Status.FAILED)), *waiting]


def _narrow(links: LinkQuerySet, wanted: Filter) -> QuerySet[Link]:
    found: QuerySet[Link] = links
    if wanted.link == "linked":
        found = found.filter(record_id__isnull=False, qbo_id__isnull=False).exclude(state=State.UNLINKED)
    if wanted.link == "unlinked":
        found = found.filter(state=State.UNLINKED)
    for column in ("kind", "status", "reason"):
        if value := getattr(wanted, column):
            found = found.filter(**{column: value})
    return found.filter(_mentions(wanted.text)) if wanted.text else found


def _mentions(text: str) -> Q:
    found = Q(number__icontains=text) | Q(name__icontains=text) | Q(details__icontains=text) | Q(qbo_id=text)
    return found | Q(record_id=int(text)) if text.isdecimal() and len(text) <= 18 else found
