"""The reports of what was sold and spent."""

import pytest
from tests.quickbooks_sandbox.books.making import (
    bill,
    changed,
    company,
    credit_memo,
    customer,
    expense_line,
    invoice,
    item_line,
    vendor,
)
from tests.quickbooks_sandbox.reports.reading import listed, named, titles

from quickbooks_sandbox.books.company import Books

YEAR = {"start_date": "2026-01-01", "end_date": "2026-12-31"}


@pytest.fixture
def books() -> Books:
    return company()


def test_sales_are_shown_by_customer_and_sub_customers_under_them(books: Books) -> None:
    ada = customer(books)["Id"]
    job = customer(books, "Job", ParentRef={"value": ada})["Id"]
    invoice(books, ada, item_line(100))
    invoice(books, job, item_line(5))
    credit_memo(books, job, item_line(2))
    report = books.report("CustomerSales", YEAR)
    assert titles(report) == ["", "Total"]
    assert named(report) == {"Job": ["3.00"], "Total Ada Byron": ["103.00"], "TOTAL": ["103.00"]}


def test_sales_are_shown_by_customer_and_month(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(100), TxnDate="2026-01-05")
    invoice(books, ada, item_line(5), TxnDate="2026-03-05")
    asked = {"start_date": "2026-01-01", "end_date": "2026-03-31", "summarize_column_by": "Month"}
    report = books.report("CustomerSales", asked)
    assert titles(report) == ["", "Jan 2026", "Feb 2026", "Mar 2026", "Total"]
    assert listed(report) == [["Ada Byron", "100.00", "", "5.00", "105.00"]]


def test_sales_that_change_or_go_are_shown_as_they_are_now(books: Books) -> None:
    ada = customer(books)["Id"]
    kept, moved, gone = (invoice(books, ada, item_line(amount)) for amount in (1, 20, 300))
    assert named(books.report("CustomerSales", YEAR))["TOTAL"] == ["321.00"]
    changed(books, "Invoice", moved, TxnDate="2025-12-31")
    books.delete("Invoice", {"Id": gone["Id"], "SyncToken": gone["SyncToken"]})
    changed(books, "Invoice", kept, CustomerRef={"value": customer(books, "Bob")["Id"]})
    assert named(books.report("CustomerSales", YEAR)) == {"Bob": ["1.00"], "TOTAL": ["1.00"]}


def test_sales_are_shown_by_class_and_department(books: Books) -> None:
    for name in ("ClassTrackingPerTxnLine", "TrackDepartments"):
        books.set_preference("AccountingInfoPrefs", name, True)
    garden = {"value": books.create("Class", {"Name": "Garden"})["Id"]}
    north = {"value": books.create("Department", {"Name": "North"})["Id"]}
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(10, ClassRef=garden), item_line(5), DepartmentRef=north)
    assert named(books.report("ClassSales", YEAR)) == {
        "Garden": ["10.00"],
        "Not Specified": ["5.00"],
        "TOTAL": ["15.00"],
    }
    assert named(books.report("DepartmentSales", YEAR)) == {"North": ["15.00"], "TOTAL": ["15.00"]}


def test_products_are_shown_by_quantity_amount_share_and_price(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(30, UnitPrice=10, Qty=3), item_line(10, item="2"))
    credit_memo(books, ada, item_line(10, UnitPrice=10, Qty=1))
    report = books.report("ItemSales", YEAR)
    assert listed(report) == [
        ["Hours", "", "10.00", "33.33 %", ""],
        ["Services", "2.00", "20.00", "66.67 %", "10.00"],
    ]
    assert named(report)["TOTAL"] == ["2.00", "30.00", "100.00 %", "15.00"]


def test_what_a_customer_brought_and_cost_is_set_against_each_other(books: Books) -> None:
    ada = customer(books)["Id"]
    invoice(books, ada, item_line(100))
    bill(books, vendor(books)["Id"], expense_line(30, CustomerRef={"value": ada}), expense_line(7))
    assert listed(books.report("CustomerIncome", YEAR)) == [["Ada Byron", "100.00", "-30.00", "70.00"]]
    assert listed(books.report("VendorExpenses", YEAR)) == [["Bolt Supplies", "37.00"]]
