"""The reports that list transactions and entries."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    bill,
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
    sample_company,
    vendor,
)
from tests.quickbooks_sandbox.reports.reading import group, listed, named, titles, values

from quickbooks_sandbox.books.company import Books

YEAR = {"start_date": "2026-01-01", "end_date": "2026-12-31"}


@pytest.fixture
def books() -> Books:
    return company()


def sections(report: Any) -> dict[str, Any]:
    return {row["Header"]["ColData"][0]["value"]: row for row in report["Rows"]["Row"] if "Header" in row}


def test_the_ledger_has_the_recorded_columns_and_rows(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(40), TxnDate="2026-04-30")
    made = invoice(books, ada, item_line(100), DocNumber="77")
    report = books.report("GeneralLedger", {})
    assert report["Columns"]["Column"] == [
        {"ColTitle": title, "ColType": type}
        for title, type in (
            ("Date", "tx_date"),
            ("Transaction Type", "txn_type"),
            ("Num", "doc_num"),
            ("Name", "name"),
            ("Memo/Description", "memo"),
            ("Split", "split_acc"),
            ("Amount", "subt_nat_amount"),
            ("Balance", "rbal_nat_amount"),
        )
    ]
    assert list(report["Header"]) == [
        *("Time", "ReportName", "DateMacro", "ReportBasis", "StartPeriod", "EndPeriod", "Currency", "Option"),
    ]
    receivable = sections(report)["Accounts Receivable (A/R)"]
    assert receivable["Header"]["ColData"] == [{"value": "Accounts Receivable (A/R)", "id": "84"}, *[{"value": ""}] * 7]
    begins, posted = receivable["Rows"]["Row"]
    assert values(begins["ColData"]) == ["Beginning Balance", *[""] * 6, "40.00"]
    assert posted["ColData"] == [
        {"value": "2026-05-20"},
        {"value": "Invoice", "id": made["Id"]},
        {"value": "77"},
        {"value": "Ada Byron", "id": ada},
        {"value": ""},
        {"value": "Services", "id": "1"},
        {"value": "100.00"},
        {"value": "140.00"},
    ]
    assert values(receivable["Summary"]["ColData"]) == [
        *("Total for Accounts Receivable (A/R)", "", "", "", "", "", "100.00", ""),
    ]


def test_the_ledger_comes_to_the_trial_balance() -> None:
    books = sample_company()
    ledger = books.report("GeneralLedger", {"start_date": "2026-01-01", "end_date": "2026-05-20"})
    trial = named(books.report("TrialBalance", {"end_date": "2026-05-20"}))
    by_name = sections(ledger)
    for account in ("Checking", "Undeposited Funds", "Visa", "Opening Balance Equity", "Pest Control Services"):
        *_, last = by_name[account]["Rows"]["Row"]
        assert abs(Decimal(values(last["ColData"])[-1])) == sum(Decimal(value or 0) for value in trial[account])


def test_a_ledger_may_be_of_some_accounts_and_columns_only(books: Books) -> None:
    invoice(books, customer(books)["Id"], item_line(100))
    report = books.report("GeneralLedger", {"account": "1", "columns": "tx_date,debt_amt,credit_amt"})
    assert titles(report) == ["Date", "Debit", "Credit"]
    assert listed(report) == [["2026-05-20", "", "100.00"]]


def test_a_list_by_customer_groups_its_rows(books: Books) -> None:
    ada, bob = customer(books)["Id"], customer(books, "Bob")["Id"]
    made = invoice(books, ada, item_line(100))
    invoice(books, bob, item_line(5))
    payment(books, ada, 30, pays(made, 30))
    bill(books, vendor(books)["Id"])
    report = books.report("TransactionListByCustomer", YEAR)
    assert list(sections(report)) == ["Ada Byron", "Bob"]
    assert [values(row["ColData"])[1] for row in sections(report)["Ada Byron"]["Rows"]["Row"]] == ["Invoice", "Payment"]
    vendors = books.report("TransactionListByVendor", YEAR)
    assert list(sections(vendors)) == ["Bolt Supplies"]


def test_a_list_with_splits_shows_every_entry(books: Books) -> None:
    bill(books, vendor(books)["Id"], expense_line(10), expense_line(5, "80"))
    rows = listed(books.report("TransactionListWithSplits", YEAR))
    assert [(row[5], row[6]) for row in rows] == [
        ("Accounts Payable (A/P)", "15.00"),
        ("Uncategorized Expense", "10.00"),
        ("Cost of Goods Sold", "5.00"),
    ]


def test_a_journal_shows_debits_and_credits(books: Books) -> None:
    lines = [journal_line("Debit", 30, "35"), journal_line("Credit", 30, "34")]
    books.create("JournalEntry", {"DocNumber": "J1", "Line": lines})
    report = books.report("JournalReport", {})
    assert [row[-2:] for row in listed(report)] == [["30.00", ""], ["", "30.00"]]
    assert values(report["Rows"]["Row"][-1]["Summary"]["ColData"])[-2:] == ["30.00", "30.00"]


def test_lists_are_sorted_and_limited(books: Books) -> None:
    ada = customer(books)["Id"]
    for amount in (20, 100, 3):
        made = invoice(books, ada, item_line(amount))
    payment(books, ada, 3, pays(made, 3))
    asked = {**YEAR, "columns": "txn_type,subt_nat_amount", "transaction_type": "Invoice"}
    rows = listed(books.report("TransactionList", {**asked, "sort_by": "subt_nat_amount", "sort_order": "descend"}))
    assert [row[1] for row in rows] == ["100.00", "20.00", "3.00"]
    assert listed(books.report("TransactionList", {**asked, "arpaid": "Paid"})) == [["Invoice", "3.00"]]
    grouped = books.report("TransactionList", {**YEAR, "group_by": "Transaction Type"})
    assert list(sections(grouped)) == ["Invoice", "Payment"]


@pytest.mark.parametrize(
    ("report", "params"),
    [
        ("GeneralLedger", {"columns": "shoe_size"}),
        ("TransactionList", {"sort_by": "shoe_size"}),
        ("GeneralLedger", {"accounting_method": "Cash"}),
        ("TransactionList", {"bothamount": "5"}),
        ("AccountList", {"columns": "shoe_size"}),
    ],
)
def test_what_is_not_modelled_is_refused(books: Books, report: str, params: dict[str, str]) -> None:
    with refused("500"):
        books.report(report, params)


def test_open_balances_are_shown_transaction_by_transaction(books: Books) -> None:
    ada = customer(books)["Id"]
    first = invoice(books, ada, item_line(100), TxnDate="2026-03-01", DueDate="2026-03-31")
    payment(books, ada, 40, pays(first, 40))
    invoice(books, ada, item_line(5), DueDate="2026-06-20")
    report = books.report("CustomerBalanceDetail", {})
    assert [row[3:] for row in listed(report)] == [
        ["2026-03-31", "100.00", "60.00", "60.00"],
        ["2026-06-20", "5.00", "5.00", "65.00"],
    ]
    assert group(report, "GrandTotal")[-2:] == [65, 0]
    aged = books.report("AgedReceivableDetail", {})
    assert list(sections(aged)) == ["31 - 60 days past due", "Current"]
    assert values(aged["Rows"]["Row"][-1]["Summary"]["ColData"])[-1] == "65.00"


def test_what_is_owed_to_vendors_is_shown_by_how_late_it_is(books: Books) -> None:
    bolt = vendor(books)["Id"]
    made = bill(books, bolt, expense_line(50), DueDate="2026-01-01")
    books.create("BillPayment", check_payment(bolt, 20, pays(made, 20, "Bill")))
    report = books.report("AgedPayableDetail", {"aging_period": "10", "num_periods": "2"})
    assert list(sections(report)) == ["11 or more days past due"]
    assert [row[3:] for row in listed(report)] == [["Bolt Supplies", "2026-01-01", "50.00", "30.00"]]
    assert [row[-1] for row in listed(books.report("VendorBalanceDetail", {}))] == ["30.00"]


def test_details_come_to_the_balances() -> None:
    books = sample_company()
    for detail, whole in (("CustomerBalanceDetail", "CustomerBalance"), ("VendorBalanceDetail", "VendorBalance")):
        assert group(books.report(detail, {}), "GrandTotal")[-2] == group(books.report(whole, {}), "GrandTotal")[0]


def test_the_chart_of_accounts_is_listed_by_type(books: Books) -> None:
    rows = listed(books.report("AccountList", {}))
    assert rows[0] == ["Checking", "Bank", "Checking", "", "0.00"]
    assert [row[0] for row in listed(books.report("AccountList", {"account_type": "Bank"}))] == ["Checking"]


def test_profit_and_loss_is_shown_entry_by_entry() -> None:
    books = sample_company()
    asked = {"start_date": "2026-01-01", "end_date": "2026-05-20"}
    detail, whole = books.report("ProfitAndLossDetail", asked), books.report("ProfitAndLoss", asked)
    assert group(detail, "NetIncome")[-2:] == [*group(whole, "NetIncome"), 0]
    assert group(detail, "GrossProfit")[-2:] == [*group(whole, "GrossProfit"), 0]
    ordinary = sections(detail)["Ordinary Income/Expenses"]
    assert [row["group"] for row in ordinary["Rows"]["Row"]] == ["Income", "GrossProfit", "Expenses"]


def test_stock_is_valued_at_its_cost(books: Books) -> None:
    pump = {
        **{"Name": "Pump", "Type": "Inventory", "TrackQtyOnHand": True, "QtyOnHand": 10, "InvStartDate": "2026-01-01"},
        **{"IncomeAccountRef": {"value": "79"}, "ExpenseAccountRef": {"value": "80"}, "PurchaseCost": 4},
        **{"AssetAccountRef": {"value": "81"}, "Sku": "P-1"},
    }
    item = books.create("Item", pump)["Id"]
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(30, item=item, Qty=3, UnitPrice=10), TxnDate="2026-04-02")
    invoice(books, ada, item_line(10, item=item, Qty=1, UnitPrice=10), TxnDate="2026-05-02")
    assert listed(books.report("InventoryValuationSummary", {})) == [["Pump", "P-1", "6.00", "24.00", "4.00"]]
    earlier = books.report("InventoryValuationSummary", {"report_date": "2026-04-30"})
    assert listed(earlier) == [["Pump", "P-1", "7.00", "28.00", "4.00"]]
    (row,) = listed(books.report("InventoryValuationDetail", {}))
    assert row[1:2] + row[3:] == ["Invoice", "Ada Byron", "-1.00", "4.00", "-4.00", "6.00", "24.00"]
