"""ProfitAndLoss, BalanceSheet and CashFlow, as a client asks for them."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    bill,
    changed,
    check_payment,
    company,
    customer,
    expense_line,
    invoice,
    item_line,
    journal_line,
    payment,
    pays,
    refused,
    vendor,
)
from tests.quickbooks_sandbox.books.making import (
    named as key,
)
from tests.quickbooks_sandbox.reports.reading import group, named, rows, titles, values

from quickbooks_sandbox.books.company import Books

YEAR = {"start_date": "2026-01-01", "end_date": "2026-12-31"}


@pytest.fixture
def books() -> Books:
    return company()


def columns(report: Any) -> list[dict[str, str]]:
    return [
        {each["Name"]: each["Value"] for each in column.get("MetaData", [])} for column in report["Columns"]["Column"]
    ]


def test_a_profit_and_loss_without_data_has_the_recorded_rows(books: Books) -> None:
    asked = {"customer": "1", "start_date": "2015-01-01", "end_date": "2015-07-31", "summarize_column_by": "Customers"}
    report = books.report("ProfitAndLoss", asked)
    assert list(report["Header"])[1:] == [
        *("ReportName", "ReportBasis", "StartPeriod", "EndPeriod", "SummarizeColumnsBy", "Currency", "Customer"),
        "Option",
    ]
    assert report["Header"]["Option"] == [
        {"Name": "AccountingStandard", "Value": "GAAP"},
        {"Name": "NoReportData", "Value": "true"},
    ]
    assert titles(report) == ["", "TOTAL"]
    assert [row["group"] for row in rows(report)] == [
        *("Income", "GrossProfit", "Expenses", "NetOperatingIncome", "NetIncome"),
    ]
    assert report["Rows"]["Row"][0] == {
        "Header": {"ColData": [{"value": "Income"}, {"value": ""}]},
        "Summary": {"ColData": [{"value": "Total Income"}, {"value": ""}]},
        "type": "Section",
        "group": "Income",
    }


def test_months_have_a_column_each_and_days_of_their_own(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(10), TxnDate="2026-01-31")
    invoice(books, ada, item_line(20), TxnDate="2026-02-01")
    asked = {"start_date": "2026-01-15", "end_date": "2026-02-28", "summarize_column_by": "Month"}
    report = books.report("ProfitAndLoss", asked)
    assert titles(report) == ["", "Jan 15-31, 2026", "Feb 2026", "Total"]
    assert columns(report)[1] == {"StartDate": "2026-01-15", "EndDate": "2026-01-31", "ColKey": "Jan 15-31, 2026"}
    assert named(report)["Services"] == ["10.00", "20.00", "30.00"]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("Total", ["Total"]),
        ("Days", [*(f"May {day}, 2026" for day in range(1, 13)), "Total"]),
        ("Week", ["May 1-2, 2026", "May 3-9, 2026", "May 10-12, 2026", "Total"]),
        ("Quarter", ["May 1-12, 2026", "Total"]),
        ("Year", ["May 1-12, 2026", "Total"]),
    ],
)
def test_columns_are_days_weeks_quarters_and_years(books: Books, by: str, expected: list[str]) -> None:
    asked = {"start_date": "2026-05-01", "end_date": "2026-05-12", "summarize_column_by": by}
    assert titles(books.report("ProfitAndLoss", asked))[1:] == expected


def test_columns_are_classes_and_what_has_none_stands_last(books: Books) -> None:
    books.set_preference("AccountingInfoPrefs", "ClassTrackingPerTxnLine", True)
    garden = books.create("Class", {"Name": "Garden"})["Id"]
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(10, ClassRef={"value": garden}), item_line(5))
    report = books.report("ProfitAndLoss", {**YEAR, "summarize_column_by": "Classes"})
    assert titles(report) == ["", "Garden", "Not Specified", "TOTAL"]
    assert group(report, "NetIncome") == [10, 5, 15]
    only = books.report("ProfitAndLoss", {**YEAR, "class": garden})
    assert group(only, "NetIncome") == [10]
    assert only["Header"]["Class"] == garden


def test_an_account_stands_under_its_parent(books: Books) -> None:
    top = books.create("Account", {"Name": "Travel", "AccountType": "Expense"})["Id"]
    sub = {"Name": "Hotels", "AccountType": "Expense", "ParentRef": {"value": top}, "SubAccount": True}
    hotels = books.create("Account", sub)["Id"]
    bolt = vendor(books)["Id"]
    bill(books, bolt, expense_line(10, top), expense_line(5, hotels))
    expenses = next(row for row in books.report("ProfitAndLoss", YEAR)["Rows"]["Row"] if row.get("group") == "Expenses")
    (travel,) = expenses["Rows"]["Row"]
    assert travel["Header"]["ColData"] == [{"value": "Travel", "id": top}, {"value": "10.00"}]
    assert travel["Rows"]["Row"][0]["ColData"] == [{"value": "Hotels", "id": hotels}, {"value": "5.00"}]
    assert values(travel["Summary"]["ColData"]) == ["Total Travel", "15.00"]


def test_other_income_and_expenses_come_after_what_is_ordinary(books: Books) -> None:
    interest = books.create("Account", {"Name": "Interest", "AccountType": "Other Income"})["Id"]
    lines = [journal_line("Debit", 7, "35"), journal_line("Credit", 7, interest)]
    books.create("JournalEntry", {"Line": lines})
    report = books.report("ProfitAndLoss", YEAR)
    assert (group(report, "NetOperatingIncome"), group(report, "NetOtherIncome"), group(report, "NetIncome")) == (
        [Decimal(0)],
        [Decimal(7)],
        [Decimal(7)],
    )


def test_a_report_follows_every_change(books: Books) -> None:
    made = invoice(books, customer(books)["Id"], item_line(100), TxnDate="2026-02-01")

    def income() -> list[Any]:
        return group(books.report("ProfitAndLoss", YEAR), "Income")

    assert income() == [100]
    changed(books, "Invoice", made, Line=[item_line(40)])
    assert income() == [40]
    books.void("Invoice", key(books, "Invoice", made))
    assert income() == [0]
    books.delete("Invoice", key(books, "Invoice", made))
    assert income() == [0]


def test_a_balance_sheet_by_month_shows_each_months_end(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(1), TxnDate="2025-06-01")
    invoice(books, ada, item_line(10), TxnDate="2026-01-31")
    invoice(books, ada, item_line(20), TxnDate="2026-02-01")
    asked = {"start_date": "2025-12-01", "end_date": "2026-02-28", "summarize_column_by": "Month"}
    report = books.report("BalanceSheet", asked)
    assert titles(report) == ["", "Dec 2025", "Jan 2026", "Feb 2026"]
    assert group(report, "AR") == [1, 11, 31]
    assert group(report, "NetIncome") == [1, 10, 30]
    assert named(report)["Retained Earnings"] == ["", "1.00", "1.00"]


def test_the_fiscal_year_may_begin_in_april(books: Books) -> None:
    books.set_preference("AccountingInfoPrefs", "FirstMonthOfFiscalYear", "April")
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(1), TxnDate="2026-03-31")
    invoice(books, ada, item_line(10), TxnDate="2026-04-01")
    report = books.report("BalanceSheet", {"date_macro": "This Fiscal Year-to-date"})
    assert report["Header"]["StartPeriod"] == "2026-04-01"
    assert (group(report, "NetIncome"), named(report)["Retained Earnings"]) == ([Decimal(10)], ["1.00"])


def test_the_cash_flow_leads_from_the_net_income_to_the_bank(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(100))
    lines = [journal_line("Debit", 30, "35"), journal_line("Credit", 30, "34")]
    books.create("JournalEntry", {"Line": lines})
    report = books.report("CashFlow", YEAR)
    assert named(report)["Accounts Receivable (A/R)"] == ["-100.00"]
    assert [group(report, name) for name in ("NetIncome", "OperatingActivities", "FinancingActivities")] == [
        [100],
        [0],
        [30],
    ]
    assert (group(report, "CashIncrease"), group(report, "EndingCash")) == ([Decimal(30)], [Decimal(30)])


@pytest.mark.parametrize(
    ("macro", "start", "end"),
    [
        ("Today", "2026-05-20", "2026-05-20"),
        ("Yesterday", "2026-05-19", "2026-05-19"),
        ("This Week", "2026-05-17", "2026-05-23"),
        ("Last Week-to-date", "2026-05-10", "2026-05-13"),
        ("This Month-to-date", "2026-05-01", "2026-05-20"),
        ("Last Month", "2026-04-01", "2026-04-30"),
        ("Next Month", "2026-06-01", "2026-06-30"),
        ("This Fiscal Quarter", "2026-04-01", "2026-06-30"),
        ("Last Calendar Quarter", "2026-01-01", "2026-03-31"),
        ("Last Fiscal Year", "2025-01-01", "2025-12-31"),
        ("Last Year-to-date", "2025-01-01", "2025-05-20"),
        ("Next 4 Weeks", "2026-05-24", "2026-06-20"),
        ("All", "2026-05-20", "2026-05-20"),
    ],
)
def test_a_macro_names_days(books: Books, macro: str, start: str, end: str) -> None:
    header = books.report("ProfitAndLoss", {"date_macro": macro})["Header"]
    assert (header["StartPeriod"], header["EndPeriod"], header["DateMacro"]) == (start, end, macro.lower())


def test_on_the_cash_basis_an_invoice_counts_as_far_as_it_is_paid_when_it_is_paid(books: Books) -> None:
    ada = customer(books)["Id"]
    made = invoice(books, ada, item_line(60), item_line(40, item="2"), TxnDate="2026-01-10")
    payment(books, ada, 25, pays(made, 25), TxnDate="2026-03-05")
    asked = {"start_date": "2026-01-01", "end_date": "2026-03-31", "summarize_column_by": "Month"}
    report = books.report("ProfitAndLoss", {**asked, "accounting_method": "Cash"})
    assert report["Header"]["ReportBasis"] == "Cash"
    assert group(report, "NetIncome") == [0, 0, 25, 25]
    assert group(books.report("ProfitAndLoss", asked), "NetIncome") == [100, 0, 0, 100]


def test_on_the_cash_basis_nothing_is_owed(books: Books) -> None:
    ada, bolt = customer(books)["Id"], vendor(books)["Id"]
    invoice(books, ada, item_line(60))
    owed = bill(books, bolt, expense_line(50))
    books.create("BillPayment", check_payment(bolt, 20, pays(owed, 20, "Bill")))
    report = books.report("BalanceSheet", {**YEAR, "accounting_method": "Cash"})
    assert (group(report, "AR"), group(report, "AP"), group(report, "NetIncome")) == (
        [Decimal(0)],
        [Decimal(0)],
        [Decimal(-20)],
    )
    assert group(report, "BankAccounts") == [-20]


def test_a_payment_before_its_invoice_counts_on_the_day_of_the_invoice(books: Books) -> None:
    ada = customer(books)["Id"]
    made = invoice(books, ada, item_line(60), TxnDate="2026-02-10")
    payment(books, ada, 60, pays(made, 60), TxnDate="2026-01-05")
    asked = {"start_date": "2026-01-01", "end_date": "2026-02-28", "summarize_column_by": "Month"}
    cash = {**asked, "accounting_method": "Cash"}
    assert group(books.report("ProfitAndLoss", cash), "NetIncome") == [0, 60, 60]
    assert group(books.report("BalanceSheet", cash), "AR") == [-60, 0]


def test_the_cash_basis_knows_one_currency_only(books: Books) -> None:
    books.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
    with refused("500"):
        books.report("ProfitAndLoss", {"accounting_method": "Cash"})
