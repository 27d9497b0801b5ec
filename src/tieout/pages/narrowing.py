"""Rows of a list under conditions that no index serves in the list's order, such as a text that they contain.

Either such rows are many, and then a page of them is among the next thousand rows; or they are few, and then an index
of another kind names them all. What is neither is shown as far as one looked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from tieout.pages.keyset import Mark, Order
from tieout.subledger.search import listed

Row = TypeVar("Row", bound=Model)
Place = tuple[Any, int]  # the values that a row is ordered by

# Rows looked at in the order of the list, for each that is wanted, before the index is asked; rows looked at where it
# does not help; and rows that it may name.
GLANCED = 20
WALKED = 5_000
NAMED = 5_000


@dataclass(frozen=True)
class Narrowing:
    """`ids(most)` names all rows that may fulfil the condition, or None if they are more than `most`."""

    condition: Q
    ids: Callable[[int], list[int] | None]
    most: int = NAMED


@dataclass
class Look(Generic[Row]):
    sections: Sequence[Sequence[QuerySet[Row]]]
    order: Order
    backwards: bool = False
    narrowings: Sequence[Narrowing] = ()
    # How many there are in all, where that has come to be known.
    number: int | None = field(default=None, init=False)

    def rows(self, mark: Mark | None, limit: int) -> tuple[list[Row], Mark | None]:
        """And where one stopped, if there may be more beyond that was not looked at."""
        if not self.narrowings:
            return self._in_order(mark, None, limit), None
        far = min(GLANCED * limit, WALKED)
        rows = self._glanced(mark, limit, far)
        if len(rows) == limit:
            return rows, None
        are_few = len(rows) * WALKED < limit * far  # so that a longer walk would not fill the page either
        if are_few and self._ids is not None:
            return self._of_named(self._ids, mark, limit), None
        rows, end = self._walked(mark, limit, WALKED)
        if end is None:
            return rows, None
        if self._ids is not None:
            return self._of_named(self._ids, mark, limit), None
        return rows, self._just_before(end)

    def first(self, limit: int) -> list[Row]:
        """For a few rows, of which most searches find no more, the index is asked at once."""
        if self._ids is not None:
            return list(self._like_parts(self._among(self._ids))[:limit]) if self._ids else []
        return self.rows(None, limit)[0]

    # In the order of the list

    def _in_order(self, mark: Mark | None, until: Mark | None, limit: int) -> list[Row]:
        rows: list[Row] = []
        for section in self._sections():
            if len(rows) < limit:
                rows += self._merged(section, mark, until, limit - len(rows))
        return rows

    def _glanced(self, mark: Mark | None, limit: int, far: int) -> list[Row]:
        """By one statement, which several parts cannot be looked at with."""
        parts = self._sections()[0]
        if len(parts) > 1:
            return []
        names = self.order.names(self.backwards)
        near: Any = self._between(parts[0], mark, None).order_by(*names).values("pk")[:far]
        if connections[near.db].vendor == "postgresql":
            # As an array, since what is joined it might look for among all rows.
            statement, values = near.query.sql_with_params()
            near = RawSQL(f"SELECT unnest(ARRAY({statement}))", values)  # noqa: S611 - as Django put it together
        rows = parts[0].model._default_manager.filter(*self._conditions, pk__in=near)
        return list(self._like_parts(rows).order_by(*names)[:limit])

    def _walked(self, mark: Mark | None, limit: int, far: int) -> tuple[list[Row], Mark | None]:
        rows: list[Row] = []
        for section in self._sections():
            until = self._end_of_walk(section, mark, far)
            rows += self._merged(section, mark, until, limit - len(rows))
            if len(rows) == limit:
                return rows, None
            if until is not None:
                return rows, until
        return rows, None

    def _sections(self) -> Sequence[Sequence[QuerySet[Row]]]:
        return list(reversed(self.sections)) if self.backwards else self.sections

    def _merged(self, section: Sequence[QuerySet[Row]], mark: Mark | None, until: Mark | None, limit: int) -> list[Row]:
        rows: list[Row] = []
        for part in section:
            rest = self._between(part, mark, until).filter(*self._conditions)
            rows += rest.order_by(*self.order.names(self.backwards))[:limit]
        if len(section) > 1:
            rows.sort(key=self.order.key, reverse=self._is_falling)
        return rows[:limit]

    def _between(self, part: QuerySet[Row], mark: Mark | None, until: Mark | None) -> QuerySet[Row]:
        if mark is not None:
            part = part.filter(self.order.beyond(mark, self.backwards))
        return part.filter(self.order.beyond(until, not self.backwards)) if until is not None else part

    def _end_of_walk(self, section: Sequence[QuerySet[Row]], mark: Mark | None, far: int) -> Mark | None:
        """The first row that is not looked at: the nearest of the parts', so that nothing before it is left out."""
        ends: list[Place] = []
        for part in section:
            rest = self._between(part, mark, None).order_by(*self.order.names(self.backwards))
            ends += rest.values_list(self.order.field, self.order.id)[far : far + 1]
        if not ends:
            return None
        value, id_ = max(ends) if self._is_falling else min(ends)
        return Mark(0, id_, value)

    def _just_before(self, mark: Mark) -> Mark:
        return Mark(mark.number, mark.id + (1 if self._is_falling else -1), mark.value)

    def just_beyond(self, mark: Mark) -> Mark:
        return Mark(mark.number, mark.id - (1 if self._is_falling else -1), mark.value)

    @property
    def _is_falling(self) -> bool:
        return self.order.descending != self.backwards

    @property
    def _conditions(self) -> list[Q]:
        return [each.condition for each in self.narrowings]

    # By the index that names them

    def _of_named(self, ids: Sequence[int], mark: Mark | None, limit: int) -> list[Row]:
        if not ids:
            self.number = 0
            return []
        among = self._among(ids)
        places = among.values_list("pk", flat=True)
        self.number = len(places)
        wanted = list((self._between(places, mark, None) if mark else places)[:limit])
        rows = self._like_parts(among.model._default_manager.filter(pk__in=wanted))
        found = {row.pk: row for row in rows}
        return [found[pk] for pk in wanted if pk in found]

    @cached_property
    def _ids(self) -> list[int] | None:
        fewest: set[int] | None = None
        for narrowing in self.narrowings:
            if (ids := narrowing.ids(narrowing.most)) is not None:
                fewest = set(ids) if fewest is None else fewest & set(ids)
        return None if fewest is None else sorted(fewest)

    def _among(self, ids: Sequence[int]) -> QuerySet[Row]:
        parts = [part.order_by().filter(*self._conditions) for section in self.sections for part in section]
        alike = reduce(or_, parts)
        if connections[alike.db].vendor == "sqlite":
            # It keeps no account of how many rows an index tells apart, and might walk one of the part's own conditions
            # instead of looking up the ids; so these stand inside.
            same = alike.select_related(None).filter(pk=OuterRef("pk"))
            found = alike.model._default_manager.filter(Exists(same), pk__in=listed(ids))
        else:
            found = alike.filter(pk__in=listed(ids))
        return found.order_by(*self.order.names(self.backwards))

    def _like_parts(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """With the columns that they read, and no more."""
        part = self.sections[0][0]
        rows.query.select_related, rows.query.deferred_loading = part.query.select_related, part.query.deferred_loading
        return rows
