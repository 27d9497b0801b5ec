"""What the filter shows, as CSV, sent row by row: a million rows must not be held at once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from tieout.pages.kinds import words
from tieout.sync.models import Link, State

COLUMNS = (
    *("Date", "Type", "Tieout ID", "QuickBooks type", "External ID", "Number", "Name", "Document date", "Total"),
    *("Direction", "Status", "Link status", "Details", "First failed"),
)
# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    def write(self, text: str) -> str:
        return text


def lines(sections: Iterable[Iterable[QuerySet[Link]]], zone: tzinfo) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)  # the mark by which spreadsheets know UTF-8
    for part in chain.from_iterable(sections):
        for link in part.order_by("-attempted_at", "-id").iterator(chunk_size=2000):
            yield writer.writerow([harmless(value) for value in _row(link, zone)])


def _row(link: Link, zone: tzinfo) -> list[Any]:
    return [
        link.attempted_at.astimezone(zone).isoformat(sep=" ", timespec="seconds"),
        words(link.kind).one,
        link.record_id,
        link.entity,
        link.qbo_id,
        link.number,
        link.name,
        link.date,
        link.total,
        link.get_direction_display(),
        link.get_status_display(),
        "Unlinked" if link.state == State.UNLINKED else "Linked" if link.is_linked else "Not linked yet",
        link.details,
        link.failing_since and link.failing_since.astimezone(zone).isoformat(sep=" ", timespec="seconds"),
    ]


def harmless(value: Any) -> Any:
    """Texts that a spreadsheet would run get an apostrophe in front; numbers and dates stay what they are."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value
