"""What was paid at once on an invoice in QuickBooks is a settlement that is only read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.sync.conftest import BY, World

from tieout.subledger.models import Invoice
from tieout.subledger.services import documents, payments
from tieout.subledger.services.lines import LineDraft
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Link, Status


@pytest.fixture
def invoice(world: World) -> Invoice:
    there = world.invoice_there(world.customer_there()["Id"], "100.00", Deposit=Decimal("30.00"))
    world.settle()
    return Invoice.objects.get(number=there["DocNumber"])


def test_it_lowers_what_is_open_and_is_told(world: World, invoice: Invoice) -> None:
    assert (invoice.total, invoice.balance) == (Decimal(100), Decimal(70))
    link = world.link(invoice)
    assert (link.status, link.reason, link.facts) == (Status.SYNCED, "deposit_on_invoice", {"deposit": "30.00"})
    world.assert_agreed()


def test_only_the_rest_can_be_paid(world: World, invoice: Invoice) -> None:
    with pytest.raises(Refused):
        world.payment(invoice.contact, "100.00", (invoice, "100.00"))
    payment = world.payment(invoice.contact, "70.00", (invoice, "70.00"))
    world.settle()
    assert world.there(invoice)["Balance"] == 0
    invoice.refresh_from_db()
    assert invoice.balance == 0
    payments.void(payment, BY)
    invoice.refresh_from_db()
    assert invoice.balance == 70


def test_an_edit_of_ours_leaves_it_and_its_removal_there_arrives(world: World, invoice: Invoice) -> None:
    documents.edit(invoice, BY, lines=[LineDraft(world.item(), Decimal("120.00"))])
    world.settle()
    there = world.there(invoice)
    assert (there["TotalAmt"], there["Deposit"], there["Balance"]) == (120, 30, 90)
    world.clock.sleep(600)
    world.edit_there("Invoice", there["Id"], Deposit=0)
    world.settle()
    invoice.refresh_from_db()
    assert (invoice.deposit, invoice.balance) == (Decimal(0), Decimal(120))
    assert not Link.objects.filter(status=Status.FAILED).exists()
    world.assert_agreed()


def test_a_total_is_not_lowered_below_it(world: World, invoice: Invoice) -> None:
    with pytest.raises(Refused):
        documents.edit(invoice, BY, lines=[LineDraft(world.item(), Decimal("20.00"))])
