"""What a person does in QuickBooks' pages."""

from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import company, credit_memo, customer, invoice, item_line, payment, pays

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault


@pytest.fixture
def books() -> Books:
    return company()


@pytest.fixture
def ada(books: Books) -> str:
    return str(customer(books)["Id"])


def test_a_customer_made_inactive_has_its_balance_written_off(books: Books, ada: str) -> None:
    bills = [invoice(books, ada, item_line(amount)) for amount in (70, 30)]
    payment(books, ada, 20, pays(bills[0], 20))
    gone = books.deactivate_customer(ada)
    assert (gone["DisplayName"], gone["Balance"]) == ("Ada Byron (deleted)", 0)
    memo = (books.query("select * from CreditMemo").rows or [])[0]
    assert (memo["TotalAmt"], memo["RemainingCredit"]) == (80, 0)
    assert [books.read("Invoice", bill["Id"])["Balance"] for bill in bills] == [0, 0]
    assert problems(books) == []


def test_a_customer_that_owes_nothing_is_made_inactive_without_more(books: Books, ada: str) -> None:
    books.deactivate_customer(ada)
    assert books.query("select count(*) from CreditMemo").total_count == 0


def test_a_customer_with_open_credit_is_not_made_inactive(books: Books, ada: str) -> None:
    credit_memo(books, ada)
    with pytest.raises(Fault) as caught:
        books.deactivate_customer(ada)
    assert caught.value.code == "500"
    assert books.read("Customer", ada)["Active"] is True


def test_a_deposit_holds_payments_and_is_gone_when_the_last_is_taken_out(books: Books, ada: str) -> None:
    first, second = (payment(books, ada, amount)["Id"] for amount in (10, 5))
    deposit = books.make_deposit([first, second])
    assert (deposit["TotalAmt"], deposit["DepositToAccountRef"]["name"]) == (15, "Checking")
    books.undeposit(first)
    assert books.read("Deposit", deposit["Id"])["TotalAmt"] == Decimal(5)
    books.undeposit(second)
    with pytest.raises(Fault):
        books.read("Deposit", deposit["Id"])
    assert problems(books) == []


def test_a_payment_is_deposited_once(books: Books, ada: str) -> None:
    paid = payment(books, ada, 10)["Id"]
    books.make_deposit([paid])
    with pytest.raises(Fault) as caught:
        books.make_deposit([paid])
    assert caught.value.code == "620"


def test_books_check_finds_what_does_not_agree(books: Books, ada: str) -> None:
    bill = invoice(books, ada)
    row = books.tables["Invoice"].rows[bill["Id"]]
    row.object["Balance"] = Decimal(1)
    found = problems(books)
    assert any("Invoice 1: Balance 1" in line for line in found)
    assert any("Customer 1" in line for line in found)
