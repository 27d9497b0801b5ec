"""Purchases, cash sales, deposits, transfers and journal entries: what each does to the accounts."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    changed,
    company,
    customer,
    expense_line,
    item_line,
    journal_line,
    named,
    payment,
    refused,
    sales_form,
    vendor,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books

CHECKING, UNDEPOSITED, EQUITY, EXPENSE = "35", "4", "34", "3"


@pytest.fixture
def books() -> Books:
    return company()


def balance(books: Books, account: str) -> Decimal:
    assert problems(books) == []
    amount: Decimal = books.read("Account", account)["CurrentBalance"]
    return amount


def purchase(books: Books, *lines: Body, **fields: Any) -> Body:
    body = {"PaymentType": "Cash", "AccountRef": {"value": CHECKING}, "Line": list(lines) or [expense_line()]}
    return books.create("Purchase", {**body, **fields})


def other_income(amount: str | int, account: str = EQUITY, **detail: Any) -> Body:
    detail = {"AccountRef": {"value": account}, **detail}
    return {"Amount": Decimal(amount), "DetailType": "DepositLineDetail", "DepositLineDetail": detail}


def holding(received: Body, type: str = "Payment") -> Body:
    return {"LinkedTxn": [{"TxnId": received["Id"], "TxnType": type}]}


def deposit(books: Books, *lines: Body, **fields: Any) -> Body:
    return books.create("Deposit", {"DepositToAccountRef": {"value": CHECKING}, "Line": list(lines), **fields})


# -- purchases
def test_a_purchase_takes_money_from_its_account(books: Books) -> None:
    seller = vendor(books)
    made = purchase(books, expense_line(40), EntityRef={"value": seller["Id"]})
    assert made["EntityRef"] == {"value": seller["Id"], "name": "Bolt Supplies", "type": "Vendor"}
    assert (made["TotalAmt"], balance(books, CHECKING)) == (40, Decimal(-40))
    assert books.read("Vendor", seller["Id"])["Balance"] == 0


def test_a_credit_card_credit_gives_money_back(books: Books) -> None:
    card = books.create("Account", {"Name": "Visa", "AccountType": "Credit Card"})["Id"]
    purchase(books, expense_line(40), PaymentType="CreditCard", AccountRef={"value": card}, Credit=True)
    assert balance(books, card) == 40


@pytest.mark.parametrize("type", ["Cash", "CreditCard"])
def test_the_account_fits_the_payment_type(books: Books, type: str) -> None:
    with refused("6430"):
        purchase(books, PaymentType=type, AccountRef={"value": "33" if type == "Cash" else CHECKING})


def test_the_payment_type_stays(books: Books) -> None:
    made = purchase(books)
    assert changed(books, "Purchase", made, PaymentType="Check")["PaymentType"] == "Cash"
    with refused("610"):
        books.update("Purchase", {**books.read("Purchase", made["Id"]), "PaymentType": "Check"})
    with refused("2020"):
        changed(books, "Purchase", made, PrivateNote="x")


def test_money_paid_ahead_is_owed_by_the_vendor(books: Books) -> None:
    seller = vendor(books)
    with refused("6000"):
        purchase(books, expense_line(40, "33"))
    purchase(books, expense_line(40, "33"), EntityRef={"value": seller["Id"]})
    assert balance(books, "33") == 40
    assert books.read("Vendor", seller["Id"])["Balance"] == -40


def test_a_purchase_cannot_be_voided(books: Books) -> None:
    with refused("500"):
        books.void("Purchase", named(books, "Purchase", purchase(books)))


# -- cash sales
def test_a_sales_receipt_lies_in_undeposited_funds_and_owes_nothing(books: Books) -> None:
    client = customer(books)
    made = books.create("SalesReceipt", sales_form(client["Id"], item_line(80)))
    assert (made["TotalAmt"], made["Balance"]) == (80, 0)
    assert made["DepositToAccountRef"] == {"value": UNDEPOSITED, "name": "Undeposited Funds"}
    assert balance(books, UNDEPOSITED) == 80
    assert books.read("Customer", client["Id"])["Balance"] == 0


def test_a_sales_receipt_needs_no_customer(books: Books) -> None:
    made = books.create("SalesReceipt", {"Line": [item_line(80)]})
    assert "CustomerRef" not in made
    void = books.void("SalesReceipt", named(books, "SalesReceipt", made))
    assert (void["TotalAmt"], void["PrivateNote"], balance(books, UNDEPOSITED)) == (0, "Voided", Decimal(0))


def test_a_refund_is_paid_out_at_once(books: Books) -> None:
    body = sales_form(customer(books)["Id"], item_line(30))
    with refused("2020"):
        books.create("RefundReceipt", body)
    books.create("RefundReceipt", {**body, "DepositToAccountRef": {"value": CHECKING}})
    assert balance(books, CHECKING) == -30


# -- deposits
def test_a_deposit_holds_what_was_received(books: Books) -> None:
    client = customer(books)["Id"]
    paid, sold = payment(books, client, 50), books.create("SalesReceipt", sales_form(client, item_line(80)))
    made = deposit(books, holding(paid), holding(sold, "SalesReceipt"), other_income(5))
    assert (made["TotalAmt"], balance(books, CHECKING), balance(books, UNDEPOSITED)) == (135, Decimal(135), Decimal(0))
    link = [{"TxnId": made["Id"], "TxnType": "Deposit"}]
    assert books.read("Payment", paid["Id"])["LinkedTxn"] == link
    for entity, held in (("Payment", paid), ("SalesReceipt", sold)):
        with refused("6540"):
            changed(books, entity, held, PrivateNote="x")
        with refused("6540"):
            books.delete(entity, named(books, entity, held))
    with refused("620"):
        deposit(books, holding(paid))


def test_what_leaves_a_deposit_can_change_again(books: Books) -> None:
    client = customer(books)["Id"]
    first, second = payment(books, client, 50), payment(books, client, 20)
    made = deposit(books, holding(first), holding(second))
    into = {"value": CHECKING}
    changed(books, "Deposit", made, Line=made["Line"][:1], DepositToAccountRef=into)
    assert changed(books, "Payment", second, PrivateNote="x")["PrivateNote"] == "x"
    books.delete("Deposit", named(books, "Deposit", made))
    assert "LinkedTxn" not in books.read("Payment", first["Id"])
    assert (balance(books, CHECKING), balance(books, UNDEPOSITED)) == (Decimal(0), Decimal(70))


def test_cash_back_leaves_the_deposit(books: Books) -> None:
    back = {"AccountRef": {"value": EQUITY}, "Amount": 15, "Memo": "Petty cash"}
    made = deposit(books, other_income(100), CashBack=back)
    assert (made["TotalAmt"], made["CashBack"]["Amount"]) == (85, 15)
    assert (balance(books, CHECKING), balance(books, EQUITY)) == (Decimal(85), Decimal(-85))


def test_money_from_a_customer_straight_into_receivables_needs_the_customer(books: Books) -> None:
    client = customer(books)
    with refused("6000"):
        deposit(books, other_income(10, "84"))
    deposit(books, other_income(10, "84", Entity={"value": client["Id"], "type": "CUSTOMER"}))
    assert books.read("Customer", client["Id"])["Balance"] == -10
    assert balance(books, "84") == -10


# -- transfers
def test_a_transfer_moves_money(books: Books) -> None:
    body = {"FromAccountRef": {"value": CHECKING}, "ToAccountRef": {"value": UNDEPOSITED}, "Amount": 25}
    made = books.create("Transfer", body)
    assert (balance(books, CHECKING), balance(books, UNDEPOSITED)) == (Decimal(-25), Decimal(25))
    with refused("2020"):
        changed(books, "Transfer", made, Amount=30)
    changed(books, "Transfer", made, **{**body, "Amount": 30})
    assert balance(books, CHECKING) == -30


@pytest.mark.parametrize(("into", "code"), [(CHECKING, "6000"), (EXPENSE, "6430"), ("84", "6430")])
def test_a_transfer_needs_two_accounts_that_hold_money(books: Books, into: str, code: str) -> None:
    body = {"FromAccountRef": {"value": CHECKING}, "ToAccountRef": {"value": into}, "Amount": 25}
    with refused(code):
        books.create("Transfer", body)


# -- journal entries
def test_a_journal_entry_shows_a_total_of_nothing(books: Books) -> None:
    lines = [journal_line("Debit", 70, CHECKING), journal_line("Credit", 70, EQUITY)]
    made = books.create("JournalEntry", {"Line": lines})
    assert (made["TotalAmt"], made["Adjustment"]) == (0, False)
    assert [line["Id"] for line in made["Line"]] == ["0", "1"]
    assert (balance(books, CHECKING), balance(books, EQUITY)) == (Decimal(70), Decimal(-70))


def test_a_journal_entry_on_receivables_moves_the_customer(books: Books) -> None:
    client, seller = customer(books)["Id"], vendor(books)["Id"]
    lines = [journal_line("Debit", 70, "84", client, "Customer"), journal_line("Credit", 70, "33", seller, "Vendor")]
    made = books.create("JournalEntry", {"Line": lines})
    assert books.read("Customer", client)["Balance"] == 70
    assert books.read("Vendor", seller)["Balance"] == 70
    assert balance(books, "84") == 70
    books.delete("JournalEntry", named(books, "JournalEntry", made))
    assert books.read("Customer", client)["Balance"] == 0


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([journal_line("Debit", 70, CHECKING), journal_line("Credit", 60, EQUITY)], "2300"),
        ([], "2250"),
        ([journal_line("Debit", 70, CHECKING)], "2250"),
        ([journal_line("", 70, CHECKING), journal_line("Credit", 70, EQUITY)], "2260"),
        ([journal_line("Debit", -70, CHECKING), journal_line("Credit", -70, EQUITY)], "2290"),
        ([journal_line("Debit", 70, "84"), journal_line("Credit", 70, EQUITY)], "6000"),
    ],
)
def test_a_journal_entry_must_make_sense(books: Books, lines: list[Body], code: str) -> None:
    with refused(code):
        books.create("JournalEntry", {"Line": lines})


def test_voiding_a_journal_entry_does_nothing(books: Books) -> None:
    lines = [journal_line("Debit", 70, CHECKING), journal_line("Credit", 70, EQUITY)]
    made = books.create("JournalEntry", {"Line": lines})
    assert books.void("JournalEntry", named(books, "JournalEntry", made)) == made


def test_merging_vendors_moves_what_names_them_on_lines_too(books: Books) -> None:
    loser, winner = vendor(books), vendor(books, "Bolt & Sons")
    spent = purchase(books, expense_line(40, "33"), EntityRef={"value": loser["Id"]})
    lines = [journal_line("Debit", 5, EXPENSE), journal_line("Credit", 5, "33", loser["Id"], "Vendor")]
    entry = books.create("JournalEntry", {"Line": lines})
    books.merge("Vendor", loser["Id"], winner["Id"])
    assert books.read("Purchase", spent["Id"])["EntityRef"]["name"] == "Bolt & Sons"
    named_on_line = books.read("JournalEntry", entry["Id"])["Line"][1]["JournalEntryLineDetail"]["Entity"]
    assert named_on_line["EntityRef"]["value"] == winner["Id"]
    assert books.read("Vendor", winner["Id"])["Balance"] == -35
    assert problems(books) == []
