"""Companies and request bodies for tests."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.sample import sample
from quickbooks_sandbox.settings import Settings

NOON = datetime(2026, 5, 20, 19, tzinfo=UTC)  # 12:00 on the Pacific clock
Body = dict[str, Any]


def company(**settings: Any) -> Books:
    return Books.empty("1001", "Test Company", Clock(NOON), Settings(**settings))


def sample_company(**settings: Any) -> Books:
    return sample("1002", "Sample Company", Clock(NOON), Settings(**settings))


def refused(code: str) -> "pytest.RaisesExc[Fault]":
    """QuickBooks' answer is a fault with this code."""
    return pytest.raises(Fault, check=lambda fault: fault.code == code)


def customer(books: Books, name: str = "Ada Byron", **fields: Any) -> Body:
    return books.create("Customer", {"DisplayName": name, **fields})


def item_line(amount: str | int = 100, item: str = "1", **detail: Any) -> Body:
    return {
        "Amount": Decimal(amount),
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item}, **detail},
    }


def sales_form(customer_id: str, *lines: Body, **fields: Any) -> Body:
    return {"CustomerRef": {"value": customer_id}, "Line": list(lines) or [item_line()], **fields}


def invoice(books: Books, customer_id: str, *lines: Body, **fields: Any) -> Body:
    return books.create("Invoice", sales_form(customer_id, *lines, **fields))


def credit_memo(books: Books, customer_id: str, *lines: Body, **fields: Any) -> Body:
    return books.create("CreditMemo", sales_form(customer_id, *lines, **fields))


def pays(document: Body, amount: str | int, type: str = "Invoice") -> Body:
    return {"Amount": Decimal(amount), "LinkedTxn": [{"TxnId": document["Id"], "TxnType": type}]}


def payment(books: Books, customer_id: str, amount: str | int, *lines: Body, **fields: Any) -> Body:
    body = {"CustomerRef": {"value": customer_id}, "TotalAmt": Decimal(amount), "Line": list(lines)}
    return books.create("Payment", {**body, **fields})


def vendor(books: Books, name: str = "Bolt Supplies", **fields: Any) -> Body:
    return books.create("Vendor", {"DisplayName": name, **fields})


def account(books: Books, name: str, type: str) -> Body:
    return books.create("Account", {"Name": name, "AccountType": type})


def expense_line(amount: str | int = 100, account: str = "3", **detail: Any) -> Body:
    return {
        "Amount": Decimal(amount),
        "DetailType": "AccountBasedExpenseLineDetail",
        "AccountBasedExpenseLineDetail": {"AccountRef": {"value": account}, **detail},
    }


def bill(books: Books, vendor_id: str, *lines: Body, **fields: Any) -> Body:
    return books.create("Bill", purchase_form(vendor_id, *lines, **fields))


def vendor_credit(books: Books, vendor_id: str, *lines: Body, **fields: Any) -> Body:
    return books.create("VendorCredit", purchase_form(vendor_id, *lines, **fields))


def purchase_form(vendor_id: str, *lines: Body, **fields: Any) -> Body:
    return {"VendorRef": {"value": vendor_id}, "Line": list(lines) or [expense_line()], **fields}


def check_payment(vendor_id: str, amount: str | int | Decimal, *lines: Body, **fields: Any) -> Body:
    """A bill payment out of the bank account that every company has."""
    return {
        "VendorRef": {"value": vendor_id},
        "PayType": "Check",
        "CheckPayment": {"BankAccountRef": {"value": "35"}},
        "TotalAmt": Decimal(amount),
        "Line": list(lines),
        **fields,
    }


def journal_line(posting: str, amount: str | int | Decimal, account: str, name: str = "", type: str = "") -> Body:
    detail: Body = {"PostingType": posting, "AccountRef": {"value": account}}
    if name:
        detail["Entity"] = {"Type": type, "EntityRef": {"value": name}}
    return {
        "Amount": Decimal(amount),
        "DetailType": "JournalEntryLineDetail",
        "JournalEntryLineDetail": detail,
    }


def changed(books: Books, entity: str, object: Body, **fields: Any) -> Body:
    """A sparse update with the token the object has now."""
    token = books.read(entity, object["Id"])["SyncToken"]
    return books.update(entity, {"Id": object["Id"], "SyncToken": token, "sparse": True, **fields})


def named(books: Books, entity: str, object: Body) -> Body:
    """What a delete or void sends."""
    return {"Id": object["Id"], "SyncToken": books.read(entity, object["Id"])["SyncToken"]}
