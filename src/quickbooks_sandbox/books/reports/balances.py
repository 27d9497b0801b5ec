"""Balances of customers and vendors, whole or by age. They are dated by report_date; a range has no effect."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.numbers import ZERO, total
from quickbooks_sandbox.books.reports.open_items import PAYABLES, RECEIVABLES, Ledger, open_items
from quickbooks_sandbox.books.reports.request import Params
from quickbooks_sandbox.books.reports.shape import amount, cells, data, grand_total, section, whole
from quickbooks_sandbox.books.store import Object

if TYPE_CHECKING:
    from quickbooks_sandbox.books.company import Books

#: The amounts of one row, one for each column.
Amounts = list[Decimal]

_DATED = ("report_date", "start_date", "end_date", "customer", "vendor", "accounting_method")


def customer_balance(books: "Books", params: Params) -> Object:
    return _balances(books, params, RECEIVABLES)


def vendor_balance(books: "Books", params: Params) -> Object:
    return _balances(books, params, PAYABLES)


def aged_receivables(books: "Books", params: Params) -> Object:
    return _aged(books, params, RECEIVABLES)


def aged_payables(books: "Books", params: Params) -> Object:
    return _aged(books, params, PAYABLES)


def _balances(books: "Books", params: Params, ledger: Ledger) -> Object:
    params.allow(*_DATED)
    day = params.day("report_date", params.today)
    sums: defaultdict[str, Amounts] = defaultdict(lambda: [ZERO])
    for item in open_items(books, ledger, day.isoformat()):
        sums[item.party][0] += item.amount
    rows = _Rows(books, ledger, params, sums, 1).read()
    return whole(params, (("", ledger.party), ("Total", "Money")), rows, EndPeriod=day.isoformat())


def _aged(books: "Books", params: Params, ledger: Ledger) -> Object:
    params.allow(*_DATED, "aging_period", "num_periods", "aging_method")
    day = params.day("report_date", params.today)
    counted_from = day
    if params.one_of("aging_method", "Report_Date", "Report_Date", "Current") == "Current":
        counted_from = params.today
    days, periods = params.count("aging_period", 30), params.count("num_periods", 4)
    sums: defaultdict[str, Amounts] = defaultdict(lambda: [ZERO] * (periods + 2))
    for item in open_items(books, ledger, day.isoformat()):
        late = (counted_from - date.fromisoformat(item.due)).days
        place = 0 if late <= 0 else min((late - 1) // days + 1, periods)
        sums[item.party][place] += item.amount
        sums[item.party][-1] += item.amount
    rows = _Rows(books, ledger, params, sums, periods + 2).read()
    columns = [("", ledger.party), *((title, "Money") for title in _titles(days, periods))]
    return whole(params, columns, rows, EndPeriod=day.isoformat())


def _titles(days: int, periods: int) -> list[str]:
    spans = [f"{n * days + 1} - {(n + 1) * days}" for n in range(periods - 1)]
    return ["Current", *spans, f"{(periods - 1) * days + 1} and over", "Total"]


class _Rows:
    """One row for each name with a balance, sub-customers under their parent, the sum at the end."""

    def __init__(self, books: "Books", ledger: Ledger, params: Params, sums: dict[str, Amounts], width: int) -> None:
        self.table = books.tables[ledger.party]
        wanted = params.ids(ledger.party.lower())
        self.sums = {id: row for id, row in sums.items() if any(row) and (not wanted or id in wanted)}
        self.width = width

    def read(self) -> list[Object]:
        names = sorted((row.object for row in self.table.rows.values()), key=lambda one: one["DisplayName"].casefold())
        rows = [row for one in names if "ParentRef" not in one for row in self._rows(one)]
        if rows:
            rows.append(grand_total("TOTAL", *map(amount, self._sum(list(self.sums)))))
        return rows

    def _rows(self, name: Object) -> list[Object]:
        own = self.sums.get(name["Id"])
        below = [row for child in self._children(name) for row in self._rows(child)]
        shown = (name["DisplayName"], name["Id"])
        if not below:
            return [data(shown, *map(amount, own))] if own else []
        head = cells(shown, *map(amount, own or [ZERO] * self.width))
        sums = self._sum(self._family(name))
        return [section(head, below, cells(f"Total {name['DisplayName']}", *map(amount, sums)))]

    def _children(self, name: Object) -> list[Object]:
        if "ParentRef" not in self.table.indexes:
            return []
        return [row.object for row in self.table.find("ParentRef", name["Id"])]

    def _family(self, name: Object) -> list[str]:
        return [name["Id"], *(id for child in self._children(name) for id in self._family(child))]

    def _sum(self, ids: list[str]) -> Amounts:
        rows = [self.sums[id] for id in ids if id in self.sums]
        return [total(row[place] for row in rows) for place in range(self.width)]
