"""Payments: what they pay, what is left over, and what happens to both ends when either changes."""

from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    changed,
    company,
    credit_memo,
    customer,
    invoice,
    item_line,
    named,
    payment,
    pays,
    refused,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books


@pytest.fixture
def books() -> Books:
    return company()


@pytest.fixture
def ada(books: Books) -> str:
    return str(customer(books)["Id"])


def balance(books: Books, document: Body, entity: str = "Invoice") -> Decimal:
    found: Decimal = books.read(entity, document["Id"])["Balance"]
    return found


def test_an_invoice_that_moves_to_another_customer_leaves_its_payment_behind() -> None:
    books = company()
    ada, bob = customer(books, "Ada")["Id"], customer(books, "Bob")["Id"]
    made = invoice(books, ada)
    paid = payment(books, ada, 60, pays(made, 60))
    moved = changed(books, "Invoice", made, CustomerRef={"value": bob})
    assert (moved["Balance"], moved["LinkedTxn"], moved["CustomerRef"]["name"]) == (100, [], "Bob")
    after = books.read("Payment", paid["Id"])
    assert (after["Line"], after["UnappliedAmt"]) == ([], 60)
    assert [books.read("Customer", id)["Balance"] for id in (ada, bob)] == [-60, 100]
    assert problems(books) == []


def test_an_invoice_that_moves_to_a_sub_customer_keeps_its_payment() -> None:
    books = company()
    ada = customer(books, "Ada")["Id"]
    job = customer(books, "Job", ParentRef={"value": ada}, Job=True)["Id"]
    made = invoice(books, ada)
    payment(books, ada, 60, pays(made, 60))
    moved = changed(books, "Invoice", made, CustomerRef={"value": job})
    assert (moved["Balance"], len(moved["LinkedTxn"])) == (40, 1)
    assert problems(books) == []


def test_a_payment_lowers_the_balance_and_keeps_the_rest_unapplied(books: Books, ada: str) -> None:
    bill = invoice(books, ada)
    books.clock.advance(60)
    paid = payment(books, ada, 150, pays(bill, 60))
    after = books.read("Invoice", bill["Id"])
    assert (paid["UnappliedAmt"], after["Balance"]) == (90, 40)
    assert after["LinkedTxn"] == [{"TxnId": paid["Id"], "TxnType": "Payment"}]
    assert after["SyncToken"] == "1"
    assert after["MetaData"]["LastUpdatedTime"] > bill["MetaData"]["LastUpdatedTime"]
    assert after["MetaData"]["CreateTime"] == bill["MetaData"]["CreateTime"]


def test_a_customers_balance_moves_its_time_and_not_its_token(books: Books, ada: str) -> None:
    books.clock.advance(60)
    invoice(books, ada)
    after = books.read("Customer", ada)
    assert (after["Balance"], after["SyncToken"]) == (100, "0")
    assert after["MetaData"]["LastUpdatedTime"] > after["MetaData"]["CreateTime"]


def test_receivables_and_undeposited_funds_follow(books: Books, ada: str) -> None:
    payment(books, ada, 30, pays(invoice(books, ada), 30))
    balances = [books.read("Account", id)["CurrentBalance"] for id in ("84", "4")]
    assert balances == [70, 30]


def test_a_line_shows_what_was_open(books: Books, ada: str) -> None:
    bill = invoice(books, ada)
    payment(books, ada, 30, pays(bill, 30))
    line = payment(books, ada, 70, pays(bill, 70))["Line"][0]
    shown = {each["value"]["Name"]: each["value"]["Value"] for each in line["LineEx"]["any"]}
    assert shown == {"txnId": bill["Id"], "txnOpenBalance": "70.00", "txnReferenceNumber": bill["DocNumber"]}


def test_a_payment_needs_an_amount_and_a_customer(books: Books, ada: str) -> None:
    with refused("6000") as caught:
        books.create("Payment", {"CustomerRef": {"value": ada}, "TotalAmt": ""})
    assert "You must set a transaction amount" in str(caught.value)
    with refused("2020"):
        books.create("Payment", {"TotalAmt": 5})


def test_more_than_is_open_is_refused_or_left_unapplied() -> None:
    strict, lenient = company(), company(over_application="unapply")
    for books in (strict, lenient):
        customer(books)
        invoice(books, "1")
    with refused("6000"):
        payment(strict, "1", 150, pays({"Id": "1"}, 120))
    made = payment(lenient, "1", 150, pays({"Id": "1"}, 120))
    assert (made["Line"][0]["Amount"], made["UnappliedAmt"]) == (100, 50)


def test_more_than_the_payment_is_refused(books: Books, ada: str) -> None:
    with refused("6000"):
        payment(books, ada, 50, pays(invoice(books, ada), 60))


def test_a_parent_pays_for_its_sub_customer_but_not_for_a_stranger(books: Books, ada: str) -> None:
    job = customer(books, "Job", ParentRef={"value": ada})
    assert payment(books, ada, 100, pays(invoice(books, job["Id"]), 100))["UnappliedAmt"] == 0
    assert books.read("Customer", ada)["BalanceWithJobs"] == 0
    stranger = invoice(books, customer(books, "Stranger")["Id"])
    with refused("6000"):
        payment(books, ada, 100, pays(stranger, 100))


def test_a_credit_memo_is_applied_by_a_payment_of_zero(books: Books, ada: str) -> None:
    bill, memo = invoice(books, ada), credit_memo(books, ada, item_line(30))
    carrier = payment(books, ada, 0, pays(bill, 30), pays(memo, 30, "CreditMemo"))
    assert (carrier["TotalAmt"], carrier["UnappliedAmt"]) == (0, 0)
    after = books.read("CreditMemo", memo["Id"])
    assert (balance(books, bill), after["Balance"], after["RemainingCredit"]) == (Decimal(70), 0, 0)


def test_credit_beyond_the_charges_is_refused(books: Books, ada: str) -> None:
    bill, memo = invoice(books, ada), credit_memo(books, ada, item_line(30))
    with refused("6000"):
        payment(books, ada, 0, pays(bill, 10), pays(memo, 30, "CreditMemo"))


def test_resending_lines_replaces_all_of_them(books: Books, ada: str) -> None:
    first, second = invoice(books, ada), invoice(books, ada)
    paid = payment(books, ada, 100, pays(first, 100))
    changed(books, "Payment", paid, Line=[pays(second, 40)])
    assert (balance(books, first), balance(books, second)) == (Decimal(100), Decimal(60))
    assert books.read("Invoice", first["Id"])["LinkedTxn"] == []


def test_a_sparse_update_without_lines_keeps_them(books: Books, ada: str) -> None:
    bill = invoice(books, ada)
    paid = payment(books, ada, 100, pays(bill, 100))
    after = changed(books, "Payment", paid, PrivateNote="cheque 7")
    assert (after["Line"], balance(books, bill)) == (paid["Line"], Decimal(0))
    assert books.read("Invoice", bill["Id"])["SyncToken"] == "1"


@pytest.mark.parametrize("act", ["void", "delete"])
def test_a_voided_or_deleted_payment_opens_its_invoices(books: Books, ada: str, act: str) -> None:
    bill = invoice(books, ada)
    paid = payment(books, ada, 100, pays(bill, 100))
    getattr(books, act)("Payment", named(books, "Payment", paid))
    assert balance(books, bill) == 100
    if act == "void":
        void = books.read("Payment", paid["Id"])
        assert (void["TotalAmt"], void["UnappliedAmt"], void["Line"]) == (0, 0, [])
        assert void["PrivateNote"] == "Voided"
    else:
        with refused("610") as caught:
            books.read("Payment", paid["Id"])
        assert "Another user has deleted this transaction." in str(caught.value)


@pytest.mark.parametrize("act", ["void", "delete"])
def test_a_voided_or_deleted_invoice_sets_its_payment_free(books: Books, ada: str, act: str) -> None:
    bill = invoice(books, ada)
    paid = payment(books, ada, 100, pays(bill, 60))
    getattr(books, act)("Invoice", named(books, "Invoice", bill))
    after = books.read("Payment", paid["Id"])
    assert (after["UnappliedAmt"], after["Line"], after["SyncToken"]) == (100, [], "1")


def test_a_deleted_invoice_gives_the_credit_back_and_removes_the_empty_carrier(books: Books, ada: str) -> None:
    bill, memo = invoice(books, ada), credit_memo(books, ada, item_line(30))
    carrier = payment(books, ada, 0, pays(bill, 30), pays(memo, 30, "CreditMemo"))
    books.delete("Invoice", named(books, "Invoice", bill))
    assert balance(books, memo, "CreditMemo") == 30
    with refused("610"):
        books.read("Payment", carrier["Id"])


def test_an_invoice_that_shrinks_sets_the_newest_payment_free_first(books: Books, ada: str) -> None:
    bill = invoice(books, ada)
    old = payment(books, ada, 60, pays(bill, 60))
    new = payment(books, ada, 40, pays(bill, 40))
    shrunk = changed(books, "Invoice", bill, Line=[item_line(70)])
    assert (shrunk["TotalAmt"], shrunk["Balance"]) == (70, 0)
    rests = [books.read("Payment", each["Id"])["UnappliedAmt"] for each in (old, new)]
    assert rests == [0, 30]


class TestDeposited:
    @pytest.fixture
    def deposited(self, books: Books, ada: str) -> Body:
        paid = payment(books, ada, 100, pays(invoice(books, ada), 60))
        books.make_deposit([paid["Id"]])
        return books.read("Payment", paid["Id"])

    def test_it_names_its_deposit_and_stays_in_undeposited_funds(self, books: Books, deposited: Body) -> None:
        link = deposited["LinkedTxn"][0]
        assert link["TxnType"] == "Deposit"
        assert books.read("Deposit", link["TxnId"])["TotalAmt"] == 100
        assert deposited["DepositToAccountRef"] == {"value": "4"}
        balances = [books.read("Account", id)["CurrentBalance"] for id in ("4", "35")]
        assert balances == [0, 100]

    def test_every_change_is_refused(self, books: Books, deposited: Body) -> None:
        with refused("6540"):
            changed(books, "Payment", deposited, PrivateNote="x")
        for act in (books.void, books.delete):
            with refused("6540"):
                act("Payment", named(books, "Payment", deposited))

    def test_a_person_may_apply_the_rest_of_it(self, books: Books, ada: str, deposited: Body) -> None:
        other = invoice(books, ada)
        with books.person():
            changed(books, "Payment", deposited, Line=[*deposited["Line"], pays(other, 40)])
        assert balance(books, other) == 60

    def test_taken_out_of_the_deposit_it_can_be_changed(self, books: Books, deposited: Body) -> None:
        books.undeposit(deposited["Id"])
        assert changed(books, "Payment", deposited, PrivateNote="x")["PrivateNote"] == "x"
        assert problems(books) == []


class TestAutomaticCredits:
    def test_a_new_invoice_uses_open_credit(self, books: Books, ada: str) -> None:
        books.set_preference("SalesFormsPrefs", "AutoApplyCredit", True)
        memo = credit_memo(books, ada, item_line(30))
        bill = invoice(books, ada)
        assert (bill["Balance"], balance(books, memo, "CreditMemo")) == (70, Decimal(0))
        carrier = books.read("Payment", bill["LinkedTxn"][0]["TxnId"])
        assert carrier["PrivateNote"] == "Created by QB Online to link credits to charges."
        assert (carrier["TotalAmt"], len(carrier["Line"])) == (0, 2)

    def test_a_new_credit_memo_pays_the_oldest_invoice_first(self, books: Books, ada: str) -> None:
        books.set_preference("SalesFormsPrefs", "AutoApplyCredit", True)
        late, early = invoice(books, ada), invoice(books, ada, TxnDate="2026-01-01")
        credit_memo(books, ada, item_line(130))
        assert (balance(books, early), balance(books, late)) == (Decimal(0), Decimal(70))
