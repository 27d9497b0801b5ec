"""ProfitAndLoss: income, costs and expenses of a span of days, and what they come to."""

from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.columns import Table, moved, negated
from quickbooks_sandbox.reports.periods import Span
from quickbooks_sandbox.reports.request import USUAL, Params
from quickbooks_sandbox.reports.shape import amounts, summary
from quickbooks_sandbox.reports.statements import (
    COST,
    EXPENSE,
    INCOME,
    OTHER_EXPENSE,
    OTHER_INCOME,
    Accounts,
    statement,
)
from quickbooks_sandbox.reports.tree import Amounts

EARNED = (*INCOME, *OTHER_INCOME)
SPENT = (*COST, *EXPENSE, *OTHER_EXPENSE)
USUAL_SPAN = "this calendar year-to-date"


def profit_and_loss(params: Params) -> Object:
    params.allow(*USUAL, "summarize_column_by")
    span = params.span(USUAL_SPAN)
    table = moved(params, span)
    rows, _ = _rows(Earnings(params, table))
    return statement(params, table, rows, dated(params, span, USUAL_SPAN))


def dated(params: Params, span: Span, default: str) -> dict[str, str]:
    macro = params.macro(default)
    days = {"StartPeriod": span.start.isoformat(), "EndPeriod": span.end.isoformat()}
    return ({"DateMacro": macro} if macro else {}) | days


class Earnings(Accounts):
    """Accounts of income and expenses, each with its amount in the sense of its section."""

    def __init__(self, params: Params, table: Table) -> None:
        super().__init__(params, {}, table.width)
        earned = self.ids(EARNED)
        credited = negated({id: row for id, row in table.sums.items() if id in earned})
        self.sums = {**table.sums, **credited}

    def net_income(self) -> Amounts:
        return _less(self.tree(EARNED).total(), self.tree(SPENT).total())


def _rows(earnings: Earnings) -> tuple[list[Object], Amounts]:
    width = earnings.width
    income, earned = _always(earnings, "Income", "Income", INCOME)
    costs, cost = earnings.section("Cost of Goods Sold", "COGS", COST)
    gross = _less(earned, cost)
    expenses, spent = _always(earnings, "Expenses", "Expenses", EXPENSE)
    operating = _less(gross, spent)
    others, other = _other(earnings)
    net = [operating[place] + other[place] for place in range(width)]
    rows = [*income, *costs, summary("GrossProfit", "Gross Profit", *amounts(gross)), *expenses]
    rows += [summary("NetOperatingIncome", "Net Operating Income", *amounts(operating)), *others]
    return [*rows, summary("NetIncome", "Net Income", *amounts(net))], net


def _always(earnings: Earnings, title: str, group: str, types: tuple[str, ...]) -> tuple[list[Object], Amounts]:
    """A section that stands there with nothing in it too."""
    tree = earnings.tree(types)
    return [earnings.framed(title, group, tree.rows(), tree.total())], tree.total()


def _other(earnings: Earnings) -> tuple[list[Object], Amounts]:
    income, earned = earnings.section("Other Income", "OtherIncome", OTHER_INCOME)
    expenses, spent = earnings.section("Other Expenses", "OtherExpenses", OTHER_EXPENSE)
    if not income and not expenses:
        return [], [ZERO] * earnings.width
    net = _less(earned, spent)
    return [*income, *expenses, summary("NetOtherIncome", "Net Other Income", *amounts(net))], net


def _less(row: Amounts, other: Amounts) -> Amounts:
    return [value - less for value, less in zip(row, other, strict=True)]
