"""Rows for entries of a list: each with what lies below it, and the sum of both."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from quickbooks_sandbox.ledger.numbers import ZERO, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.shape import amounts, cells, data, section

#: The amounts of one row, one for each column.
Amounts = list[Decimal]


class Tree:
    """Only what has an amount, or something with one below it, makes a row."""

    def __init__(
        self,
        objects: Iterable[Object],
        sums: Mapping[str, Amounts],
        width: int,
        *,
        shown: Callable[[Object], str],
        order: str = "",
    ) -> None:
        self.width = width
        self.shown = shown
        self.order = order
        known = {one["Id"]: one for one in objects}
        self.sums = {id: row for id, row in sums.items() if id in known and any(row)}
        self.below: dict[str, list[Object]] = {}
        for one in known.values():
            parent = one.get("ParentRef", {}).get("value", "")
            self.below.setdefault(parent if parent in known else "", []).append(one)

    def rows(self) -> list[Object]:
        return [row for one in self._children("") for row in self._rows(one)]

    def total(self) -> Amounts:
        return added(self.sums.values(), self.width)

    def _rows(self, one: Object) -> list[Object]:
        own = self.sums.get(one["Id"])
        below = [row for child in self._children(one["Id"]) for row in self._rows(child)]
        name = (self.shown(one), one["Id"])
        if not below:
            return [data(name, *amounts(own))] if own else []
        head = cells(name, *amounts(own or [ZERO] * self.width))
        return [section(head, below, cells(f"Total {name[0]}", *amounts(self._with_below(one["Id"]))))]

    def _children(self, id: str) -> list[Object]:
        found = sorted(self.below.get(id, []), key=lambda one: self.shown(one).casefold())
        if self.order:
            found.sort(key=lambda one: self._with_below(one["Id"])[-1], reverse=self.order == "descend")
        return found

    def _with_below(self, id: str) -> Amounts:
        rows = [self.sums[id]] if id in self.sums else []
        return added([*rows, *(self._with_below(one["Id"]) for one in self.below.get(id, []))], self.width)


def added(rows: Iterable[Amounts], width: int) -> Amounts:
    kept = list(rows)
    return [total(row[place] for row in kept) for place in range(width)]
