"""Answer a statement: find candidates by an index where one fits, filter, sort, cut out the page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from quickbooks_sandbox.entities import Entity, entity_named
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.store import Object, Row, Table, index_key, moment
from quickbooks_sandbox.ledger.times import to_micros
from quickbooks_sandbox.query.by_date import newest_page, page_in_order_of_date, span_of
from quickbooks_sandbox.query.properties import Comparand, predicate, property_of
from quickbooks_sandbox.query.statement import Condition, Statement, parse

DEFAULT_RESULTS = 100
MOST_RESULTS = 1000
_MICROS = 1_000_000


@dataclass(frozen=True)
class QueryAnswer:
    entity: str
    #: None for count(*).
    rows: list[Object] | None
    start_position: int
    max_results: int
    total_count: int | None


def run(books: Ledger, text: str) -> QueryAnswer:
    statement = parse(text)
    entity = entity_named(statement.entity)
    if entity is None or "query" not in entity.operations:
        raise fault("4001.entity", value=statement.entity)
    start, most = _page(books, entity, statement)
    return _Query(books, entity, statement).answer(start, most)


def _page(books: Ledger, entity: Entity, statement: Statement) -> tuple[int, int]:
    start = 1 if statement.start_position is None else statement.start_position
    most = DEFAULT_RESULTS if statement.max_results is None else statement.max_results
    if start == 0 and books.settings.startposition_zero == "one":
        start = 1
    for value in (start, most):
        if value < 1:
            raise fault("4001.small", value=value)
    if most > MOST_RESULTS:
        if books.settings.too_many_results == "refuse":
            raise fault("4001.large", value=most)
        most = MOST_RESULTS
    return start, MOST_RESULTS if entity.ignores_max_results else most


class _Query:
    def __init__(self, books: Ledger, entity: Entity, statement: Statement) -> None:
        self.entity = entity
        self.statement = statement
        self.table = books.tables[entity.name]
        self.now = books.clock.now()
        self.settings = books.settings
        #: Rows of which an older version still shows, or none yet.
        self.older = books.visibility.still_shown(entity.name, self.now)
        self.tests = [predicate(entity, condition, self.now) for condition in statement.conditions]
        self.properties = [property_of_projection(entity, name) for name in statement.properties]
        self.order = [(property_of(entity, name), descending) for name, descending in statement.order]
        if entity.is_name_list and not any(each.property.lower() == "active" for each in statement.conditions):
            self.tests.append(_is_active)
        dated = "TxnDate" in entity.field and not self.older
        self.span = span_of(self.table, statement) if dated else None

    def answer(self, start: int, most: int) -> QueryAnswer:
        if self.statement.counts:
            return QueryAnswer(self.entity.name, None, start, 0, self._count())
        rows, count = self._page(start, most)
        objects = [self._projected(row.object) for row in rows]
        total = count if self.entity.counts_lists else None
        return QueryAnswer(self.entity.name, objects, start, len(objects), total)

    def _page(self, start: int, most: int) -> tuple[list[Row], int]:
        """The rows of the page, and how many there are in all."""
        if self._is_plain_list():
            return list(islice(self.table.newest_first(), start - 1, start - 1 + most)), len(self.table.rows)
        by_date = len(self.order) == 1 and self.order[0][0].name == "TxnDate"
        if self.span is not None and (by_date or not self.order):
            page = (
                page_in_order_of_date(self.table, self.span, start, most, descending=self.order[0][1])
                if by_date
                else newest_page(self.table, self.span, start, most)
            )
            return page, len(self.span)
        found = self._sorted([row for row in self._candidates() if self._matches(row)])
        return found[start - 1 : start - 1 + most], len(found)

    def _is_plain_list(self) -> bool:
        """Everything, the newest change first: the table is kept in that order."""
        return not self.tests and not self.order and not self.entity.default_order and not self.older

    def _count(self) -> int:
        if not self.tests and not self.older:
            return len(self.table.rows)
        if self.span is not None:
            return len(self.span)
        return sum(1 for row in self._candidates() if self._matches(row))

    def _matches(self, row: Row) -> bool:
        for test in self.tests:  # noqa: SIM110 - a generator here costs more than the tests
            if not test(row):
                return False
        return True

    def _candidates(self) -> Iterable[Row]:
        if not self.older:
            return self._stored_candidates()
        shown = (row for row in self._stored_candidates() if row.id not in self.older)
        return [*shown, *(row for row in self.older.values() if row is not None)]

    def _stored_candidates(self) -> Iterable[Row]:
        for condition in self.statement.conditions:
            found = _by_index(self.entity, self.table, condition, self.now)
            if found is not None:
                return found
        return self.table.rows.values()

    def _sorted(self, rows: list[Row]) -> list[Row]:
        if self.order:
            for property, descending in reversed(self.order):
                rows.sort(key=lambda row, by=property: by.sort_key(row.object), reverse=descending)  # type: ignore[misc]
            return rows
        if not self.entity.default_order:
            return sorted(rows, key=moment, reverse=True)
        return sorted(rows, key=_by_name(self.entity))

    def _projected(self, object: Object) -> Object:
        if not self.properties or self.settings.projection == "whole":
            return object
        names = {*self.properties, "domain", "Id"}
        return {name: value for name, value in object.items() if name in names} | {"sparse": True}


def property_of_projection(entity: Entity, name: str) -> str:
    """The member of the object that holds the property, which need not be one to filter by."""
    first = name.partition(".")[0].lower()
    for field in entity.fields:
        if field.name.lower() == first:
            return field.name
    raise fault("4001.property", value=name, entity=entity.name)


def _is_active(row: Row) -> bool:
    return row.object.get("Active") is not False


def _by_name(entity: Entity) -> Callable[[Row], str]:
    name = entity.default_order
    if entity.order_ignores_case:
        return lambda row: str(row.object.get(name, "")).casefold()
    return lambda row: str(row.object.get(name, ""))


def _by_index(entity: Entity, table: Table, condition: Condition, now: datetime) -> Iterable[Row] | None:
    """Rows among which all that fulfil the condition are; None where no index helps."""
    property = property_of(entity, condition.property)
    texts = [literal.text for literal in condition.values]
    if property.time == "LastUpdatedTime" and condition.operator in (">", ">=", "="):
        since = Comparand(condition.values[0], now).moment
        return (row for row in table.changed_since(to_micros(since) // _MICROS * _MICROS) if not row.deleted)
    if condition.operator not in ("=", "IN") or "" in texts:
        return None
    if property.name == "Id":
        return [table.rows[id] for id in dict.fromkeys(texts) if id in table.rows]
    if property.name in table.indexes and not property.time:
        keys = dict.fromkeys(index_key(text) for text in texts)
        return [row for key in keys for row in table.find(property.name, key)]
    return None
