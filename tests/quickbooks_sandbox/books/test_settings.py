"""Open questions about QuickBooks' behaviour: each answer can be chosen."""

from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import (
    changed,
    company,
    customer,
    expense_line,
    invoice,
    item_line,
    named,
    payment,
    pays,
    sales_form,
    sample_company,
    vendor,
)

from quickbooks_sandbox.faults import Fault


def refused(code: str) -> AbstractContextManager[object]:
    return pytest.raises(Fault, check=lambda fault: fault.code == code)


def test_voiding_may_replace_the_note() -> None:
    books = company(void_note="replace")
    made = invoice(books, customer(books)["Id"], PrivateNote="was here")
    assert books.void("Invoice", named(books, "Invoice", made))["PrivateNote"] == "Voided"


def test_voiding_a_paid_invoice_may_be_refused() -> None:
    books = company(void_paid_invoice="refuse")
    ada = customer(books)["Id"]
    made = invoice(books, ada)
    payment(books, ada, 10, pays(made, 10))
    with refused("6000"):
        books.void("Invoice", named(books, "Invoice", made))


def test_an_invoice_may_be_held_by_its_deposited_payment() -> None:
    books = company(release_deposited_payment="refuse")
    ada = customer(books)["Id"]
    made = invoice(books, ada)
    books.make_deposit([payment(books, ada, 10, pays(made, 10))["Id"]])
    for act in (books.void, books.delete):
        with refused("6540"):
            act("Invoice", named(books, "Invoice", made))
    assert books.read("Invoice", made["Id"])["Balance"] == 90


def test_a_payment_for_another_customer_may_land_unapplied() -> None:
    books = company(payment_for_other_customer="unapply")
    bill = invoice(books, customer(books, "One")["Id"])
    made = payment(books, customer(books, "Two")["Id"], 100, pays(bill, 100))
    assert (made["Line"], made["UnappliedAmt"]) == ([], 100)


def test_a_total_below_what_was_paid_may_be_refused() -> None:
    books = company(total_below_applied="refuse")
    ada = customer(books)["Id"]
    made = invoice(books, ada)
    payment(books, ada, 80, pays(made, 80))
    with refused("6000"):
        changed(books, "Invoice", made, Line=[item_line(70)])


def test_a_sent_number_may_leave_the_counter_alone() -> None:
    books = company(counter_follows_sent_number=False)
    ada = customer(books)["Id"]
    invoice(books, ada, DocNumber="5000")
    assert invoice(books, ada)["DocNumber"] == "1001"


def test_a_sent_number_may_be_replaced() -> None:
    books = company(sent_number="replace")
    assert invoice(books, customer(books)["Id"], DocNumber="5000")["DocNumber"] == "1001"


@pytest.mark.parametrize("entity", ["CreditMemo", "Bill", "VendorCredit"])
def test_documents_of_nothing_may_be_refused(entity: str) -> None:
    for choice in ("allow", "refuse"):
        books = company(zero_total=choice)
        party = {"CustomerRef": {"value": customer(books)["Id"]}, "Line": [item_line(0)]}
        if entity != "CreditMemo":
            party = {"VendorRef": {"value": vendor(books)["Id"]}, "Line": [expense_line(0)]}
        if choice == "allow":
            assert books.create(entity, party)["TotalAmt"] == 0
        else:
            with refused("6000"):
                books.create(entity, party)


def test_books_may_be_closed_without_a_password() -> None:
    books = company(closed_period="refuse_without_password")
    books.close_books(date(2026, 5, 1))
    with refused("6200"):
        invoice(books, customer(books)["Id"], TxnDate="2026-05-01")


@pytest.mark.parametrize(("choice", "tax"), [("recompute", 8), ("keep", 4)])
def test_tax_may_survive_changed_lines(choice: str, tax: int) -> None:
    books = sample_company(tax_without_detail=choice)

    def taxed(amount: int) -> dict[str, object]:
        return item_line(amount, item="15", TaxCodeRef={"value": "TAX"})

    made = invoice(books, "1", taxed(50), TxnTaxDetail={"TxnTaxCodeRef": {"value": "2"}})
    after = changed(books, "Invoice", made, Line=[taxed(100)])
    assert (after["TxnTaxDetail"]["TotalTax"], after["TotalAmt"]) == (tax, 100 + tax)


def test_a_customer_with_a_balance_may_have_to_stay_active() -> None:
    books = company(deactivate_with_balance="refuse")
    ada = customer(books)
    invoice(books, ada["Id"])
    with refused("6220"):
        changed(books, "Customer", ada, Active=False)


def test_an_invoice_without_lines_may_be_taken() -> None:
    books = company(empty_lines="allow")
    body = {**sales_form(customer(books)["Id"]), "Line": []}
    assert books.create("Invoice", body)["TotalAmt"] == 0


def test_a_closed_period_may_only_warn() -> None:
    books = company(closed_period="warn")
    books.close_books(date(2026, 3, 31))
    assert invoice(books, customer(books)["Id"], TxnDate="2026-03-01")["TotalAmt"] == 100


def test_a_name_that_was_merged_away_may_show_as_inactive() -> None:
    books = company(merged_name="inactive", merge_touches_documents=False)
    lost, won = customer(books, "Lost"), customer(books, "Won")
    made = invoice(books, lost["Id"])
    books.clock.advance(60)
    books.merge("Customer", lost["Id"], won["Id"])
    gone, document = books.read("Customer", lost["Id"]), books.read("Invoice", made["Id"])
    assert (gone["DisplayName"], gone["Active"], gone["Balance"]) == ("Lost (deleted)", False, Decimal(0))
    assert document["CustomerRef"]["value"] == won["Id"]
    assert (document["SyncToken"], document["MetaData"]) == (made["SyncToken"], made["MetaData"])


def test_classes_need_a_plan_that_has_them() -> None:
    assert company(plan="Plus").create("Class", {"Name": "North"})["FullyQualifiedName"] == "North"
    with refused("5030"):
        company(plan="Essentials").create("Class", {"Name": "North"})
