"""GeneralLedger: every account with what it began with, what was posted to it, and what that came to."""

from collections import defaultdict
from decimal import Decimal

from quickbooks_sandbox.books.balances import BALANCE_SHEET
from quickbooks_sandbox.books.numbers import ZERO, total
from quickbooks_sandbox.books.reports.account_list import in_chart_order
from quickbooks_sandbox.books.reports.cells import Sheet, Subject
from quickbooks_sandbox.books.reports.daily import daily
from quickbooks_sandbox.books.reports.entries import Filter, dated_rows
from quickbooks_sandbox.books.reports.periods import Span
from quickbooks_sandbox.books.reports.profit_and_loss import dated
from quickbooks_sandbox.books.reports.request import USUAL, Params
from quickbooks_sandbox.books.reports.shape import Cell, cells, data, section, whole
from quickbooks_sandbox.books.reports.transactions import arranged, by_date, natural, subjects
from quickbooks_sandbox.books.store import Object

_USUAL_SPAN = "this month-to-date"
_COLUMNS = ("tx_date", "txn_type", "doc_num", "name", "memo", "split_acc", "subt_nat_amount", "rbal_nat_amount")


def general_ledger(params: Params) -> Object:
    params.allow(*USUAL, "account", "account_type", "columns", "sort_by")
    params.accrual_only()
    span = params.span(_USUAL_SPAN)
    ledger = _Ledger(params, span)
    return whole(params, ledger.sheet.columns, ledger.rows(), dated(params, span, _USUAL_SPAN))


class _Ledger:
    def __init__(self, params: Params, span: Span) -> None:
        self.params = params
        self.span = span
        self.sheet = Sheet(params, *_COLUMNS)
        self.posted = _posted(params, span)
        self.whole_company = Filter(params).is_open
        self.accounts = in_chart_order(params.books)
        self.known = {one["Id"] for one in self.accounts}

    def rows(self) -> list[Object]:
        return [row for one in self.accounts if not self._is_below(one) for row in self._account(one, top=True)]

    def _is_below(self, account: Object) -> bool:
        return account.get("ParentRef", {}).get("value") in self.known

    def _account(self, account: Object, *, top: bool) -> list[Object]:
        below = [one for one in self.accounts if one.get("ParentRef", {}).get("value") == account["Id"]]
        inner = [row for one in below for row in self._account(one, top=False)]
        own, found = self._own(account) if self._is_wanted(account) else ([], [])
        if not own and not inner:
            return []
        name = str(account["Name"])
        # As recorded, a sub-account's header has no id.
        head: Cell = (name, account["Id"]) if top else name
        foot = self.sheet.foot(f"Total for {name}", [*found, *self._below(account)])
        return [section(cells(*self.sheet.head(head)), [*own, *inner], cells(*foot))]

    def _below(self, account: Object) -> list[Subject]:
        below = [one for one in self.accounts if one.get("ParentRef", {}).get("value") == account["Id"]]
        return [one for child in below for one in [*self.posted.get(child["Id"], []), *self._below(child)]]

    def _own(self, account: Object) -> tuple[list[Object], list[Subject]]:
        begins = self._begins_with(account)
        found = arranged(self.params, self.posted.get(account["Id"], []), by_date)
        if not begins and not found:
            return [], []
        rows, balance = [data(*self.sheet.beginning(begins))] if begins else [], begins
        for one in found:
            balance += one.amount
            rows.append(data(*self.sheet.cells(one.with_balance(balance))))
        return rows, found

    def _begins_with(self, account: Object) -> Decimal:
        """Of an account of income or expenses, what it came to since the fiscal year began."""
        if not self.whole_company:
            return ZERO
        lasting = account["Classification"] in BALANCE_SHEET
        first = "" if lasting else self.params.year_begins(self.span.start).isoformat()
        last = self.span.start.isoformat()
        days = daily(self.params.books)[account["Id"]]
        debit = total(debit for day, debit in days.items() if first <= day < last)
        return natural(self.params.work, account["Id"], debit)

    def _is_wanted(self, account: Object) -> bool:
        ids, types = self.params.ids("account"), {one.lower() for one in self.params.ids("account_type")}
        type = account["AccountType"].replace(" ", "").lower()
        return (not ids or account["Id"] in ids) and (not types or type in types)


def _posted(params: Params, span: Span) -> dict[str, list[Subject]]:
    keeps = Filter(params)
    found: defaultdict[str, list[Subject]] = defaultdict(list)
    for rules, row in dated_rows(params.books, span.start.isoformat(), span.end.isoformat()):
        for one in subjects(params.work, rules, row.object):
            if one.entry is not None and keeps(one.entry):
                found[one.entry.account].append(one)
    return dict(found)
