"""Balances of customers and vendors, whole or by age. They are dated by report_date; a range has no effect."""

from collections import defaultdict
from datetime import date

from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.open_items import PAYABLES, RECEIVABLES, Side, open_items
from quickbooks_sandbox.reports.request import DATED, Params
from quickbooks_sandbox.reports.shape import Column, amounts, grand_total, whole
from quickbooks_sandbox.reports.tree import Amounts, Tree

DATED_BY = ("report_date", *DATED, "customer", "vendor", "accounting_method", "sort_order")


def customer_balance(params: Params) -> Object:
    return _balances(params, RECEIVABLES)


def vendor_balance(params: Params) -> Object:
    return _balances(params, PAYABLES)


def aged_receivables(params: Params) -> Object:
    return _aged(params, RECEIVABLES)


def aged_payables(params: Params) -> Object:
    return _aged(params, PAYABLES)


def _balances(params: Params, side: Side) -> Object:
    params.allow(*DATED_BY)
    params.accrual_only()
    day = params.day("report_date", params.today)
    sums: defaultdict[str, Amounts] = defaultdict(lambda: [ZERO])
    for item in open_items(params.books, side, day.isoformat()):
        sums[item.party][0] += item.amount
    rows = _rows(params, side, sums, 1)
    return whole(params, (Column("", side.party), Column("Total", "Money")), rows, {"EndPeriod": day.isoformat()})


def _aged(params: Params, side: Side) -> Object:
    params.allow(*DATED_BY, "aging_period", "num_periods", "aging_method")
    params.accrual_only()
    day = params.day("report_date", params.today)
    days, periods, counted_from = aging(params, day)
    sums: defaultdict[str, Amounts] = defaultdict(lambda: [ZERO] * (periods + 2))
    for item in open_items(params.books, side, day.isoformat()):
        sums[item.party][place_of(item.due, counted_from, days, periods)] += item.amount
        sums[item.party][-1] += item.amount
    rows = _rows(params, side, sums, periods + 2)
    columns = [Column("", side.party), *(Column(title, "Money") for title in _titles(days, periods))]
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


def _rows(params: Params, side: Side, sums: dict[str, Amounts], width: int) -> list[Object]:
    """One row for each name with a balance, sub-customers under their parent, the sum at the end."""
    wanted = params.ids(side.party.lower())
    chosen = {id: row for id, row in sums.items() if not wanted or id in wanted}
    names = (row.object for row in params.books.tables[side.party].rows.values())
    tree = Tree(names, chosen, width, shown=lambda name: str(name["DisplayName"]))
    rows = tree.rows()
    return [*rows, grand_total("TOTAL", *amounts(tree.total()))] if rows else []
