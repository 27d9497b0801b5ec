"""What ProfitAndLoss, BalanceSheet and CashFlow share: accounts by type, in rows and sums."""

from collections.abc import Mapping
from functools import cached_property

from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.columns import Table
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.shape import Column, amounts, cells, section, whole
from quickbooks_sandbox.reports.tree import Amounts, Tree

INCOME, COST, EXPENSE = ("Income",), ("Cost of Goods Sold",), ("Expense",)
OTHER_INCOME, OTHER_EXPENSE = ("Other Income",), ("Other Expense",)


class Accounts:
    """The accounts of a company, and the sums of one report on them."""

    def __init__(self, params: Params, sums: Mapping[str, Amounts], width: int) -> None:
        self.params = params
        self.sums = sums
        self.width = width

    @cached_property
    def all(self) -> dict[str, Object]:
        return {id: row.object for id, row in self.params.books.tables["Account"].rows.items()}

    def ids(self, types: tuple[str, ...]) -> set[str]:
        return {id for id, account in self.all.items() if account["AccountType"] in types}

    def tree(self, types: tuple[str, ...]) -> Tree:
        accounts = [account for account in self.all.values() if account["AccountType"] in types]
        order = self.params.one_of("sort_order", "", "", "ascend", "descend")
        return Tree(accounts, self.sums, self.width, shown=lambda one: str(one["Name"]), order=order)

    def section(self, title: str, group: str, types: tuple[str, ...]) -> tuple[list[Object], Amounts]:
        """The section of some types, if any of their accounts has an amount, and its sum."""
        tree = self.tree(types)
        rows = tree.rows()
        return ([self.framed(title, group, rows, tree.total())] if rows else []), tree.total()

    def framed(self, title: str, group: str, rows: list[Object], sums: Amounts, total: str = "") -> Object:
        head = cells(title, *[""] * self.width)
        return section(head, rows, cells(total or f"Total {title}", *amounts(sums)), group)


def statement(params: Params, table: Table, rows: list[Object], header: Mapping[str, str]) -> Object:
    columns = [Column("", "Account", {"ColKey": "account"}), *table.columns]
    # Rows such as Total Income stand there even without data.
    nothing = "false" if any(any(row) for row in table.sums.values()) else "true"
    options = {"AccountingStandard": "GAAP"} if params.report != "CashFlow" else {}
    return whole(
        params, columns, rows, {**header, "SummarizeColumnsBy": table.by}, {**options, "NoReportData": nothing}
    )
