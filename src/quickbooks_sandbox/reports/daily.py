"""Sums of each day, kept from one report to the next: what accounts moved by, and what was sold.

Rows are never changed in place, so a row that is the same object adds what it did; only rows that came, went or
changed since the last report are worked out anew.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from quickbooks_sandbox.entities.foreign import home_postings
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Row
from quickbooks_sandbox.ledger.work import Work

Key = TypeVar("Key", bound=Hashable)
#: By key and day.
Days = defaultdict[Key, defaultdict[str, Decimal]]


class KeptSums(Generic[Key]):
    def __init__(
        self,
        kinds: Callable[[Ledger], Iterable[Entity]],
        amounts: Callable[[Work, Entity, Row], Iterable[tuple[Key, Decimal]]],
    ) -> None:
        """`kinds` of transactions count, each with the `amounts` that it adds on its day."""
        self._kinds, self._amounts = kinds, amounts
        self._kept: WeakKeyDictionary[Ledger, _Kept[Key]] = WeakKeyDictionary()

    def __call__(self, books: Ledger) -> Days[Key]:
        kept = self._kept.get(books)
        if kept is None:
            kept = self._kept[books] = _Kept(self._amounts)
        kept.bring_up_to_date(books, self._kinds(books))
        return kept.days


class _Kept(Generic[Key]):
    def __init__(self, amounts: Callable[[Work, Entity, Row], Iterable[tuple[Key, Decimal]]]) -> None:
        self.days: Days[Key] = defaultdict(lambda: defaultdict(lambda: ZERO))
        self.seen: defaultdict[str, dict[str, Row]] = defaultdict(dict)
        self._amounts = amounts

    def bring_up_to_date(self, books: Ledger, kinds: Iterable[Entity]) -> None:
        work = Work(books)
        for rules in kinds:
            seen, rows = self.seen[rules.name], books.tables[rules.name].rows
            changed = [row for id, row in rows.items() if seen.get(id) is not row]
            for row in changed:
                if row.id in seen:
                    self._add(work, rules, seen[row.id], -1)
                self._add(work, rules, row, 1)
                seen[row.id] = row
            if len(seen) > len(rows):
                for id in seen.keys() - rows.keys():
                    self._add(work, rules, seen.pop(id), -1)

    def _add(self, work: Work, rules: Entity, row: Row, sign: int) -> None:
        day = row.object["TxnDate"]
        for key, amount in self._amounts(work, rules, row):
            self.days[key][day] += amount if sign > 0 else -amount


def posting_kinds(books: Ledger) -> Iterator[Entity]:
    """The entities that are transactions; some, such as estimates, post nothing."""
    return (rules for rules in books.registry.values() if "TxnDate" in rules.field)


def _postings(work: Work, rules: Entity, row: Row) -> Iterable[tuple[str, Decimal]]:
    postings = rules.postings(work, row.object)
    if "ExchangeRate" not in row.object:
        return postings
    return home_postings(work, row.object, postings, row.internal.get("exchange", ZERO))


#: Debit less credit in the home currency, by account and day.
daily = KeptSums(posting_kinds, _postings)
