"""Transactions in the order of their dates, so that a question for a span of days need not look at all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

#: A date, and an id in an order in which 9 comes before 10.
Entry = tuple[str, int, str]
_date = itemgetter(0)


def entry(object: dict[str, Any]) -> Entry:
    id = object["Id"]
    return object["TxnDate"], len(id), id


class ByDate:
    def __init__(self, objects: Iterable[dict[str, Any]]) -> None:
        self._entries = sorted(map(entry, objects))

    def replace(self, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        old, new = before and entry(before), after and entry(after)
        if old == new:
            return
        if old:
            del self._entries[bisect_left(self._entries, old)]
        if new:
            self._entries.insert(bisect_left(self._entries, new), new)

    def span(self, operator: str, date: str) -> range:
        """The places of what lies before, on or after the date."""
        first, behind = (bisect(self._entries, date, key=_date) for bisect in (bisect_left, bisect_right))
        low = {">=": first, "=": first, ">": behind}.get(operator, 0)
        high = {"<=": behind, "=": behind, "<": first}.get(operator, len(self._entries))
        return range(low, max(low, high))

    def day(self, place: int) -> str:
        return self._entries[place][0]

    def ids(self, places: range) -> Iterator[str]:
        """In either direction, as the range has it."""
        return (self._entries[place][2] for place in places)
