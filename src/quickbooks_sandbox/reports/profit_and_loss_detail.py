"""ProfitAndLossDetail: every entry of income and expenses, under its account."""

from dataclasses import replace

from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.account_list import in_chart_order
from quickbooks_sandbox.reports.account_sections import AccountSections, posted_to
from quickbooks_sandbox.reports.cells import Sheet, Subject
from quickbooks_sandbox.reports.profit_and_loss import EARNED, dated
from quickbooks_sandbox.reports.request import USUAL, Params
from quickbooks_sandbox.reports.shape import cells, section, summary, whole
from quickbooks_sandbox.reports.statements import COST, EXPENSE, INCOME, OTHER_EXPENSE, OTHER_INCOME

_USUAL_SPAN = "this month-to-date"
_COLUMNS = (
    *("tx_date", "txn_type", "doc_num", "name", "klass_name", "memo", "split_acc"),
    *("subt_nat_amount", "rbal_nat_amount"),
)


def profit_and_loss_detail(params: Params) -> Object:
    params.allow(*USUAL, "account", "columns", "sort_by")
    params.accrual_only()
    span = params.span(_USUAL_SPAN)
    detail = _Detail(params, posted_to(params, span))
    return whole(params, detail.sheet.columns, detail.rows(), dated(params, span, _USUAL_SPAN))


#: Rows, and the entries in them; what lessens the profit counts negative.
_Part = tuple[list[Object], list[Subject]]


class _Detail:
    def __init__(self, params: Params, posted: dict[str, list[Subject]]) -> None:
        self.params = params
        self.posted = posted
        self.sheet = Sheet(params, *_COLUMNS)
        ids = params.ids("account")
        self.accounts = [one for one in in_chart_order(params.books) if not ids or one["Id"] in ids]

    def rows(self) -> list[Object]:
        gross = self._joined(self._part("Income", "Income", INCOME), self._part("Cost of Goods Sold", "COGS", COST))
        rows = [*gross[0], self._sum("GrossProfit", "Gross Profit", gross[1])] if gross[0] else []
        operating = self._joined((rows, gross[1]), self._part("Expenses", "Expenses", EXPENSE))
        ordinary = self._framed("Ordinary Income/Expenses", "Net Ordinary Income", operating)
        other = self._joined(
            self._part("Other Income", "OtherIncome", OTHER_INCOME),
            self._part("Other Expenses", "OtherExpenses", OTHER_EXPENSE),
        )
        others = self._framed("Other Income/Expenses", "Net Other Income", other)
        every = [*operating[1], *other[1]]
        net = [self._sum("NetIncome", "Net Income", every)] if every else []
        return [*ordinary, *others, *net]

    def _part(self, title: str, group: str, types: tuple[str, ...]) -> _Part:
        accounts = [one for one in self.accounts if one["AccountType"] in types]
        sections = AccountSections(self.params, self.sheet, accounts, self.posted)
        rows, found = sections.rows(), sections.subjects()
        if rows:
            foot = cells(*self.sheet.foot(f"Total for {title}", found))
            rows = [section(cells(*self.sheet.head(title)), rows, foot, group)]
        sign = 1 if types[0] in EARNED else -1
        return rows, [replace(one, amount=sign * one.amount) for one in found]

    def _joined(self, *parts: _Part) -> _Part:
        return [row for rows, _ in parts for row in rows], [one for _, found in parts for one in found]

    def _framed(self, title: str, foot: str, part: _Part) -> list[Object]:
        rows, found = part
        return [section(cells(*self.sheet.head(title)), rows, cells(*self.sheet.foot(foot, found)))] if rows else []

    def _sum(self, group: str, title: str, found: list[Subject]) -> Object:
        return summary(group, *self.sheet.foot(title, found))
