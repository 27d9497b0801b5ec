from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from tests.subledger.making import BY, draft, invoice, make_company, make_contact, payment

from tieout.subledger.models import Contact, Invoice, Payment
from tieout.subledger.services import contacts, payments, states
from tieout.subledger.services.refusal import Refused


@pytest.fixture
def customer(transactional_db: None) -> Contact:
    return make_contact(make_company("Harbour Lettings"), "Ada Byrne")


def at_once(*acts: Callable[[], object]) -> list[Exception | None]:
    """Each in a thread with a connection of its own, begun together; what each raised."""
    barrier = Barrier(len(acts))

    def attempt(act: Callable[[], object]) -> Exception | None:
        try:
            barrier.wait(timeout=30)
            act()
        except Refused as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def test_two_who_pay_the_same_invoice_do_not_pay_it_twice(customer: Contact) -> None:
    owed = invoice(customer, "100.00")
    both = [payment(customer, "100.00"), payment(customer, "100.00")]
    outcomes = at_once(*(lambda p=p: payments.allocate(p, owed, Decimal("70.00"), BY) for p in both))
    assert len([outcome for outcome in outcomes if outcome is None]) == 1
    assert Invoice.objects.get().balance == Decimal(30)
    assert sorted(Payment.objects.values_list("unapplied", flat=True)) == [Decimal(30), Decimal(100)]


def test_two_who_approve_get_different_numbers(customer: Contact) -> None:
    drafts = [draft(customer), draft(customer), draft(customer)]
    assert at_once(*(lambda d=d: states.approve(d, BY) for d in drafts)) == [None] * 3
    assert sorted(Invoice.objects.values_list("number", flat=True)) == ["1001", "1002", "1003"]


def test_versions_are_never_given_twice(customer: Contact) -> None:
    people = [make_contact(customer.company, f"Person {number}") for number in range(4)]

    def edits(contact: Contact) -> None:
        for number in range(5):
            contacts.edit(contact, BY, phone=str(number))

    assert at_once(*(lambda c=c: edits(c) for c in people)) == [None] * 4
    versions = list(Contact.objects.values_list("version", flat=True))
    customer.company.refresh_from_db()
    assert len(set(versions)) == 5
    assert customer.company.version == 5 + 4 * 5


def test_two_edits_from_the_same_screen_are_not_both_taken(customer: Contact) -> None:
    seen = customer.version
    copies = [Contact.objects.get(pk=customer.pk) for _ in range(2)]
    outcomes = at_once(
        lambda: contacts.edit(copies[0], BY, phone="1", seen_version=seen),
        lambda: contacts.edit(copies[1], BY, phone="2", seen_version=seen),
    )
    assert len([outcome for outcome in outcomes if outcome is None]) == 1
