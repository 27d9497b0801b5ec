"""Balances of customers and vendors, whole or by age. They are dated by report_date; a range has no effect."""

from collections import defaultdict
from datetime import date

from quickbooks_sandbox.books.numbers import ZERO
from quickbooks_sandbox.books.reports.open_items import PAYABLES, RECEIVABLES, Ledger, open_items
from quickbooks_sandbox.books.reports.request import DATED, Params
from quickbooks_sandbox.books.reports.shape import Column, amounts, grand_total, whole
from quickbooks_sandbox.books.reports.tree import Amounts, Tree
from quickbooks_sandbox.books.store import Object

DATED_BY = ("report_date", *DATED, "customer", "vendor", "accounting_method", "sort_order")


def customer_balance(params: Params) -> Object:
    return _balances(params, RECEIVABLES)


def vendor_balance(params: Params) -> Object:
    return _balances(params, PAYABLES)


def aged_receivables(params: Params) -> Object:
    return _aged(params, RECEIVABLES)


def aged_payables(params: Params) -> Object:
    return _aged(params, PAYABLES)


def _balances(params: Params, ledger: Ledger) -> Object:
    params.allow(*DATED_BY)
    params.accrual_only()
    day = params.day("report_date", params.today)
    sums: defaultdict[str, Amounts] = defaultdict(lambda: [ZERO])
    for item in open_items(params.books, ledger, day.isoformat()):
        sums[item.party][0] += item.amount
    rows = _rows(params, ledger, sums, 1)
    return whole(params, (Column("", ledger.party), Column("Total", "Money")), rows, {"EndPeriod": day.isoformat()})


def _aged(params: Params, ledger: Ledger) -> Object:
    params.allow(*DATED_BY, "aging_period", "num_periods", "aging_method")
    params.accrual_only()
    day = params.day("report_date", params.today)
    days, periods, counted_from = aging(params, day)
    sums: defaultdict[str, Amounts] = defaultdict(lambda: [ZERO] * (periods + 2))
    for item in open_items(params.books, ledger, day.isoformat()):
        sums[item.party][place_of(item.due, counted_from, days, periods)] += item.amount
        sums[item.party][-1] += item.amount
    rows = _rows(params, ledger, sums, periods + 2)
    columns = [Column("", ledger.party), *(Column(title, "Money") for title in _titles(days, periods))]
    return whole(params, columns, rows, {"EndPeriod": day.isoformat()})


def aging(params: Params, day: date) -> tuple[int, int, date]:
    """The days of a period, how many periods, and the day from which it is counted how late something is."""
    method = params.one_of("aging_method", "Report_Date", "Report_Date", "Current")
    counted_from = params.today if method == "Current" else day
    return params.count("aging_period", 30), params.count("num_periods", 4), counted_from


def place_of(due: str, counted_from: date, days: int, periods: int) -> int:
    """0 for what is not late, then by period; the last takes all that is older."""
    late = (counted_from - date.fromisoformat(due)).days
    return 0 if late <= 0 else min((late - 1) // days + 1, periods)


def _titles(days: int, periods: int) -> list[str]:
    spans = [f"{n * days + 1} - {(n + 1) * days}" for n in range(periods - 1)]
    return ["Current", *spans, f"{(periods - 1) * days + 1} and over", "Total"]


def _rows(params: Params, ledger: Ledger, sums: dict[str, Amounts], width: int) -> list[Object]:
    """One row for each name with a balance, sub-customers under their parent, the sum at the end."""
    wanted = params.ids(ledger.party.lower())
    chosen = {id: row for id, row in sums.items() if not wanted or id in wanted}
    names = (row.object for row in params.books.tables[ledger.party].rows.values())
    tree = Tree(names, chosen, width, shown=lambda name: str(name["DisplayName"]))
    rows = tree.rows()
    return [*rows, grand_total("TOTAL", *amounts(tree.total()))] if rows else []
