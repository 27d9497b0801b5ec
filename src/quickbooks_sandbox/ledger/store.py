"""Rows in memory, their indexes, and the change that is being staged."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from quickbooks_sandbox import json
from quickbooks_sandbox.ledger.dates import ByDate

Object = dict[str, Any]
#: Called once per committed change with all rows it changed: (entity, id, bytes), None for a row that is gone.
Save = Callable[[list[tuple[str, str, bytes | None]]], None]


@dataclass(frozen=True, slots=True)
class Act:
    """What happened to an object beyond being created, updated or deleted: Void, Merge, Emailed."""

    name: str
    #: The object that was merged away.
    other: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One object of the company. `object` is never changed in place: a change makes a new row."""

    entity: str
    id: str
    object: Object
    #: Microseconds since 1970; finer than MetaData.LastUpdatedTime.
    updated: int
    deleted: bool = False
    #: What no client sees, such as the last line id given out.
    internal: Object = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        return json.dumps(
            {"object": self.object, "updated": self.updated, "deleted": self.deleted, "internal": self.internal}
        )

    @classmethod
    def from_bytes(cls, entity: str, id: str, raw: bytes) -> "Row":
        return cls(entity, id, **json.loads(raw))


def index_key(value: Any) -> str:
    """References are found by id, everything else by its text, whatever the case."""
    if isinstance(value, dict):
        value = value.get("value", value.get("Address", ""))
    return str(value).casefold()


#: The acts of one change, by entity and id.
Called = dict[tuple[str, str], Act]
#: Called once per committed change with every row before and after it.
Watch = Callable[[list[tuple[Row | None, Row]], Called], None]

#: When a row changed, and its id in an order in which 9 comes before 10.
Moment = tuple[int, int, str]


def moment(row: Row) -> Moment:
    return row.updated, len(row.id), row.id


class Table:
    """All rows of one entity, findable by id, by time of change and by the indexed fields."""

    def __init__(self, indexed: Iterable[str] = ()) -> None:
        self.rows: dict[str, Row] = {}
        self.deleted: dict[str, Row] = {}
        self.indexes: dict[str, dict[str, dict[str, None]]] = {name: {} for name in indexed}
        # Ascending; entries that a later change made stale stay until they outnumber the rest.
        self._timeline: list[Moment] = []
        self._by_date: ByDate | None = None

    def put(self, row: Row) -> None:
        before = self.rows.pop(row.id, None)
        self.deleted.pop(row.id, None)
        if row.deleted:
            self.deleted[row.id] = row
        else:
            self.rows[row.id] = row
        self._reindex(before, None if row.deleted else row)
        if self._by_date is not None:
            self._by_date.replace(before.object if before else None, None if row.deleted else row.object)
        self._note(moment(row))

    def find(self, name: str, key: str) -> Iterator[Row]:
        return (self.rows[id] for id in self.indexes[name].get(key, ()))

    @property
    def by_date(self) -> ByDate:
        """Made when it is first asked for, and kept up from then on."""
        if self._by_date is None:
            self._by_date = ByDate(row.object for row in self.rows.values())
        return self._by_date

    def newest_first(self) -> Iterator[Row]:
        for updated, _, id in reversed(self._timeline):
            row = self.rows.get(id)
            if row is not None and row.updated == updated:
                yield row

    def changed_since(self, micros: int) -> Iterator[Row]:
        """Rows and tombstones changed at or after the moment, oldest first."""
        for updated, _, id in self._timeline[bisect_left(self._timeline, (micros, 0, "")) :]:
            row = self.rows.get(id) or self.deleted.get(id)
            if row is not None and row.updated == updated:
                yield row

    def _reindex(self, before: Row | None, after: Row | None) -> None:
        for name, index in self.indexes.items():
            old = before and before.object.get(name)
            new = after and after.object.get(name)
            if old == new and (before is None) == (after is None):
                continue
            if before is not None and old is not None:
                key = index_key(old)
                index[key].pop(before.id)
                if not index[key]:
                    del index[key]
            if after is not None and new is not None:
                index.setdefault(index_key(new), {})[after.id] = None

    def _note(self, entry: "Moment") -> None:
        place = bisect_left(self._timeline, entry)
        if self._timeline[place : place + 1] != [entry]:
            self._timeline.insert(place, entry)
        if len(self._timeline) > 64 + 2 * (len(self.rows) + len(self.deleted)):
            self._timeline = sorted(map(moment, [*self.rows.values(), *self.deleted.values()]))
