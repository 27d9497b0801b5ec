from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.subledger.making import BY, credit_note, draft, invoice, make_account, make_contact, payment

from tieout.subledger.models import Account, Allocation, Company, Contact, Payment
from tieout.subledger.services import payments
from tieout.subledger.services.refusal import Refused


def test_a_payment_pays_several_invoices_and_keeps_the_rest(customer: Contact, bank: Account) -> None:
    first, second = invoice(customer, "100.00"), invoice(customer, "50.00")
    made = payment(customer, "160.00", [(first, "100.00"), (second, "20.00")], deposit_account=bank)
    for record in (first, second, made):
        record.refresh_from_db()
    assert (first.balance, second.balance, made.unapplied) == (Decimal(0), Decimal(30), Decimal(40))


def test_allocations_to_one_invoice_add_up(customer: Contact) -> None:
    owed, made = invoice(customer, "100.00"), payment(customer, "60.00")
    payments.allocate(made, owed, Decimal("10.00"), BY)
    payments.allocate(made, owed, Decimal("20.00"), BY)
    owed.refresh_from_db()
    assert (Allocation.objects.get().amount, owed.balance, made.unapplied) == (Decimal(30), Decimal(70), Decimal(30))


@pytest.mark.parametrize(("amount", "says"), [("100.01", "is open"), ("0", "more than 0"), ("1.005", "2 decimals")])
def test_more_than_is_open_is_not_applied(customer: Contact, amount: str, says: str) -> None:
    owed, made = invoice(customer, "100.00"), payment(customer, "500.00")
    with pytest.raises(Refused, match=says):
        payments.allocate(made, owed, Decimal(amount), BY)
    owed.refresh_from_db()
    assert (owed.balance, Allocation.objects.count()) == (Decimal(100), 0)


def test_a_payment_pays_no_more_than_it_has(customer: Contact) -> None:
    owed = invoice(customer, "100.00")
    with pytest.raises(Refused, match=r"pays 40\.0+ more"):
        payment(customer, "60.00", [(owed, "100.00")])
    assert not Payment.objects.exists()


def test_only_this_customers_approved_invoices_are_paid(company: Company, customer: Contact) -> None:
    other = make_contact(company, "Bob Quinn")
    with pytest.raises(Refused, match="for another customer"):
        payment(other, "10.00", [(invoice(customer), "10.00")])
    with pytest.raises(Refused, match="is draft"):
        payment(customer, "10.00", [(draft(customer), "10.00")])


def test_unallocating_opens_the_invoice_again(customer: Contact) -> None:
    owed = invoice(customer, "100.00")
    made = payment(customer, "100.00", [(owed, "100.00")])
    before = made.version
    payments.unallocate(made.allocations.get(), BY)
    made.refresh_from_db()
    owed.refresh_from_db()
    assert (made.unapplied, owed.balance) == (Decimal(100), Decimal(100))
    assert made.version > before


def test_a_credit_is_applied_by_a_carrier(customer: Contact) -> None:
    owed = invoice(customer, "100.00")
    credit = credit_note(customer, "40.00", date=date(2026, 3, 5))
    carrier = payments.apply_credit(credit, owed, Decimal("25.00"), BY)
    owed.refresh_from_db()
    credit.refresh_from_db()
    assert (carrier.total, carrier.unapplied, carrier.date) == (Decimal(0), Decimal(0), date(2026, 3, 5))
    assert (owed.balance, credit.balance) == (Decimal(75), Decimal(15))


def test_a_carrier_is_not_dated_before_its_ends(customer: Contact) -> None:
    owed, credit = invoice(customer), credit_note(customer, date=date(2026, 3, 5))
    with pytest.raises(Refused, match="before 2026-03-05"):
        payments.apply_credit(credit, owed, Decimal(1), BY, on=date(2026, 3, 4))


def test_a_credit_is_applied_up_to_what_is_left_of_it(customer: Contact) -> None:
    owed, credit = invoice(customer, "100.00"), credit_note(customer, "40.00")
    payments.apply_credit(credit, owed, Decimal("30.00"), BY)
    with pytest.raises(Refused, match=r"10\.0+ is left of credit note"):
        payments.apply_credit(credit, owed, Decimal("11.00"), BY)


def test_unapplying_a_credit_voids_its_carrier(customer: Contact) -> None:
    owed, credit = invoice(customer, "100.00"), credit_note(customer, "40.00")
    carrier = payments.apply_credit(credit, owed, Decimal("30.00"), BY)
    payments.unallocate(carrier.allocations.filter(invoice=owed).get(), BY)
    for record in (owed, credit, carrier):
        record.refresh_from_db()
    assert (owed.balance, credit.balance, carrier.status) == (Decimal(100), Decimal(40), "void")


def test_a_void_payment_leaves_what_it_paid_open(customer: Contact) -> None:
    owed = invoice(customer, "100.00")
    made = payment(customer, "60.00", [(owed, "60.00")])
    payments.void(made, BY)
    owed.refresh_from_db()
    assert (made.status, made.unapplied, made.total, owed.balance) == ("void", Decimal(0), Decimal(60), Decimal(100))


@pytest.mark.parametrize("act", ["edit", "void", "allocate", "unallocate"])
def test_a_payment_in_a_bank_deposit_is_locked(customer: Contact, act: str) -> None:
    owed = invoice(customer, "100.00")
    made = payment(customer, "60.00", [(owed, "10.00")])
    made.deposited = True
    made.save()
    acts = {
        "edit": lambda: payments.edit(made, BY, memo="x"),
        "void": lambda: payments.void(made, BY),
        "allocate": lambda: payments.allocate(made, owed, Decimal(1), BY),
        "unallocate": lambda: payments.unallocate(made.allocations.get(), BY),
    }
    with pytest.raises(Refused, match="bank deposit"):
        acts[act]()


def test_a_total_below_what_it_pays_is_refused(customer: Contact) -> None:
    made = payment(customer, "60.00", [(invoice(customer), "50.00")])
    with pytest.raises(Refused, match="more than there is"):
        payments.edit(made, BY, total=Decimal("49.99"))
    made.refresh_from_db()
    assert (made.total, made.unapplied) == (Decimal(60), Decimal(10))


def test_the_payer_of_something_cannot_be_changed(company: Company, customer: Contact) -> None:
    made = payment(customer, "60.00", [(invoice(customer), "50.00")])
    with pytest.raises(Refused, match="Un-apply"):
        payments.edit(made, BY, contact=make_contact(company, "Bob Quinn"))


def test_money_goes_to_an_account_that_holds_money(company: Company, customer: Contact) -> None:
    income = make_account(company, "Rental income", "Income")
    with pytest.raises(Refused, match="no account that money is paid into"):
        payment(customer, "60.00", deposit_account=income)


@pytest.mark.parametrize("total", ["0", "-1", "0.001"])
def test_a_payment_is_of_a_positive_amount(customer: Contact, total: str) -> None:
    with pytest.raises(Refused):
        payment(customer, total)


def test_a_credit_is_not_left_over_on_a_payment_that_took_it_up(customer: Contact) -> None:
    owed, credit, made = invoice(customer, "100.00"), credit_note(customer, "30.00"), payment(customer, "70.00")
    Allocation.objects.create(payment=made, credit_note=credit, amount=Decimal(30))
    payments.allocate(made, owed, Decimal("100.00"), BY)
    with pytest.raises(Refused, match="left over"):
        payments.unallocate(made.allocations.get(invoice=owed), BY)
    assert made.allocations.count() == 2
