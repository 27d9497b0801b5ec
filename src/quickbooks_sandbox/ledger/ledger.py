"""What one company's books hold: its rows, its counters, the clock and the settings they are kept by."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar, Self

from quickbooks_sandbox import json
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.store import Called, Row, Save, Table, Watch
from quickbooks_sandbox.ledger.visibility import Visibility
from quickbooks_sandbox.settings import Settings

_COUNTERS = "_Counters"


class Ledger:
    #: The rules of every kind of object there is.
    registry: ClassVar[Mapping[str, Entity]]
    #: Who works in the company's pages, as other users are told.
    user = "Robin Marsh"
    user_id = "9130350000000001"

    def __init__(self, realm_id: str, clock: Clock, settings: Settings, save: Save | None = None) -> None:
        self.realm_id = realm_id
        self.clock = clock
        self.settings = settings
        self.save = save
        self.watch: Watch | None = None
        self.tables = {name: Table(entity.indexed) for name, entity in self.registry.items()}
        self.counters: dict[str, int] = {}
        self.visibility = Visibility()
        self.person_at_work = False

    @classmethod
    def load(
        cls,
        realm_id: str,
        rows: Iterable[tuple[str, str, bytes]],
        clock: Clock,
        settings: Settings,
        save: Save | None = None,
    ) -> Self:
        books = cls(realm_id, clock, settings, save)
        for entity, id, raw in rows:
            if entity == _COUNTERS:
                books.counters = json.loads(raw)
            else:
                books.tables[entity].put(Row.from_bytes(entity, id, raw))
        return books

    @contextmanager
    def person(self) -> Iterator[None]:
        """Inside, operations are done by a person in QuickBooks' pages, who may do what the API refuses."""
        before = self.person_at_work
        self.person_at_work = True
        try:
            yield
        finally:
            self.person_at_work = before

    def apply(self, rows: list[Row], counters: dict[str, int], called: Called | None = None) -> None:
        """All or nothing: storage first, since it is what may fail."""
        late_s = self.settings.late_visibility_s
        told = self.watch is not None or late_s > 0
        changes = [(self.tables[row.entity].rows.get(row.id), row) for row in rows] if told else []
        if self.save is not None:
            written: list[tuple[str, str, bytes | None]] = [(row.entity, row.id, row.to_bytes()) for row in rows]
            if counters:
                written.append((_COUNTERS, "1", json.dumps({**self.counters, **counters})))
            self.save(written)
        self.counters.update(counters)
        for row in rows:
            self.tables[row.entity].put(row)
        if late_s > 0:
            self.visibility.note(changes, self.clock.now() + timedelta(seconds=late_s))
        if self.watch is not None:
            self.watch(changes, called or {})

    def save_all(self) -> None:
        self.apply(self._all_rows(), dict(self.counters))

    def dump(self) -> list[tuple[str, str, bytes]]:
        """Everything, as `load` takes it."""
        rows = [(row.entity, row.id, row.to_bytes()) for row in self._all_rows()]
        return [*rows, (_COUNTERS, "1", json.dumps(self.counters))]

    def _all_rows(self) -> list[Row]:
        return [row for table in self.tables.values() for row in [*table.rows.values(), *table.deleted.values()]]
