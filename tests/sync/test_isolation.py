"""One bad record stops only what depends on it; nothing unlinked is touched on the way."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sync.conftest import BY, World

from tieout.subledger.models import Invoice, TaxCode
from tieout.subledger.services import states
from tieout.sync.models import Link, Seen, State, Status


def spoil(world: World, entity: str, id_: str, **members: Any) -> None:
    """As if QuickBooks had begun to answer in another form."""
    world.theirs.read(entity, id_).update(members)


def test_an_object_in_an_unknown_form_is_reported_and_the_rest_arrives(world: World) -> None:
    customer = world.customer_there()["Id"]
    odd, good = world.invoice_there(customer), world.invoice_there(customer)
    spoil(world, "Invoice", odd["Id"], TxnDate="someday")
    world.sync()
    assert world.here(Invoice, good).total == 100
    link = Link.objects.get(entity="Invoice", qbo_id=odd["Id"])
    assert (link.status, link.reason) == (Status.FAILED, "unreadable")
    assert "someday" in link.facts["text"]
    spoil(world, "Invoice", odd["Id"], TxnDate="2026-03-01")
    world.edit_there("Invoice", odd["Id"], PrivateNote="mended")
    world.settle()
    assert world.here(Invoice, odd).memo == "mended"
    world.assert_agreed()


def test_a_record_that_our_book_cannot_hold_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from tieout.subledger.values.documents import DocumentAdapter

    customer = world.customer_there()["Id"]
    odd, good = world.invoice_there(customer, PrivateNote="odd"), world.invoice_there(customer)
    assign = DocumentAdapter.assign

    def refusing(self: DocumentAdapter, record: Any, values: Any) -> None:
        if values.memo == "odd":
            raise ValueError("value too long")
        assign(self, record, values)

    monkeypatch.setattr(DocumentAdapter, "assign", refusing)
    world.sync()
    assert world.here(Invoice, good).total == 100
    assert Link.objects.get(qbo_id=odd["Id"], entity="Invoice").reason == "cannot_store"


def test_a_void_that_would_free_an_unlinked_payment_is_held(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    Link.objects.filter(pk=world.link(payment).pk).update(state=State.UNLINKED)
    states.void(invoice, BY, release=True)
    world.sync()
    assert world.link(invoice).reason == "touches_unlinked"
    assert world.there(invoice)["TotalAmt"] == 100


def test_a_tax_code_made_after_connecting_is_read_when_it_is_first_named(world: World) -> None:
    customer = world.customer_there()["Id"]
    TaxCode.objects.of(world.company).all().delete()
    Link.objects.filter(entity="TaxCode").delete()
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": 50,
        "SalesItemLineDetail": {"ItemRef": {"value": world.rent_id}, "TaxCodeRef": {"value": "TAX"}},
    }
    there = world.theirs.create("Invoice", {"CustomerRef": {"value": customer}, "Line": [line]})
    Seen.objects.filter(entity="TaxCode").delete()
    world.sync()
    assert world.here(Invoice, there).lines.get().tax_code.name == "TAX"
