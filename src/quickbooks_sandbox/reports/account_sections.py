"""Entries under their accounts, sub-accounts under theirs."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.cells import Sheet, Subject
from quickbooks_sandbox.reports.entries import Filter, dated_rows
from quickbooks_sandbox.reports.periods import Span
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.shape import Cell, cells, data, section
from quickbooks_sandbox.reports.transactions import arranged, by_date, subjects


def posted_to(params: Params, span: Span) -> dict[str, list[Subject]]:
    """The entries of a span of days, by account."""
    keeps = Filter(params)
    found: defaultdict[str, list[Subject]] = defaultdict(list)
    for rules, row in dated_rows(params.books, span.start.isoformat(), span.end.isoformat()):
        if keeps.may_keep(rules.name, row.object):
            for one in subjects(params.work, rules, row.object):
                if one.entry is not None and keeps(one.entry):
                    found[one.entry.account].append(one)
    return dict(found)


class AccountSections:
    """One section for each account that has an entry, or begins with a balance, or has such an account below it."""

    def __init__(self, params: Params, sheet: Sheet, accounts: list[Object], posted: dict[str, list[Subject]]) -> None:
        self.params = params
        self.sheet = sheet
        self.accounts = accounts
        self.posted = {one["Id"]: posted.get(one["Id"], []) for one in accounts}
        self.begins: Callable[[Object], Decimal] = lambda _account: Decimal(0)

    def rows(self) -> list[Object]:
        tops = [one for one in self.accounts if one.get("ParentRef", {}).get("value") not in self.posted]
        return [row for one in tops for row in self._section(one, top=True)]

    def subjects(self) -> list[Subject]:
        return [one for found in self.posted.values() for one in found]

    def _section(self, account: Object, *, top: bool) -> list[Object]:
        inner = [row for one in self._children(account) for row in self._section(one, top=False)]
        own = self._own(account)
        if not own and not inner:
            return []
        name = str(account["Name"])
        # As recorded, a sub-account's header has no id.
        head: Cell = (name, account["Id"]) if top else name
        foot = self.sheet.foot(f"Total for {name}", self._with_below(account))
        return [section(cells(*self.sheet.head(head)), [*own, *inner], cells(*foot))]

    def _own(self, account: Object) -> list[Object]:
        balance = self.begins(account)
        rows = [data(*self.sheet.beginning(balance))] if balance else []
        for one in arranged(self.params, self.posted[account["Id"]], by_date):
            balance += one.amount
            rows.append(data(*self.sheet.cells(one.with_balance(balance))))
        return rows

    def _with_below(self, account: Object) -> list[Subject]:
        below = [one for child in self._children(account) for one in self._with_below(child)]
        return [*self.posted[account["Id"]], *below]

    def _children(self, account: Object) -> list[Object]:
        return [one for one in self.accounts if one.get("ParentRef", {}).get("value") == account["Id"]]
