"""A write is held where it would do more than what was meant, and a held write costs no call."""

from __future__ import annotations

from decimal import Decimal

from tests.sync.conftest import BY, World

from tieout.subledger.models import Payment
from tieout.subledger.services import documents, payments, states
from tieout.subledger.services.lines import LineDraft
from tieout.sync.models import Status


def test_a_total_is_not_lowered_below_what_somebody_has_paid_there_meanwhile(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, "100.00")
    world.sync()
    there = world.there(invoice)
    paid = world.payment_there(there["CustomerRef"]["value"], "80.00", (there["Id"], "80.00"))
    documents.edit(invoice, BY, lines=[LineDraft(world.item(), Decimal("30.00"))])
    world.sync()
    assert world.there(invoice)["TotalAmt"] == 100
    assert [line["Amount"] for line in world.theirs.read("Payment", paid["Id"])["Line"]] == [80]
    link = world.link(invoice)
    assert (link.status, link.reason) == (Status.FAILED, "below_applied")
    assert link.facts == {"total": "30.00", "applied": "80.00"}


def test_a_total_may_be_lowered_to_what_is_paid(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, "100.00")
    world.payment(tenant, "30.00", (invoice, "30.00"))
    world.settle()
    documents.edit(invoice, BY, lines=[LineDraft(world.item(), Decimal("30.00"))])
    world.settle()
    assert world.there(invoice)["TotalAmt"] == 30
    world.assert_agreed()


def test_what_is_held_for_want_of_an_open_amount_costs_an_idle_run_no_further_call(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, "100.00")
    world.sync()
    there = world.there(invoice)
    world.payment(tenant, "100.00", (invoice, "100.00"))
    world.theirs.void("Invoice", {"Id": there["Id"], "SyncToken": there["SyncToken"]})
    world.sync()
    world.sync()
    world.sandbox.calls.clear()
    assert world.sync().writes == 0
    assert len(world.calls()) == 1


def test_a_credit_that_quickbooks_applies_by_itself_is_not_taken_apart_in_vain(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, "100.00")
    world.settle()
    world.theirs.set_preference("SalesFormsPrefs", "AutoApplyCredit", True)
    note = world.credit_note(tenant, "40.00")
    world.settle()
    carrier = Payment.objects.get(total=0)
    payments.unallocate(carrier.allocations.get(invoice=invoice), BY)
    world.clock.sleep(600)
    world.sync()
    assert world.link(carrier).reason == "applied_by_quickbooks"
    assert world.there(note)["RemainingCredit"] == 0
    world.theirs.set_preference("SalesFormsPrefs", "AutoApplyCredit", False)
    world.clock.sleep(600)
    world.settle()
    assert world.there(note)["RemainingCredit"] == 40
    world.assert_agreed()


def test_a_void_goes_out_though_its_item_was_made_inactive_there(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    world.edit_there("Item", world.rent_id, Active=False)
    world.sync()
    states.void(invoice, BY)
    world.sync()
    assert world.there(invoice)["TotalAmt"] == 0
    assert world.link(invoice).status == Status.SYNCED
