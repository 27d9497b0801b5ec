"""Estimates and purchase orders: they post nothing, and what is made from them closes them."""

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    bill,
    changed,
    company,
    customer,
    expense_line,
    invoice,
    item_line,
    named,
    purchase_form,
    refused,
    sales_form,
    vendor,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books


@pytest.fixture
def books() -> Books:
    return company()


def estimate(books: Books, customer_id: str, **fields: object) -> Body:
    return books.create("Estimate", sales_form(customer_id, item_line(100), **fields))


def order(books: Books, vendor_id: str, **fields: object) -> Body:
    return books.create("PurchaseOrder", purchase_form(vendor_id, expense_line(100), **fields))


def link(type: str, document: Body) -> list[Body]:
    return [{"TxnId": document["Id"], "TxnType": type}]


def test_an_estimate_is_pending_and_moves_no_balance(books: Books) -> None:
    ada = customer(books)["Id"]
    made = estimate(books, ada)
    assert (made["TxnStatus"], made["TotalAmt"], made["DocNumber"]) == ("Pending", 100, "1001")
    assert books.read("Customer", ada)["Balance"] == 0
    assert books.read("Account", "84")["CurrentBalance"] == 0
    assert "Balance" not in made


def test_an_invoice_closes_the_estimate_it_names(books: Books) -> None:
    ada = customer(books)["Id"]
    offered = estimate(books, ada, TxnStatus="Accepted")
    made = invoice(books, ada, LinkedTxn=link("Estimate", offered))
    assert made["LinkedTxn"] == link("Estimate", offered)
    closed = books.read("Estimate", offered["Id"])
    assert (closed["TxnStatus"], closed["LinkedTxn"]) == ("Closed", link("Invoice", made))
    assert problems(books) == []


@pytest.mark.parametrize("undo", ["delete", "void", "unlink"])
def test_an_estimate_opens_again_when_its_invoice_lets_go(books: Books, undo: str) -> None:
    ada = customer(books)["Id"]
    offered = estimate(books, ada, TxnStatus="Accepted")
    made = invoice(books, ada, LinkedTxn=link("Estimate", offered))
    if undo == "delete":
        books.delete("Invoice", named(books, "Invoice", made))
    elif undo == "void":
        books.void("Invoice", named(books, "Invoice", made))
    else:
        changed(books, "Invoice", made, LinkedTxn=[])
    again = books.read("Estimate", offered["Id"])
    assert (again["TxnStatus"], again["LinkedTxn"]) == ("Accepted", [])


def test_an_invoice_keeps_its_estimate_when_it_is_changed_or_paid(books: Books) -> None:
    ada = customer(books)["Id"]
    offered = estimate(books, ada)
    made = invoice(books, ada, LinkedTxn=link("Estimate", offered))
    line = {"Amount": 100, "LinkedTxn": [{"TxnId": made["Id"], "TxnType": "Invoice"}]}
    paid = books.create("Payment", {"CustomerRef": {"value": ada}, "TotalAmt": 100, "Line": [line]})
    links = books.read("Invoice", made["Id"])["LinkedTxn"]
    assert {one["TxnType"] for one in links} == {"Estimate", "Payment"}
    full = {**books.read("Invoice", made["Id"]), "PrivateNote": "x"}
    assert books.update("Invoice", full)["LinkedTxn"] == [*link("Payment", paid), *link("Estimate", offered)]
    assert problems(books) == []


def test_a_deleted_estimate_is_named_no_more(books: Books) -> None:
    ada = customer(books)["Id"]
    offered = estimate(books, ada)
    made = invoice(books, ada, LinkedTxn=link("Estimate", offered))
    books.delete("Estimate", named(books, "Estimate", offered))
    assert books.read("Invoice", made["Id"])["LinkedTxn"] == []


def test_an_estimate_of_another_customer_or_of_none_is_refused(books: Books) -> None:
    ada, bob = customer(books)["Id"], customer(books, "Bob")["Id"]
    offered = estimate(books, bob)
    for links in (link("Estimate", offered), [{"TxnId": "999", "TxnType": "Estimate"}]):
        with refused("6000"):
            invoice(books, ada, LinkedTxn=links)


def test_the_closed_period_is_not_touched_by_an_estimate(books: Books) -> None:
    books.set_preference("AccountingInfoPrefs", "BookCloseDate", "2026-04-30")
    made = estimate(books, customer(books)["Id"], TxnDate="2026-04-01")
    books.delete("Estimate", named(books, "Estimate", made))


def test_a_bill_closes_its_purchase_order(books: Books) -> None:
    bolt = vendor(books)["Id"]
    ordered = order(books, bolt)
    assert (ordered["POStatus"], ordered["DocNumber"], ordered["TotalAmt"]) == ("Open", "1001", 100)
    assert books.read("Vendor", bolt)["Balance"] == 0
    made = bill(books, bolt, LinkedTxn=link("PurchaseOrder", ordered))
    closed = books.read("PurchaseOrder", ordered["Id"])
    assert (closed["POStatus"], closed["LinkedTxn"]) == ("Closed", link("Bill", made))
    books.delete("Bill", named(books, "Bill", made))
    assert books.read("PurchaseOrder", ordered["Id"])["POStatus"] == "Open"


def test_orders_stand_in_lists_of_transactions_but_not_in_the_books(books: Books) -> None:
    estimate(books, customer(books)["Id"])
    (row,) = books.report("TransactionList", {})["Rows"]["Row"]
    assert [cell["value"] for cell in row["ColData"]][1:4] == ["Estimate", "1001", "No"]
    assert books.report("TrialBalance", {})["Rows"] == {}


def test_orders_move_no_stock(books: Books) -> None:
    pump = {
        **{"Name": "Pump", "Type": "Inventory", "TrackQtyOnHand": True, "QtyOnHand": 10, "InvStartDate": "2026-01-01"},
        **{
            "IncomeAccountRef": {"value": "79"},
            "ExpenseAccountRef": {"value": "80"},
            "AssetAccountRef": {"value": "81"},
        },
    }
    item = books.create("Item", pump)["Id"]
    books.create("Estimate", sales_form(customer(books)["Id"], item_line(30, item=item, Qty=3, UnitPrice=10)))
    detail = {"ItemRef": {"value": item}, "Qty": 2, "UnitPrice": 5}
    line = {"Amount": 10, "DetailType": "ItemBasedExpenseLineDetail", "ItemBasedExpenseLineDetail": detail}
    books.create("PurchaseOrder", purchase_form(vendor(books)["Id"], line))
    assert books.read("Item", item)["QtyOnHand"] == 10
