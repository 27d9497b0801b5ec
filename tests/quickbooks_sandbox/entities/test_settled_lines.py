"""Payments to what posts straight to a customer's or vendor's balance: journal entries, expenses, deposits."""

from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    changed,
    check_payment,
    company,
    credit_memo,
    customer,
    expense_line,
    invoice,
    journal_line,
    named,
    payment,
    pays,
    refused,
    vendor,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books

BANK, EQUITY, RECEIVABLE, PAYABLE = "35", "34", "84", "33"


def opening(books: Books, amount: int, name: str, account: str = RECEIVABLE, type: str = "Customer") -> Body:
    """A balance brought forward by a journal entry: positive for what the customer owes."""
    sides = ("Debit", "Credit") if amount > 0 else ("Credit", "Debit")
    lines = [
        journal_line(sides[0], abs(amount), account, name, type),
        journal_line(sides[1], abs(amount), EQUITY),
    ]
    return books.create("JournalEntry", {"Line": lines})


def check_to(books: Books, name: str, amount: int, **fields: Any) -> Body:
    """Money given back to a customer, posted to receivables."""
    body = {"PaymentType": "Check", "AccountRef": {"value": BANK}, "EntityRef": {"value": name}, **fields}
    return books.create("Purchase", {**body, "Line": [expense_line(amount, RECEIVABLE)]})


def balance(books: Books, id: str, entity: str = "Customer") -> Any:
    return books.read(entity, id)["Balance"]


@pytest.fixture
def books() -> Books:
    return company()


@pytest.fixture
def ada(books: Books) -> str:
    return str(customer(books)["Id"])


def test_an_opening_balance_is_paid(books: Books, ada: str) -> None:
    entry = opening(books, 100, ada)
    made = payment(books, ada, 60, pays(entry, 60, "JournalEntry"))
    assert (made["UnappliedAmt"], balance(books, ada)) == (0, 40)
    assert made["Line"][0]["LinkedTxn"] == [{"TxnId": entry["Id"], "TxnType": "JournalEntry"}]
    assert problems(books) == []


def test_no_more_than_is_open_is_paid(books: Books, ada: str) -> None:
    entry = opening(books, 100, ada)
    payment(books, ada, 60, pays(entry, 60, "JournalEntry"))
    with refused("6000"):
        payment(books, ada, 50, pays(entry, 50, "JournalEntry"))


def test_a_credit_brought_forward_pays_an_invoice(books: Books, ada: str) -> None:
    entry, owed = opening(books, -30, ada), invoice(books, ada)
    payment(books, ada, 0, pays(owed, 30), pays(entry, 30, "JournalEntry"))
    assert (books.read("Invoice", owed["Id"])["Balance"], balance(books, ada)) == (70, 70)
    assert problems(books) == []


def test_a_refund_by_check_uses_up_a_credit_memo(books: Books, ada: str) -> None:
    memo, check = credit_memo(books, ada), check_to(books, ada, 100)
    made = payment(books, ada, 0, pays(memo, 100, "CreditMemo"), pays(check, 100, "Expense"))
    assert [line["LinkedTxn"][0]["TxnType"] for line in made["Line"]] == ["CreditMemo", "Check"]
    assert (books.read("CreditMemo", memo["Id"])["Balance"], balance(books, ada)) == (0, 0)
    assert problems(books) == []


def test_a_payment_that_was_read_can_be_sent_back(books: Books, ada: str) -> None:
    memo, check = credit_memo(books, ada), check_to(books, ada, 100)
    made = payment(books, ada, 0, pays(memo, 100, "CreditMemo"), pays(check, 100, "Expense"))
    assert books.update("Payment", made) == made


def test_a_deposit_to_receivables_is_a_credit(books: Books, ada: str) -> None:
    detail = {"AccountRef": {"value": RECEIVABLE}, "Entity": {"value": ada}}
    line = {"Amount": 40, "DetailType": "DepositLineDetail", "DepositLineDetail": detail}
    received = books.create("Deposit", {"DepositToAccountRef": {"value": BANK}, "Line": [line]})
    owed = invoice(books, ada)
    payment(books, ada, 0, pays(owed, 40), pays(received, 40, "Deposit"))
    assert (books.read("Invoice", owed["Id"])["Balance"], balance(books, ada)) == (60, 60)


def test_what_is_deleted_lets_its_payment_go(books: Books, ada: str) -> None:
    entry = opening(books, 100, ada)
    made = payment(books, ada, 60, pays(entry, 60, "JournalEntry"))
    books.delete("JournalEntry", named(books, "JournalEntry", entry))
    after = books.read("Payment", made["Id"])
    assert (after["Line"], after["UnappliedAmt"], balance(books, ada)) == ([], 60, -60)
    assert problems(books) == []


def test_a_smaller_amount_lets_the_rest_go(books: Books, ada: str) -> None:
    entry = opening(books, 100, ada)
    made = payment(books, ada, 60, pays(entry, 60, "JournalEntry"))
    lines = [journal_line("Debit", 20, RECEIVABLE, ada, "Customer"), journal_line("Credit", 20, EQUITY)]
    changed(books, "JournalEntry", entry, Line=lines)
    assert books.read("Payment", made["Id"])["UnappliedAmt"] == 40
    assert problems(books) == []


def test_a_vendors_opening_balance_is_paid(books: Books) -> None:
    seller = str(vendor(books)["Id"])
    entry = opening(books, -80, seller, PAYABLE, "Vendor")
    books.create("BillPayment", check_payment(seller, 80, pays(entry, 80, "JournalEntry")))
    assert balance(books, seller, "Vendor") == 0
    assert problems(books) == []


def test_somebody_elses_entry_is_refused(books: Books, ada: str) -> None:
    entry = opening(books, 100, str(customer(books, "Bob")["Id"]))
    with refused("6000"):
        payment(books, ada, 60, pays(entry, 60, "JournalEntry"))


def test_an_entry_of_several_customers_is_not_modelled(books: Books, ada: str) -> None:
    bob = str(customer(books, "Bob")["Id"])
    lines = [
        journal_line("Debit", 10, RECEIVABLE, ada, "Customer"),
        journal_line("Debit", 10, RECEIVABLE, bob, "Customer"),
        journal_line("Credit", 20, EQUITY),
    ]
    entry = books.create("JournalEntry", {"Line": lines})
    with refused("500"):
        payment(books, ada, 10, pays(entry, 10, "JournalEntry"))
