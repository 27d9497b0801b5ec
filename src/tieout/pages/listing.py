"""One page of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from tieout.pages.keyset import Mark, Order, address
from tieout.pages.narrowing import Look, Narrowing

Row = TypeVar("Row", bound=Model)

COUNTED_TO = 10_000
SIZES = (25, 50, 100)
DEFAULT_SIZE = 50
# "All" is sent in parts of this size, each asking for the next when it is reached.
PART = 500


@dataclass(frozen=True)
class Total:
    number: int
    capped: bool

    def __str__(self) -> str:
        return f"more than {self.number:,}" if self.capped else f"{self.number:,}"


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """`previous` and `next` are the parameters of the neighbouring pages, empty where there is none. `partly`: not
    all rows were looked at, since too many could match; the next page looks on from there."""

    rows: list[Row]
    first: int
    total: Total
    previous: str
    next: str
    size: str
    partly: bool = False

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


# Parts of a list without a row in common, that are to be merged; each walks an index of its own.
Section = Sequence[QuerySet[Row]]


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    size: str
    limit: int
    before: Mark | None
    after: Mark | None

    @classmethod
    def parse(cls, query: QueryDict, model: type[Model], order: Order) -> Asked:
        size = query.get("per", str(DEFAULT_SIZE))
        limit = int(size) if size in map(str, SIZES) else PART if size == "all" else DEFAULT_SIZE
        before = Mark.parse(query.get("before", ""), model, order)
        after = None if before else Mark.parse(query.get("after", ""), model, order)
        return cls(size if size == "all" else str(limit), limit, before, after)

    @property
    def mark(self) -> Mark | None:
        return self.before or self.after


def listing(
    sections: Sequence[Section[Row]],
    order: Order,
    query: QueryDict,
    narrowings: Sequence[Narrowing] = (),
    total: int | QuerySet[Any, Any] | None = None,
) -> Listing[Row]:
    """`sections` follow each other in the order: every row of the first comes before any of the second.
    `narrowings` are conditions that no index serves in this order. `total`: if it is known, or what is to be
    counted instead, since an index tells it at less cost."""
    asked = Asked.parse(query, sections[0][0].model, order)
    look = Look(sections, order, backwards=bool(asked.before), narrowings=narrowings)
    rows, reached = look.rows(asked.mark, asked.limit + 1)
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    if asked.before:
        rows.reverse()
        first = max(asked.before.number - len(rows), 1) if more or reached else 1
    else:
        first = asked.after.number + 1 if asked.after else 1
    last = first + len(rows) - 1
    ends = [Mark.of(rows[0], first, order), Mark.of(rows[-1], last, order)] if rows else [None, None]
    if reached and not more:
        ahead: Mark | None = reached.numbered(first if asked.before else last)
    else:
        ahead = ends[0 if asked.before else 1] if more else None
    # Of a page without rows it is the place where it was to begin.
    behind = (ends[1 if asked.before else 0] or look.just_beyond(asked.mark)) if asked.mark else None
    is_last = not (asked.before or ahead)
    return Listing(
        rows=rows,
        first=first,
        total=Total(last, capped=False) if is_last else _total(look, total, last),
        previous=address("before", ahead if asked.before else behind),
        next=address("after", behind if asked.before else ahead),
        size=asked.size,
        partly=reached is not None,
    )


def _total(look: Look[Row], told: int | QuerySet[Any, Any] | None, last: int) -> Total:
    if isinstance(told, int):
        return Total(told, capped=False)
    if look.narrowings:
        return Total(last, capped=True) if look.number is None else Total(look.number, capped=False)
    # Without an order the database may stop at any rows; the columns are dropped from the inner query.
    parts = [told] if told is not None else [part.order_by() for part in chain.from_iterable(look.sections)]
    number = 0
    for part in parts:
        number += part[: COUNTED_TO + 1 - number].count() if number <= COUNTED_TO else 0
    return Total(min(number, COUNTED_TO), number > COUNTED_TO)
