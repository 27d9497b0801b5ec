"""Bank accounts in another currency, and what is moved between accounts without a customer's or vendor's document."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    changed,
    company,
    customer,
    invoice,
    journal_line,
    payment,
    pays,
    refused,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books

EURO = {"value": "EUR"}
CHECKING = {"value": "35"}


@pytest.fixture
def books() -> Books:
    books = company()
    books.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
    books.create("ExchangeRate", {"SourceCurrencyCode": "EUR", "AsOfDate": "2026-01-01", "Rate": Decimal("1.2")})
    return books


@pytest.fixture
def bank(books: Books) -> str:
    return str(books.create("Account", {"Name": "Euro Bank", "AccountType": "Bank", "CurrencyRef": EURO})["Id"])


def balance(books: Books, id: str) -> Decimal:
    assert problems(books) == []
    return Decimal(books.read("Account", id)["CurrentBalance"])


def worth(books: Books) -> dict[str, Decimal]:
    """Debit less credit at home, by account."""
    rows = [row["ColData"] for row in books.report("TrialBalance", {})["Rows"]["Row"] if "ColData" in row]
    return {name["value"]: Decimal(debit["value"] or 0) - Decimal(credit["value"] or 0) for name, debit, credit in rows}


def deposit_line(amount: int | str, account: str = "1") -> dict[str, Any]:
    detail = {"AccountRef": {"value": account}}
    return {"Amount": Decimal(amount), "DetailType": "DepositLineDetail", "DepositLineDetail": detail}


def test_a_deposit_has_the_currency_of_its_bank_account(books: Books, bank: str) -> None:
    made = books.create("Deposit", {"DepositToAccountRef": {"value": bank}, "Line": [deposit_line(100)]})
    assert (made["CurrencyRef"]["value"], made["TotalAmt"], made["HomeTotalAmt"]) == ("EUR", 100, 120)
    assert balance(books, bank) == 100
    assert worth(books) == {"Euro Bank": 120, "Services": -120}


def test_money_is_transferred_from_one_currency_into_the_other(books: Books, bank: str) -> None:
    body = {"FromAccountRef": {"value": bank}, "ToAccountRef": CHECKING, "Amount": Decimal(50)}
    made = books.create("Transfer", {**body, "ExchangeRate": Decimal("1.3")})
    assert made["CurrencyRef"]["value"] == "EUR"
    assert balance(books, bank) == -50
    assert balance(books, "35") == 65


def test_a_foreign_card_is_paid_off_from_the_bank(books: Books) -> None:
    card = books.create("Account", {"Name": "Euro Card", "AccountType": "Credit Card", "CurrencyRef": EURO})["Id"]
    body = {"CreditCardAccountRef": {"value": card}, "BankAccountRef": CHECKING, "Amount": Decimal(10)}
    assert books.create("CreditCardPayment", body)["CurrencyRef"]["value"] == "EUR"
    assert balance(books, card) == 10
    assert balance(books, "35") == -12


def test_a_journal_entry_moves_what_a_foreign_customer_owes(books: Books) -> None:
    erik = customer(books, "Erik", CurrencyRef=EURO)["Id"]
    invoice(books, erik)
    (receivable,) = (one["Id"] for one in books.query("select * from Account where Name like '%EUR'").rows or [])
    lines = [journal_line("Debit", 10, receivable, erik, "Customer"), journal_line("Credit", 10, "34")]
    books.create("JournalEntry", {"Line": lines, "CurrencyRef": EURO})
    assert books.read("Customer", erik)["Balance"] == balance(books, receivable) == 110
    assert balance(books, "34") == -12


def test_a_journal_entry_balances_at_home_to_the_cent(books: Books) -> None:
    lines = [
        journal_line("Debit", "0.03", "35"),
        *(journal_line("Credit", "0.01", account) for account in ("34", "81", "4")),
    ]
    books.create("JournalEntry", {"Line": lines, "CurrencyRef": EURO, "ExchangeRate": Decimal("1.5")})
    assert sum(worth(books).values()) == 0
    assert {id: balance(books, id) for id in ("35", "34", "81", "4")} == {
        "35": Decimal("0.05"),
        "34": Decimal("-0.02"),
        "81": Decimal("-0.02"),
        "4": Decimal("-0.01"),
    }


def test_a_foreign_customer_pays_into_a_bank_account_of_the_same_currency(books: Books, bank: str) -> None:
    erik = customer(books, "Erik", CurrencyRef=EURO)["Id"]
    payment(books, erik, 100, pays(invoice(books, erik), 100), DepositToAccountRef={"value": bank})
    assert balance(books, bank) == 100


def test_a_foreign_bank_account_may_hold_something_at_first(books: Books) -> None:
    opened = {"OpeningBalance": Decimal(30), "OpeningBalanceDate": "2026-02-01", "CurrencyRef": EURO}
    held = books.create("Account", {"Name": "Euro Bank", "AccountType": "Bank", **opened})
    assert held["CurrentBalance"] == 30
    assert balance(books, "34") == -36


def test_money_in_one_currency_does_not_lie_in_an_account_of_another(books: Books, bank: str) -> None:
    with refused("6000"):
        payment(books, customer(books)["Id"], 100, DepositToAccountRef={"value": bank})
    with refused("6000"):
        books.create("JournalEntry", {"Line": [journal_line("Debit", 1, bank), journal_line("Credit", 1, "1")]})
    with refused("6000"):
        dollars = {"DepositToAccountRef": {"value": bank}, "CurrencyRef": {"value": "GBP"}}
        books.create("Deposit", {**dollars, "Line": [deposit_line(1)]})


def test_an_entry_keeps_its_rate_until_another_is_sent(books: Books, bank: str) -> None:
    to = {"DepositToAccountRef": {"value": bank}}
    made = books.create("Deposit", {**to, "Line": [deposit_line(10)], "ExchangeRate": Decimal("1.1")})
    assert changed(books, "Deposit", made, **to, PrivateNote="x")["HomeTotalAmt"] == 11
    assert changed(books, "Deposit", made, **to, ExchangeRate=Decimal("1.4"))["HomeTotalAmt"] == 14
    assert balance(books, bank) == 10


def test_what_is_not_modelled_in_a_foreign_currency_says_so(books: Books, bank: str) -> None:
    erik = customer(books, "Erik", CurrencyRef=EURO)["Id"]
    paid = payment(books, erik, 100)
    with refused("500"):
        link = {"LinkedTxn": [{"TxnId": paid["Id"], "TxnType": "Payment"}]}
        books.create("Deposit", {"DepositToAccountRef": {"value": bank}, "Line": [link]})
    with refused("500"):
        books.create("Account", {"Name": "Car", "AccountType": "Fixed Asset", "CurrencyRef": EURO})


def test_without_the_preference_there_is_one_currency() -> None:
    books = company()
    with refused("6000"):
        books.create("Account", {"Name": "Euro Bank", "AccountType": "Bank", "CurrencyRef": EURO})
    with refused("6000"):
        lines = [journal_line("Debit", 1, "35"), journal_line("Credit", 1, "1")]
        books.create("JournalEntry", {"Line": lines, "CurrencyRef": EURO})
