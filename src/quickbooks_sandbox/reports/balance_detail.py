"""What is open, transaction by transaction: by customer or vendor, or by how late it is."""

from datetime import date

from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.balances import DATED_BY, aging, place_of
from quickbooks_sandbox.reports.cells import Sheet, Subject
from quickbooks_sandbox.reports.open_items import PAYABLES, RECEIVABLES, Side, open_items
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.shape import cells, data, section, summary, whole
from quickbooks_sandbox.reports.transactions import arranged, by_date

_BALANCE_COLUMNS = ("tx_date", "txn_type", "doc_num", "due_date", "subt_amount", "subt_open_bal", "rbal_open_bal")


def customer_balance_detail(params: Params) -> Object:
    return _by_party(params, RECEIVABLES)


def vendor_balance_detail(params: Params) -> Object:
    return _by_party(params, PAYABLES)


def aged_receivable_detail(params: Params) -> Object:
    return _by_age(params, RECEIVABLES, "cust_name")


def aged_payable_detail(params: Params) -> Object:
    return _by_age(params, PAYABLES, "vend_name")


def _by_party(params: Params, side: Side) -> Object:
    sheet = Sheet(params, *_BALANCE_COLUMNS)
    params.allow(*DATED_BY, "columns", "sort_by", "sort_order")
    params.accrual_only()
    day = params.day("report_date", params.today)
    found = _open(params, side, day)
    rows = []
    names = params.books.tables[side.party].rows
    for party in sorted(found, key=lambda id: names[id].object["DisplayName"].casefold()):
        name = names[party].object["DisplayName"]
        members = _running(arranged(params, [one for _, one in found[party]], by_date))
        below = [data(*sheet.cells(one)) for one in members]
        rows.append(section(cells(*sheet.head((name, party))), below, cells(*sheet.foot(f"Total for {name}", members))))
    return _whole(params, sheet, rows, found, day)


def _by_age(params: Params, side: Side, name: str) -> Object:
    sheet = Sheet(params, "tx_date", "txn_type", "doc_num", name, "due_date", "subt_amount", "subt_open_bal")
    params.allow(*DATED_BY, "aging_period", "num_periods", "aging_method", "columns", "sort_by", "sort_order")
    params.accrual_only()
    day = params.day("report_date", params.today)
    days, periods, counted_from = aging(params, day)
    found = _open(params, side, day)
    ages: dict[int, list[Subject]] = {}
    for due, one in (each for members in found.values() for each in members):
        ages.setdefault(place_of(due, counted_from, days, periods), []).append(one)
    rows = []
    for place in sorted(ages, reverse=True):
        title = _title(place, days, periods)
        below = [data(*sheet.cells(one)) for one in arranged(params, ages[place], by_date)]
        foot = sheet.foot(f"Total for {title}", ages[place])
        rows.append(section(cells(*sheet.head(title)), below, cells(*foot)))
    return _whole(params, sheet, rows, found, day)


_Found = dict[str, list[tuple[str, Subject]]]


def _open(params: Params, side: Side, day: date) -> _Found:
    """By customer or vendor: when what is open is due, and its row."""
    wanted = params.ids(side.party.lower())
    found: _Found = {}
    for item in open_items(params.books, side, day.isoformat()):
        if item.amount and (not wanted or item.party in wanted):
            one = Subject(params.work, item.entity, item.object, amount=item.whole, open=item.amount)
            found.setdefault(item.party, []).append((item.due, one))
    return found


def _running(found: list[Subject]) -> list[Subject]:
    balance, kept = ZERO, []
    for one in found:
        balance += one.open
        kept.append(one.with_balance(balance))
    return kept


def _whole(params: Params, sheet: Sheet, rows: list[Object], found: _Found, day: date) -> Object:
    every = [one for members in found.values() for _, one in members]
    total = [summary("GrandTotal", *sheet.foot("TOTAL", every))] if rows else []
    return whole(params, sheet.columns, [*rows, *total], {"EndPeriod": day.isoformat()}, {"report_date": str(day)})


def _title(place: int, days: int, periods: int) -> str:
    if place == 0:
        return "Current"
    if place == periods:
        return f"{(periods - 1) * days + 1} or more days past due"
    return f"{(place - 1) * days + 1} - {place * days} days past due"
