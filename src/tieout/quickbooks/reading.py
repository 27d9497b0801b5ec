"""Reading many objects so that none is missed, though people go on working in QuickBooks meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

from tieout.kinds import BY_ENTITY

from .errors import ReadFailed
from .wire import requests
from .wire.answers import Done, Object
from .wire.requests import Request

PAGE = 1000
CDC_CAP = 1000
BATCH_CAP = 1000  # objects in the answers of a batch together
# A second in which more than a page was changed is read anew when it changes while it is read.
MAX_RESTARTS = 20

Stamp = Literal["MetaData.LastUpdatedTime", "MetaData.CreateTime"]


class Reader(Protocol):
    def get(self, request: Request) -> Done: ...
    def get_together(self, requests: Sequence[Request]) -> list[Done]: ...


@dataclass(frozen=True, slots=True)
class Changes:
    time: datetime  # QuickBooks' own, when it answered
    objects: dict[str, list[Object]]  # deleted ones have "status": "Deleted"
    full: bool  # the answer was cut at its cap: it proves nothing about what it leaves out


def changes(client: Reader, entities: Sequence[str], since: datetime) -> Changes:
    """By change data capture, in one call; at most 30 days back."""
    return _changes(client.get(requests.cdc(entities, since)), CDC_CAP)


def changes_and_preferences(client: Reader, entities: Sequence[str], since: datetime) -> tuple[Changes, Object]:
    """Both in one call, where it is known that something will be written and so both are needed."""
    both = (requests.cdc(entities, since), requests.query("SELECT * FROM Preferences"))
    changed, preferences = client.get_together(both)
    if len(preferences.rows) != 1:
        raise ReadFailed("QuickBooks' answer does not hold the preferences.")
    return _changes(changed, BATCH_CAP - 1), preferences.rows[0]


def _changes(answer: Done, cap: int) -> Changes:
    if answer.time is None:
        raise ReadFailed("QuickBooks' answer does not say of which time it is.")
    full = sum(map(len, answer.changes.values())) >= cap
    return Changes(answer.time, answer.changes, full)


def count(client: Reader, entity: str, where: str = "") -> int:
    """Without inactive entries unless `where` asks for them."""
    condition = f" WHERE {where}" if where else ""
    answer = client.get(requests.query(f"SELECT count(*) FROM {entity}{condition}"))  # noqa: S608
    if answer.count is None:
        raise ReadFailed(f"QuickBooks' answer does not hold the number of {entity} objects.")
    return answer.count


def ids(client: Reader, entity: str) -> set[str]:
    """A census: the Id of every object there is, inactive ones included."""
    # By CreateTime, which never moves, so each object is met exactly once.
    return {row["Id"] for page in pages(client, entity, by="MetaData.CreateTime") for row in page}


def pages(
    client: Reader, entity: str, since: datetime | None = None, by: Stamp = "MetaData.LastUpdatedTime"
) -> Iterator[list[Object]]:
    """Every object stamped `since` or later, oldest stamp first; one that changes meanwhile may come twice,
    its later state later. What is changed in the very seconds of the reading is sure to come only in the next
    one, which therefore must start some minutes before this one did."""
    walk = _Walk(client, entity, since, by)
    while (page := walk.next_page()) is not None:
        if page:
            yield page


class _Walk:
    """Goes by ranges of stamps, not by positions: a row that changes moves to the end, so positions shift under
    the reader and rows are skipped, while a range only ever loses what will come again further on.

    Only inside one second that fills a page positions are needed. Pages then overlap by one row, which shows a
    shift; the second is read anew after one.
    """

    def __init__(self, client: Reader, entity: str, since: datetime | None, by: Stamp) -> None:
        self._client, self._entity, self._by = client, entity, by
        self._low = since.replace(microsecond=0) if since else None
        self._skip = 0
        self._last_key: tuple[str, str] | None = None  # the row that the next page must begin with
        self._given: set[tuple[str, str]] = set()  # of the second `_low`
        self._restarts = 0
        self._at_end = False

    def next_page(self) -> list[Object] | None:
        if self._at_end:
            return None
        rows = self._query()
        if self._has_shifted(rows):
            self._restart()
            return []
        fresh = [row for row in rows if _key(row) not in self._given]
        if len(rows) < PAGE:
            self._at_end = True
        else:
            self._advance(rows)
        return fresh

    def _query(self) -> list[Object]:
        conditions = ["Active IN (true, false)"] if BY_ENTITY[self._entity].has_active else []
        if self._low is not None:
            conditions.append(f"{self._by} >= '{self._low.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        statement = (
            f"SELECT * FROM {self._entity}{where} ORDERBY {self._by} ASC "  # noqa: S608
            f"STARTPOSITION {self._skip + 1} MAXRESULTS {PAGE}"
        )
        return self._client.get(requests.query(statement)).rows

    def _has_shifted(self, rows: list[Object]) -> bool:
        return self._last_key is not None and (not rows or _key(rows[0]) != self._last_key)

    def _restart(self) -> None:
        self._restarts += 1
        if self._restarts > MAX_RESTARTS:
            raise ReadFailed(f"{self._entity} objects keep changing places while they are read.")
        self._skip, self._last_key = 0, None

    def _advance(self, rows: list[Object]) -> None:
        last = self._stamp(rows[-1])
        if last == self._low:
            self._skip += PAGE - 1
            self._last_key = _key(rows[-1])
            self._given.update(map(_key, rows))
        else:
            self._low, self._skip, self._last_key = last, 0, None
            self._given = {_key(row) for row in rows if self._stamp(row) == last}

    def _stamp(self, row: Object) -> datetime:
        try:
            stamp = datetime.fromisoformat(row["MetaData"][self._by.removeprefix("MetaData.")])
        except (KeyError, TypeError, ValueError):
            raise ReadFailed(f"{self._entity} {row.get('Id')} has no {self._by} to read on from.") from None
        return stamp.replace(microsecond=0)


def _key(row: Object) -> tuple[str, str]:
    return str(row.get("Id")), str(row.get("SyncToken"))
