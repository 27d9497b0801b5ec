"""Questions for a span of days, answered with work in proportion to the page that is asked for."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from quickbooks_sandbox.ledger.store import Row, Table, moment
from quickbooks_sandbox.query.statement import Condition, Statement

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OPERATORS = ("=", "<", ">", "<=", ">=")


def span_of(table: Table, statement: Statement) -> range | None:
    """The places by date of all that fulfils the conditions; None if they ask for anything else."""
    conditions = statement.conditions
    if not conditions or not all(map(_is_on_date, conditions)):
        return None
    spans = [table.by_date.span(each.operator, each.values[0].text) for each in conditions]
    low = max(span.start for span in spans)
    return range(low, max(low, min(span.stop for span in spans)))


def _is_on_date(condition: Condition) -> bool:
    literal = condition.values[0]
    return (
        condition.property.lower() == "txndate"
        and condition.operator in _OPERATORS
        and literal.kind == "STRING"
        and _DAY.fullmatch(literal.text) is not None
    )


def page_in_order_of_date(table: Table, span: range, start: int, most: int, *, descending: bool) -> list[Row]:
    ordered = span[::-1] if descending else span
    return [table.rows[id] for id in table.by_date.ids(ordered[start - 1 : start - 1 + most])]


def newest_page(table: Table, span: range, start: int, most: int) -> list[Row]:
    """Of many days the newest changes are looked through until the page is full; of few, the days are."""
    wanted = start - 1 + most
    if wanted * len(table.rows) < len(span) ** 2:
        rows: Iterable[Row] = _newest_among(table, span)
    else:
        rows = sorted((table.rows[id] for id in table.by_date.ids(span)), key=moment, reverse=True)
    return list(islice(rows, start - 1, wanted))


def _newest_among(table: Table, span: range) -> Iterator[Row]:
    first, last = table.by_date.day(span[0]), table.by_date.day(span[-1])
    return (row for row in table.newest_first() if first <= row.object["TxnDate"] <= last)
