"""Pages of a long list, found by where the last page ended and never by counting past rows: the last page of a
million costs what the first does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)

COUNTED_TO = 10_000
SIZES = (25, 50, 100)
DEFAULT_SIZE = 50
# "All" is sent in parts of this size, each asking for the next when it is reached.
PART = 500


@dataclass(frozen=True)
class Order:
    field: str
    descending: bool = True

    def names(self, backwards: bool) -> tuple[str, str]:
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.field}", f"{sign}id"

    def beyond(self, mark: Mark, backwards: bool) -> Q:
        # Not `a < x OR (a = x AND id < y)`, which SQLite answers by walking from the start of the index.
        side = "lt" if self.descending != backwards else "gt"
        return Q(**{f"{self.field}__{side}e": mark.value}) & (
            Q(**{f"{self.field}__{side}": mark.value}) | Q(**{f"id__{side}": mark.id})
        )


@dataclass(frozen=True)
class Mark:
    """A row's place in a list, as it is in the address: its number, id and the value it is ordered by."""

    number: int
    id: int
    value: Any

    def __str__(self) -> str:
        value = self.value.isoformat() if hasattr(self.value, "isoformat") else str(self.value)
        return f"{self.number}.{self.id}.{value}"

    @classmethod
    def parse(cls, text: str, model: type[Model], order: Order) -> Mark | None:
        """None for what somebody mistyped: the list then starts at its beginning."""
        number, _, rest = text.partition(".")
        row_id, _, value = rest.partition(".")
        if not (number.isdecimal() and row_id.isdecimal()) or max(len(number), len(row_id)) > 18 or "\0" in value:
            return None
        try:
            field = model._meta.get_field(order.field)
            return cls(int(number), int(row_id), field.to_python(value))  # type: ignore[union-attr]
        except ValidationError:
            return None


@dataclass(frozen=True)
class Total:
    number: int
    capped: bool

    def __str__(self) -> str:
        return f"more than {COUNTED_TO:,}" if self.capped else f"{self.number:,}"


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """`previous` and `next` are the parameters of the neighbouring pages, empty where there is none."""

    rows: list[Row]
    first: int
    total: Total
    previous: str
    next: str
    size: str

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


# Parts of a list without a row in common, that are to be merged; each walks an index of its own.
Section = Sequence[QuerySet[Row]]


def listing(sections: Sequence[Section[Row]], order: Order, query: QueryDict) -> Listing[Row]:
    """`sections` follow each other in the order: every row of the first comes before any of the second."""
    size = query.get("per", str(DEFAULT_SIZE))
    limit = int(size) if size in map(str, SIZES) else PART if size == "all" else DEFAULT_SIZE
    model = sections[0][0].model
    before = Mark.parse(query.get("before", ""), model, order)
    after = None if before else Mark.parse(query.get("after", ""), model, order)
    rows = _rows(sections, order, before or after, bool(before), limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    if before:
        rows.reverse()
        first = max(before.number - len(rows), 1) if more else 1
    else:
        first = after.number + 1 if after else 1
    is_last = not (before or more)
    return Listing(
        rows=rows,
        first=first,
        total=Total(first + len(rows) - 1, capped=False) if is_last else _total(sections),
        previous=_address("before", rows[0], first, order) if rows and (more if before else after) else "",
        next=_address("after", rows[-1], first + len(rows) - 1, order) if rows and not is_last else "",
        size=size if size == "all" else str(limit),
    )


def _rows(sections: Sequence[Section[Row]], order: Order, mark: Mark | None, backwards: bool, limit: int) -> list[Row]:
    rows: list[Row] = []
    for section in reversed(sections) if backwards else sections:
        if len(rows) < limit:
            rows += _merged(section, order, mark, backwards, limit - len(rows))
    return rows


def _merged(section: Section[Row], order: Order, mark: Mark | None, backwards: bool, limit: int) -> list[Row]:
    rows: list[Row] = []
    for part in section:
        rest = part.filter(order.beyond(mark, backwards)) if mark else part
        rows += rest.order_by(*order.names(backwards))[:limit]
    if len(section) > 1:
        rows.sort(key=lambda row: (getattr(row, order.field), row.pk), reverse=order.descending != backwards)
    return rows[:limit]


def _total(sections: Sequence[Section[Row]]) -> Total:
    number = 0
    for part in chain.from_iterable(sections):
        # Without an order the database may stop at any rows; the columns are dropped from the inner query.
        number += part.order_by()[: COUNTED_TO + 1 - number].count() if number <= COUNTED_TO else 0
    return Total(min(number, COUNTED_TO), number > COUNTED_TO)


def _address(parameter: str, row: Model, number: int, order: Order) -> str:
    return urlencode({parameter: Mark(number, row.pk, getattr(row, order.field))})
