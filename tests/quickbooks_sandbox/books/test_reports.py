"""The reports agree with the books they are computed from."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    bill,
    changed,
    check_payment,
    company,
    credit_memo,
    customer,
    expense_line,
    invoice,
    item_line,
    payment,
    pays,
    refused,
    sample_company,
    vendor,
)

from quickbooks_sandbox.books.company import Books


@pytest.fixture
def books() -> Books:
    return company()


def amounts(report: Any) -> dict[str, list[str]]:
    """The cells of each row by its first, sections by their sum."""
    found: dict[str, list[str]] = {}

    def read(rows: list[Any]) -> None:
        for row in rows:
            read(row.get("Rows", {}).get("Row", []))
            cells = row.get("ColData") or row["Summary"]["ColData"]
            found[cells[0]["value"]] = [cell["value"] for cell in cells[1:]]

    read(report["Rows"].get("Row", []))
    return found


def test_the_trial_balance_balances_and_shows_the_accounts() -> None:
    books = sample_company()
    rows = amounts(books.report("TrialBalance", {"end_date": "2026-05-20"}))
    debits, credits = rows.pop("TOTAL")
    assert debits == credits
    assert sum(Decimal(debit or 0) for debit, _ in rows.values()) == Decimal(debits)
    checking = books.read("Account", "35")["CurrentBalance"]
    assert rows["Checking"] == [f"{checking:.2f}", ""]
    assert rows["Accounts Payable (A/P)"][1] == f"{-books.read('Account', '33')['CurrentBalance']:.2f}"


def test_what_was_earned_in_earlier_years_is_retained(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, TxnDate="2025-12-31")
    invoice(books, ada, item_line(30), TxnDate="2026-01-01")
    rows = amounts(books.report("TrialBalance", {"end_date": "2026-05-20"}))
    assert (rows["Retained Earnings"], rows["Services"]) == (["", "100.00"], ["", "30.00"])
    assert "Retained Earnings" not in amounts(books.report("TrialBalance", {"end_date": "2025-12-31"}))


def test_balances_add_up_to_the_control_accounts() -> None:
    books = sample_company()
    for report, account, sign in (("CustomerBalance", "84", 1), ("VendorBalance", "33", -1)):
        control = sign * books.read("Account", account)["CurrentBalance"]
        assert amounts(books.report(report, {}))["TOTAL"] == [f"{control:.2f}"]


def test_a_sub_customer_stands_under_its_parent(books: Books) -> None:
    top = customer(books, "Top")
    job = customer(books, "Job", ParentRef={"value": top["Id"]}, Job=True)
    invoice(books, top["Id"], item_line(10))
    invoice(books, job["Id"], item_line(5))
    (section, total) = books.report("CustomerBalance", {})["Rows"]["Row"]
    assert section["Header"]["ColData"] == [{"value": "Top", "id": top["Id"]}, {"value": "10.00"}]
    assert section["Rows"]["Row"][0]["ColData"] == [{"value": "Job", "id": job["Id"]}, {"value": "5.00"}]
    assert section["Summary"]["ColData"] == [{"value": "Total Top"}, {"value": "15.00"}]
    assert total["Summary"]["ColData"][1]["value"] == "15.00"


def test_balances_are_those_of_the_day_asked_for(books: Books) -> None:
    ada = customer(books)["Id"]
    made = invoice(books, ada, TxnDate="2026-03-01")
    payment(books, ada, 40, pays(made, 40), TxnDate="2026-04-01")
    for day, balance in (("2026-02-28", None), ("2026-03-31", "100.00"), ("2026-04-01", "60.00")):
        rows = amounts(books.report("CustomerBalance", {"report_date": day}))
        assert rows.get("Ada Byron", [None]) == [balance]


def test_receivables_age_by_their_due_date(books: Books) -> None:
    ada = customer(books)["Id"]
    for amount, due in ((1, "2026-05-20"), (2, "2026-05-19"), (4, "2026-04-20"), (8, "2026-04-19"), (16, "2025-01-01")):
        invoice(books, ada, item_line(amount), TxnDate="2025-01-01", DueDate=due)
    credit_memo(books, ada, item_line(32))
    report = books.report("AgedReceivables", {"report_date": "2026-05-20"})
    titles = [column["ColTitle"] for column in report["Columns"]["Column"]]
    assert titles == ["", "Current", "1 - 30", "31 - 60", "61 - 90", "91 and over", "Total"]
    assert amounts(report)["Ada Byron"] == ["-31.00", "6.00", "8.00", "", "16.00", "-1.00"]


def test_payables_age_in_the_periods_asked_for(books: Books) -> None:
    bolt = vendor(books)["Id"]
    made = bill(books, bolt, expense_line(50), DueDate="2026-05-01")
    books.create("BillPayment", check_payment(bolt, 20, pays(made, 20, "Bill")))
    report = books.report("AgedPayables", {"aging_period": "10", "num_periods": "2"})
    assert [column["ColTitle"] for column in report["Columns"]["Column"]][1:] == [
        *("Current", "1 - 10", "11 and over", "Total"),
    ]
    assert amounts(report)["Bolt Supplies"] == ["", "", "30.00", "30.00"]


def test_transactions_are_listed_by_whether_the_bank_knows_them(books: Books) -> None:
    ada = customer(books)["Id"]
    held = payment(books, ada, 10)
    straight = payment(books, ada, 20, DepositToAccountRef={"value": "35"})
    books.make_deposit([held["Id"]])
    books.set_cleared("Payment", straight["Id"], "Reconciled")

    def listed(**params: str) -> list[tuple[str, str]]:
        report = books.report("TransactionList", {"start_date": "2026-05-01", "end_date": "2026-05-31", **params})
        rows = report["Rows"].get("Row", [])
        return [(row["ColData"][1]["value"], row["ColData"][8]["value"]) for row in rows]

    assert sorted(listed()) == [("Deposit", "10.00"), ("Payment", "10.00"), ("Payment", "20.00")]
    assert listed(cleared="Reconciled") == [("Payment", "20.00")]
    assert listed(cleared="Deposited") == [("Payment", "10.00")]
    assert listed(cleared="Uncleared") == [("Deposit", "10.00")]
    assert listed(transaction_type="Deposit") == [("Deposit", "10.00")]
    before = books.read("Payment", straight["Id"])
    changed(books, "Payment", before, PrivateNote="x")
    assert listed(cleared="Reconciled") == [("Payment", "20.00")]


def test_nothing_to_report_says_so(books: Books) -> None:
    report = books.report("CustomerBalance", {})
    assert report["Header"]["Option"] == [{"Name": "NoReportData", "Value": "true"}]
    assert report["Rows"] == {}


@pytest.mark.parametrize(
    ("name", "params", "code"),
    [
        ("ProfitAndLoss", {"qzurl": "true"}, "500"),
        ("TrialBalance", {"summarize_column_by": "Month"}, "500"),
        ("TransactionList", {"cleared": "Maybe"}, "2170"),
        ("CustomerBalance", {"report_date": "soon"}, "2060"),
        ("AgedPayables", {"num_periods": "0"}, "2090"),
    ],
)
def test_what_is_not_modelled_is_refused(books: Books, name: str, params: dict[str, str], code: str) -> None:
    with refused(code):
        books.report(name, params)
