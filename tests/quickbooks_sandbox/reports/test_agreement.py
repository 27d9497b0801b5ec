"""Whatever was done in whatever order, the statements agree with each other and with the books."""

from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, precondition
from tests.quickbooks_sandbox.books.test_any_sequence import AnySequence
from tests.quickbooks_sandbox.reports.reading import group, named, numbers

SPAN = {"start_date": "2026-01-01", "end_date": "2026-12-31"}


class AnyStatements(AnySequence):
    @precondition(lambda self: hasattr(self, "books"))
    @invariant()
    def the_balance_sheet_balances_and_shows_what_was_earned(self) -> None:
        sheet = self.books.report("BalanceSheet", SPAN)
        assert group(sheet, "TotalAssets") == group(sheet, "TotalLiabilitiesAndEquity")
        assert group(sheet, "NetIncome") == group(self.books.report("ProfitAndLoss", SPAN), "NetIncome")
        retained = Decimal(named(sheet).get("Retained Earnings", ["0"])[0])
        earlier = {"start_date": "2020-01-01", "end_date": "2025-12-31"}
        assert [retained] == group(self.books.report("ProfitAndLoss", earlier), "NetIncome")

    @precondition(lambda self: hasattr(self, "books"))
    @invariant()
    def columns_add_up_to_the_total(self) -> None:
        total = group(self.books.report("ProfitAndLoss", SPAN), "NetIncome")
        for by in ("Month", "Customers", "ProductsAndServices"):
            *parts, whole = group(self.books.report("ProfitAndLoss", {**SPAN, "summarize_column_by": by}), "NetIncome")
            assert [whole] == total
            assert sum(parts) == whole

    @precondition(lambda self: hasattr(self, "books"))
    @invariant()
    def the_books_balance_on_the_cash_basis_too(self) -> None:
        preferences = self.books.read("Preferences", "1")
        if preferences["CurrencyPrefs"]["MultiCurrencyEnabled"]:
            return
        for by in ("Total", "Month"):
            asked = {**SPAN, "accounting_method": "Cash", "summarize_column_by": by}
            sheet = self.books.report("BalanceSheet", asked)
            assert group(sheet, "TotalAssets") == group(sheet, "TotalLiabilitiesAndEquity")
        total = {**SPAN, "accounting_method": "Cash"}
        earned = group(self.books.report("ProfitAndLoss", total), "NetIncome")
        assert group(self.books.report("BalanceSheet", total), "NetIncome") == earned

    @precondition(lambda self: hasattr(self, "books"))
    @invariant()
    def debits_are_credits(self) -> None:
        rows = self.books.report("TrialBalance", SPAN)["Rows"].get("Row", [])
        if rows:
            debits, credits = numbers(rows[-1]["Summary"]["ColData"])
            assert debits == credits

    @precondition(lambda self: hasattr(self, "books"))
    @invariant()
    def cash_moved_by_what_the_banks_moved_by(self) -> None:
        flow = self.books.report("CashFlow", SPAN)
        assets = self.books.report("BalanceSheet", SPAN)
        undeposited = Decimal(named(assets).get("Undeposited Funds", ["0"])[0] or 0)
        assert sum(group(flow, "EndingCash")) == sum(group(assets, "BankAccounts")) + undeposited


TestAnyStatements = AnyStatements.TestCase
TestAnyStatements.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
del AnySequence
