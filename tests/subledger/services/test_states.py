from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.subledger.making import BY, credit_note, draft, invoice, payment

from tieout.subledger.models import Allocation, Company, Contact, Item
from tieout.subledger.services import documents, payments, states
from tieout.subledger.services.refusal import Refused


def test_approving_gives_the_next_number(customer: Contact) -> None:
    assert invoice(customer).number == "1001"
    assert invoice(customer, number="HL-0099").number == "HL-0099"
    assert invoice(customer).number == "HL-0100"


def test_the_next_number_leaves_out_those_that_are_taken(customer: Contact) -> None:
    credit_note(customer, number="1002")
    assert [invoice(customer).number for _ in range(2)] == ["1001", "1003"]


def test_a_company_that_leaves_numbers_to_quickbooks_gives_none(company: Company, customer: Contact) -> None:
    company.gives_numbers = False
    company.save()
    assert invoice(customer).number == ""


def test_a_draft_without_lines_is_not_approved(customer: Contact) -> None:
    with pytest.raises(Refused, match="no lines"):
        states.approve(draft(customer, lines=[]), BY)


def test_a_draft_is_not_approved_with_what_became_inactive(customer: Contact, rent: Item) -> None:
    made = draft(customer)
    rent.archived = True
    rent.save_change("QuickBooks")
    with pytest.raises(Refused, match="“Rent” is inactive"):
        states.approve(made, BY)


def test_it_is_approved_once(customer: Contact) -> None:
    with pytest.raises(Refused, match="approved already"):
        states.approve(invoice(customer), BY)


def test_void_keeps_the_total_as_history_and_owes_nothing(customer: Contact) -> None:
    made = invoice(customer, "100.00")
    states.void(made, BY)
    made.refresh_from_db()
    assert (made.status, made.total, made.balance) == ("void", Decimal(100), Decimal(0))
    with pytest.raises(Refused, match="void"):
        documents.edit(made, BY, memo="again")
    with pytest.raises(Refused, match="void already"):
        states.void(made, BY)


def test_a_paid_invoice_is_voided_only_when_the_person_confirms(customer: Contact) -> None:
    made = invoice(customer, "100.00")
    paid = payment(customer, "30.00", [(made, "30.00")])
    with pytest.raises(Refused, match=r"30\.0+ is applied"):
        states.void(made, BY)
    before = paid.version
    states.void(made, BY, release=True)
    paid.refresh_from_db()
    made.refresh_from_db()
    assert (paid.unapplied, made.balance) == (Decimal(30), Decimal(0))
    assert paid.version > before


def test_voiding_a_credit_note_takes_its_carrier_along(customer: Contact) -> None:
    owed, credit = invoice(customer, "100.00"), credit_note(customer, "40.00")
    carrier = payments.apply_credit(credit, owed, Decimal("40.00"), BY)
    states.void(credit, BY, release=True)
    owed.refresh_from_db()
    carrier.refresh_from_db()
    assert (owed.balance, carrier.status, Allocation.objects.count()) == (Decimal(100), "void", 0)


@pytest.mark.parametrize("act", ["approve", "edit the date", "edit the memo", "void", "pay", "void the payment"])
def test_a_closed_period_stays_closed(company: Company, customer: Contact, act: str) -> None:
    waiting, made = draft(customer, date=date(2026, 2, 28)), invoice(customer, date=date(2026, 2, 28))
    later, paid = invoice(customer), payment(customer, "5.00", date=date(2026, 2, 28))
    company.closed_until = date(2026, 2, 28)
    company.save()
    acts = {
        "approve": lambda: states.approve(waiting, BY),
        "edit the date": lambda: documents.edit(later, BY, date=date(2026, 2, 28)),
        "edit the memo": lambda: documents.edit(made, BY, memo="x"),
        "void": lambda: states.void(made, BY),
        "pay": lambda: payments.allocate(paid, later, Decimal(1), BY),
        "void the payment": lambda: payments.void(paid, BY),
    }
    with pytest.raises(Refused, match="closed up to 28 Feb 2026"):
        acts[act]()


def test_a_later_payment_may_pay_an_invoice_of_the_closed_period(company: Company, customer: Contact) -> None:
    made = invoice(customer, date=date(2026, 2, 28))
    company.closed_until = date(2026, 2, 28)
    company.save()
    payment(customer, "5.00", [(made, "5.00")])
    made.refresh_from_db()
    assert made.balance == Decimal(95)


def test_what_would_be_released_can_be_listed_first(customer: Contact) -> None:
    made = invoice(customer, "100.00")
    first, second = payment(customer, "30.00", [(made, "30.00")]), payment(customer, "20.00", [(made, "20.00")])
    assert [(part.payment, part.amount) for part in states.applied_to(made)] == [
        (first, Decimal(30)),
        (second, Decimal(20)),
    ]
