"""What each account moved by on each day, kept from one report to the next.

Rows are never changed in place, so a row that is the same object posts what it did; only rows that came, went or
changed since the last report are worked out anew.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from weakref import WeakKeyDictionary

from quickbooks_sandbox.entities.foreign import home_postings
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Row
from quickbooks_sandbox.ledger.work import Work

#: Debit less credit in the home currency, by account and day.
Days = defaultdict[str, defaultdict[str, Decimal]]


def posting_kinds(books: Ledger) -> Iterator[Entity]:
    """The entities that are transactions; some, such as estimates, post nothing."""
    return (rules for rules in books.registry.values() if "TxnDate" in rules.field)


def daily(books: Ledger) -> Days:
    kept = _KEPT.get(books)
    if kept is None:
        kept = _KEPT[books] = _Daily()
    kept.bring_up_to_date(books)
    return kept.days


class _Daily:
    def __init__(self) -> None:
        self.days: Days = defaultdict(lambda: defaultdict(lambda: ZERO))
        self.seen: defaultdict[str, dict[str, Row]] = defaultdict(dict)

    def bring_up_to_date(self, books: Ledger) -> None:
        work = Work(books)
        for rules in posting_kinds(books):
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
        postings = rules.postings(work, row.object)
        if "ExchangeRate" in row.object:
            postings = home_postings(work, row.object, postings, row.internal.get("exchange", ZERO))
        for account, debit in postings:
            self.days[account][day] += debit if sign > 0 else -debit


_KEPT: "WeakKeyDictionary[Ledger, _Daily]" = WeakKeyDictionary()
