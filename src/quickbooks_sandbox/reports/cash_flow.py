"""CashFlow: from the net income to what the bank accounts moved by, each other account counted as it moved."""

from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.columns import Table, moved, negated, stood
from quickbooks_sandbox.reports.periods import Span
from quickbooks_sandbox.reports.profit_and_loss import USUAL_SPAN, Earnings, dated
from quickbooks_sandbox.reports.request import DATED, FILTERS, Params
from quickbooks_sandbox.reports.shape import amounts, data, summary
from quickbooks_sandbox.reports.statements import Accounts, statement
from quickbooks_sandbox.reports.tree import Amounts, added

_OPERATING = (
    "Accounts Receivable",
    "Other Current Asset",
    "Accounts Payable",
    "Credit Card",
    "Other Current Liability",
)
_INVESTING = ("Fixed Asset", "Other Asset")
_FINANCING = ("Long Term Liability", "Equity")
#: Money on its way to the bank counts as cash.
_CASH_SUB_TYPE = "UndepositedFunds"
_ADJUSTMENTS = "Adjustments to reconcile Net Income to Net Cash provided by operations:"


def cash_flow(params: Params) -> Object:
    params.allow(*DATED, *FILTERS, "sort_order", "summarize_column_by")
    span = params.span(USUAL_SPAN)
    table = moved(params, span)
    flows = _Flows(params, table)
    rows, increase = flows.rows()
    if flows.by_time:
        rows += _cash(params, table, flows.cash, increase, span)
    return statement(params, table, rows, dated(params, span, USUAL_SPAN))


class _Flows:
    def __init__(self, params: Params, table: Table) -> None:
        self.net = Earnings(params, table).net_income()
        accounts = Accounts(params, {}, table.width)
        banks = accounts.ids(("Bank",))
        self.cash = banks | {id for id, one in accounts.all.items() if one["AccountSubType"] == _CASH_SUB_TYPE}
        others = {id: row for id, row in table.sums.items() if id not in self.cash}
        self.accounts = Accounts(params, negated(others), table.width)
        self.by_time = all("ID" not in column.keys for column in table.columns)

    def rows(self) -> tuple[list[Object], Amounts]:
        operating, from_operations = self._operating()
        investing, invested = self._activities("INVESTING ACTIVITIES", "InvestingActivities", _INVESTING)
        financing, financed = self._activities("FINANCING ACTIVITIES", "FinancingActivities", _FINANCING)
        increase = added([from_operations, invested, financed], self.accounts.width)
        total = summary("CashIncrease", "Net cash increase for period", *amounts(increase))
        return [operating, *investing, *financing, total], increase

    def _operating(self) -> tuple[Object, Amounts]:
        tree = self.accounts.tree(_OPERATING)
        rows = [data("Net Income", *amounts(self.net), group="NetIncome")]
        if adjusted := tree.rows():
            rows.append(self.accounts.framed(_ADJUSTMENTS, "OperatingAdjustments", adjusted, tree.total()))
        sums = added([self.net, tree.total()], self.accounts.width)
        title, foot = "OPERATING ACTIVITIES", "Net cash provided by operating activities"
        return self.accounts.framed(title, "OperatingActivities", rows, sums, foot), sums

    def _activities(self, title: str, group: str, types: tuple[str, ...]) -> tuple[list[Object], Amounts]:
        tree = self.accounts.tree(types)
        foot = f"Net cash provided by {title.lower()}"
        rows = tree.rows()
        return ([self.accounts.framed(title, group, rows, tree.total(), foot)] if rows else []), tree.total()


def _cash(params: Params, table: Table, cash: set[str], increase: Amounts, span: Span) -> list[Object]:
    """Cash at the beginning and the end of each column; over the total column it is that of the whole span."""
    ends = added([row for id, row in stood(params, span).sums.items() if id in cash], _spans(table))
    if len(ends) < table.width:
        ends.append(ends[-1] if ends else ZERO)
    begins = [end - more for end, more in zip(ends, increase, strict=True)]
    first = summary("BeginningCash", "Cash at beginning of period", *amounts(begins))
    return [*([first] if any(begins) else []), summary("EndingCash", "Cash at end of period", *amounts(ends))]


def _spans(table: Table) -> int:
    return 1 if table.by == "Total" else table.width - 1
