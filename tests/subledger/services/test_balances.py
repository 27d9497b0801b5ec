from __future__ import annotations

from decimal import Decimal

import pytest
from tests.subledger.making import credit_note, invoice, payment

from tieout.subledger.models import Allocation, Contact, CreditNote, Invoice, Payment
from tieout.subledger.services import balances


def test_balances_are_computed_anew_in_bulk(customer: Contact) -> None:
    owed = [invoice(customer, "10.00") for _ in range(5)]
    paid = payment(customer, "12.00")
    Allocation.objects.bulk_create(Allocation(payment=paid, invoice=each, amount=Decimal(2)) for each in owed[:3])
    balances.refresh(invoices=[each.pk for each in owed], payments=[paid.pk])
    found = list(Invoice.objects.order_by("pk").values_list("balance", flat=True))
    assert found == [8, 8, 8, 10, 10]
    paid.refresh_from_db()
    assert paid.unapplied == Decimal(6)


def test_a_credit_taken_up_by_a_payment_can_be_paid_with(customer: Contact) -> None:
    owed, credit, paid = invoice(customer, "100.00"), credit_note(customer, "30.00"), payment(customer, "70.00")
    Allocation.objects.create(payment=paid, credit_note=credit, amount=Decimal(30))
    Allocation.objects.create(payment=paid, invoice=owed, amount=Decimal(100))
    balances.refresh_ends(paid.allocations.all())
    balances.refresh(payments=[paid.pk])
    paid.refresh_from_db()
    assert paid.unapplied == 0
    assert Invoice.objects.get().balance == 0
    assert CreditNote.objects.get().balance == 0


@pytest.mark.parametrize(
    ("total", "paid_with", "unapplied"),
    [
        ("100.00", "0", "60.00"),  # paid to something foreign, such as a refund
        ("0.00", "40.00", "0.00"),  # taken from something foreign, such as a journal entry
    ],
)
def test_a_foreign_settlement_stands_on_the_side_that_leaves_nothing_overdrawn(
    customer: Contact, total: str, paid_with: str, unapplied: str
) -> None:
    made = payment(customer, "1.00")
    Payment.objects.update(total=Decimal(total))
    Allocation.objects.create(payment=made, other="JournalEntry 71", amount=Decimal(40))
    if Decimal(paid_with):
        Allocation.objects.create(payment=made, invoice=invoice(customer), amount=Decimal(paid_with))
    balances.refresh(payments=[made.pk])
    made.refresh_from_db()
    assert made.unapplied == Decimal(unapplied)


def test_refreshing_raises_no_version(customer: Contact) -> None:
    owed = invoice(customer, "10.00")
    Invoice.objects.update(balance=0)
    balances.refresh(invoices=[owed.pk])
    stored = Invoice.objects.get()
    assert (stored.balance, stored.version) == (Decimal(10), owed.version)
