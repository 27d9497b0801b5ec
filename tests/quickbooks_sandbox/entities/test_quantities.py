"""Quantities on hand follow from what is sold, returned and bought."""

from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    bill,
    changed,
    company,
    customer,
    invoice,
    item_line,
    named,
    sales_form,
    vendor,
    vendor_credit,
)

from quickbooks_sandbox.books.company import Books


@pytest.fixture
def books() -> Books:
    return company()


@pytest.fixture
def pump(books: Books) -> str:
    accounts = {"IncomeAccountRef": "79", "ExpenseAccountRef": "80", "AssetAccountRef": "81"}
    body = {"Name": "Pump", "Type": "Inventory", "QtyOnHand": 10, "InvStartDate": "2026-01-01", "TrackQtyOnHand": True}
    made = books.create("Item", {**body, **{name: {"value": id} for name, id in accounts.items()}})
    return str(made["Id"])


def on_hand(books: Books, pump: str) -> Any:
    return books.read("Item", pump)["QtyOnHand"]


def sold(pump: str, many: int) -> Body:
    return item_line(many * 5, pump, Qty=many, UnitPrice=5)


def bought(pump: str, many: int) -> Body:
    kind = "ItemBasedExpenseLineDetail"
    return {"Amount": many * 3, "DetailType": kind, kind: {"ItemRef": {"value": pump}, "Qty": many, "UnitPrice": 3}}


def test_a_sale_takes_from_the_quantity_until_it_is_changed_or_void(books: Books, pump: str) -> None:
    made = invoice(books, customer(books)["Id"], sold(pump, 4))
    assert on_hand(books, pump) == 6
    changed(books, "Invoice", made, Line=[sold(pump, 1)])
    assert on_hand(books, pump) == 9
    books.void("Invoice", named(books, "Invoice", made))
    assert on_hand(books, pump) == 10


def test_a_return_adds_to_it(books: Books, pump: str) -> None:
    ada = customer(books)["Id"]
    books.create("CreditMemo", sales_form(ada, sold(pump, 2)))
    books.create("RefundReceipt", sales_form(ada, sold(pump, 1), DepositToAccountRef={"value": "35"}))
    assert on_hand(books, pump) == 13


def test_a_bill_adds_and_a_vendor_credit_takes(books: Books, pump: str) -> None:
    seller = vendor(books)["Id"]
    made = bill(books, seller, bought(pump, 7))
    vendor_credit(books, seller, bought(pump, 2))
    assert on_hand(books, pump) == 15
    books.delete("Bill", named(books, "Bill", made))
    assert on_hand(books, pump) == 8


def test_more_may_be_sold_than_there_is(books: Books, pump: str) -> None:
    invoice(books, customer(books)["Id"], sold(pump, 12))
    assert on_hand(books, pump) == -2


def test_the_item_counts_as_changed_and_keeps_its_token(books: Books, pump: str) -> None:
    before = books.read("Item", pump)
    books.clock.advance(60)
    invoice(books, customer(books)["Id"], sold(pump, 1))
    after = books.read("Item", pump)
    assert after["SyncToken"] == before["SyncToken"]
    assert after["MetaData"]["LastUpdatedTime"] > before["MetaData"]["LastUpdatedTime"]


def test_services_have_no_quantity(books: Books) -> None:
    invoice(books, customer(books)["Id"], item_line(10, "1", Qty=2, UnitPrice=5))
    assert "QtyOnHand" not in books.read("Item", "1")
