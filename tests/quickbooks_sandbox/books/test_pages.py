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


def test_the_credit_of_a_customer_made_inactive_is_used_up_by_an_invoice(books: Books, ada: str) -> None:
    memo = credit_memo(books, ada, item_line(60))
    paid = payment(books, ada, 25)
    owing = invoice(books, ada, item_line(50))
    assert books.deactivate_customer(ada)["Balance"] == 0
    adjusting, *_ = books.query(f"select * from Invoice where Id != '{owing['Id']}'").rows or []
    assert (adjusting["TotalAmt"], adjusting["Balance"]) == (35, 0)
    assert adjusting["PrivateNote"] == "Created by QB Online to adjust balance for deletion"
    assert books.read("Invoice", owing["Id"])["Balance"] == 0
    assert books.read("Payment", paid["Id"])["UnappliedAmt"] == 0
    assert books.read("CreditMemo", memo["Id"])["RemainingCredit"] == 0
    assert problems(books) == []


def test_credit_that_lies_in_a_deposit_is_used_up_too(books: Books, ada: str) -> None:
    books.make_deposit([payment(books, ada, 25)["Id"]])
    assert books.deactivate_customer(ada)["Balance"] == 0
    assert problems(books) == []


def test_a_customer_whose_balance_a_journal_entry_moves_stays_active(books: Books, ada: str) -> None:
    owed = {"PostingType": "Debit", "AccountRef": {"value": "84"}, "Entity": {"EntityRef": {"value": ada}}}
    lines = [
        {"DetailType": "JournalEntryLineDetail", "Amount": 10, "JournalEntryLineDetail": detail}
        for detail in (owed, {"PostingType": "Credit", "AccountRef": {"value": "1"}})
    ]
    books.create("JournalEntry", {"Line": lines})
    with pytest.raises(Fault) as caught:
        books.deactivate_customer(ada)
    assert caught.value.code == "500"
    assert books.read("Customer", ada)["Active"] is True


def test_customers_with_sub_customers_are_not_merged(books: Books, ada: str) -> None:
    other = customer(books, "Other")["Id"]
    customer(books, "House", Job=True, ParentRef={"value": ada})
    for loser, winner in ((ada, other), (other, ada)):
        with pytest.raises(Fault) as caught:
            books.merge("Customer", loser, winner)
        assert caught.value.code == "6000"


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
