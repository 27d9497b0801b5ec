"""Rows of a list under conditions that no index serves in the list's order, such as a text that they contain.

Either such rows are many, and then a page of them is among the next few thousand rows; or they are few, and then an
index of another kind names them all. What is neither is shown as far as one looked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from tieout.pages.keyset import Mark, Order
from tieout.subledger.search import listed

Row = TypeVar("Row", bound=Model)
Place = tuple[Any, int]  # the values that a row is ordered by

# Rows looked at in the order of the list, before and after the index is asked, and rows that it may name.
GLANCED = 1_000
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
        rows, end = self._walked(mark, limit, GLANCED)
        if end is None:
            return rows, None
        if (ids := self._ids()) is not None:
            return self._of_named(ids, mark, limit), None
        more, end = self._walked(self._just_before(end), limit - len(rows), WALKED - GLANCED)
        return rows + more, self._just_before(end) if end else None

    # In the order of the list

    def _in_order(self, mark: Mark | None, until: Mark | None, limit: int) -> list[Row]:
        rows: list[Row] = []
        for section in self._sections():
            if len(rows) < limit:
                rows += self._merged(section, mark, until, limit - len(rows))
        return rows

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
            rest = self._between(part, mark, until).filter(*(each.condition for each in self.narrowings))
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

    # By the index that names them

    def _of_named(self, ids: Sequence[int], mark: Mark | None, limit: int) -> list[Row]:
        places = self._places(ids, None)
        self.number = len(places)
        if mark is not None or self.backwards:
            places = self._places(ids, mark)
        wanted = [pk for _, _, pk in places[:limit]]
        part = self.sections[0][0]
        rows = part.model._default_manager.filter(pk__in=wanted)
        rows.query.select_related, rows.query.deferred_loading = part.query.select_related, part.query.deferred_loading
        found = {row.pk: row for row in rows}
        return [found[pk] for pk in wanted if pk in found]

    def _places(self, ids: Sequence[int], mark: Mark | None) -> list[tuple[Any, int, int]]:
        """With the primary key of each."""
        places: list[tuple[Any, int, int]] = []
        parts = [part for section in self.sections for part in section]
        for part in parts:
            found = self._between(self._among(part, ids), mark, None)
            places += found.values_list(self.order.field, self.order.id, "pk")
        if len(parts) > 1:
            places.sort(reverse=self._is_falling)
        return places

    def _ids(self) -> list[int] | None:
        fewest: set[int] | None = None
        for narrowing in self.narrowings:
            if (ids := narrowing.ids(narrowing.most)) is not None:
                fewest = set(ids) if fewest is None else fewest & set(ids)
        return None if fewest is None else sorted(fewest)

    def _among(self, part: QuerySet[Row], ids: Sequence[int]) -> QuerySet[Row]:
        conditions = [each.condition for each in self.narrowings]
        if connections[part.db].vendor == "sqlite":
            # It keeps no account of how many rows an index tells apart, and might walk one of the part's own conditions
            # instead of looking up the ids; so these stand inside.
            same = part.order_by().select_related(None).filter(*conditions, pk=OuterRef("pk"))
            found = part.model._default_manager.filter(pk__in=listed(ids)).filter(Exists(same))
        else:
            found = part.filter(*conditions, pk__in=listed(ids))
        return found.order_by(*self.order.names(self.backwards))
