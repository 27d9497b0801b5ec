"""What is done, and told beside Synced because somebody may want to know of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.sync.conftest import BY, World

from tieout.subledger.models import Contact
from tieout.subledger.services import payments
from tieout.sync.models import Link, Status


def test_a_sub_customer_comes_as_an_account_of_its_own_with_a_note(world: World) -> None:
    parent = world.customer_there("Bob Buyer")["Id"]
    flat = world.customer_there("Flat 7", ParentRef={"value": parent}, Job=True)["Id"]
    world.invoice_there(flat)
    world.settle()
    link = Link.objects.get(entity="Customer", qbo_id=flat)
    assert (link.status, link.reason, link.facts) == (Status.SYNCED, "sub_customer", {"parent": "Bob Buyer"})
    assert Contact.objects.get().name == "Flat 7"
    world.assert_agreed()


def test_a_credit_applied_later_to_what_is_closed_is_done_with_a_note(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, date=date(2026, 2, 20))
    world.settle()
    world.theirs.close_books(date(2026, 2, 28))
    credit = world.credit_note(tenant, "40.00")
    carrier = payments.apply_credit(credit, invoice, Decimal("40.00"), BY)
    world.settle()
    link = world.link(carrier)
    assert (link.status, link.reason) == (Status.SYNCED, "cash_basis_moved")
    assert link.facts == {"date": "2026-02-20", "closed": "2026-02-28"}
    world.assert_agreed()


def test_money_received_for_it_later_needs_no_note(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, date=date(2026, 2, 20))
    world.settle()
    world.theirs.close_books(date(2026, 2, 28))
    payment = world.payment(tenant, "40.00", (invoice, "40.00"))
    world.settle()
    assert (world.link(payment).status, world.link(payment).reason) == (Status.SYNCED, "")
