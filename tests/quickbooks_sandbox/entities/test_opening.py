"""Balances that accounts, customers and vendors begin with."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import changed, company, customer, vendor

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.settings import Settings

DAY = "2026-01-31"
EQUITY = "34"


@pytest.fixture
def books() -> Books:
    return company()


def account(books: Books, type: str, balance: int, **fields: Any) -> dict[str, Any]:
    body = {"Name": type, "AccountType": type, "OpeningBalance": balance, "OpeningBalanceDate": DAY, **fields}
    return books.create("Account", body)


def only(books: Books, entity: str) -> dict[str, Any]:
    (one,) = books.query(f"select * from {entity}").rows or []
    found: dict[str, Any] = one
    return found


def test_what_a_customer_owes_at_first_is_an_invoice(books: Books) -> None:
    ada = customer(books, Balance=Decimal(50), OpenBalanceDate=DAY)
    opened = only(books, "Invoice")
    assert ada["Balance"] == opened["Balance"] == 50
    assert (opened["TxnDate"], opened["PrivateNote"]) == (DAY, "Opening Balance")
    assert problems(books) == []


def test_what_a_vendor_is_owed_at_first_is_a_bill_on_uncategorized_expenses(books: Books) -> None:
    seller = vendor(books, Balance=Decimal(80))
    opened = only(books, "Bill")
    assert (seller["Balance"], opened["TotalAmt"], opened["TxnDate"]) == (80, 80, "2026-05-20")
    assert opened["Line"][0]["AccountBasedExpenseLineDetail"]["AccountRef"]["name"] == "Uncategorized Expense"
    assert problems(books) == []


def test_a_customer_outside_the_united_states_owes_it_without_tax() -> None:
    books = Books.empty("1", "London", Clock(), Settings(), country="GB")
    assert customer(books, Balance=Decimal(50))["Balance"] == 50
    assert problems(books) == []


def test_what_a_bank_account_held_is_a_deposit(books: Books) -> None:
    assert account(books, "Bank", 600)["CurrentBalance"] == 600
    assert only(books, "Deposit")["TotalAmt"] == 600
    assert books.read("Account", EQUITY)["CurrentBalance"] == -600
    assert problems(books) == []


@pytest.mark.parametrize(
    ("type", "sent", "shown"),
    [("Fixed Asset", 900, 900), ("Long Term Liability", 250, -250), ("Bank", -40, -40), ("Equity", -7, 7)],
)
def test_any_other_account_is_opened_by_a_journal_entry(books: Books, type: str, sent: int, shown: int) -> None:
    made = account(books, type, sent)
    assert (made["CurrentBalance"], "OpeningBalance" in made) == (shown, False)
    assert [line["Description"] for line in only(books, "JournalEntry")["Line"]] == ["Opening Balance"] * 2
    assert problems(books) == []


def test_nothing_is_made_where_a_part_of_it_is_refused(books: Books) -> None:
    books.close_books(None)
    books.set_preference("AccountingInfoPrefs", "BookCloseDate", DAY)
    with pytest.raises(Fault) as caught:
        account(books, "Bank", 10)
    assert caught.value.code == "6210"
    assert books.query("select count(*) from Account where AccountType = 'Bank'").total_count == 1


@pytest.mark.parametrize(("type", "code"), [("Income", "6000"), ("Accounts Receivable", "500")])
def test_accounts_without_a_balance_of_their_own_have_none_at_first(books: Books, type: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        account(books, type, 10)
    assert caught.value.code == code


@pytest.mark.parametrize("entity", ["Customer", "Vendor"])
def test_credit_at_first_is_not_modelled_and_says_so(books: Books, entity: str) -> None:
    with pytest.raises(Fault) as caught:
        books.create(entity, {"DisplayName": "Ada", "Balance": Decimal(-50)})
    assert caught.value.errors[0].detail == "Operation create with an opening balance below 0 is not supported."


def test_a_balance_that_an_update_sends_changes_nothing(books: Books) -> None:
    ada = customer(books, Balance=Decimal(50))
    assert changed(books, "Customer", ada, Balance=Decimal(99), Notes="new")["Balance"] == 50
