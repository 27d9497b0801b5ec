"""What people do in our book arrives in QuickBooks, once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.sync.conftest import BY, SYNC_FROM, TODAY, World

from tieout.subledger.models import ContactType
from tieout.subledger.services import contacts, documents, payments, states
from tieout.sync.models import Status


def test_an_idle_run_is_one_read_call(world: World) -> None:
    assert world.sync().writes == 0
    assert world.calls() == ["GET cdc"]


def test_an_approved_invoice_takes_its_customer_along(world: World) -> None:
    tenant = world.contact("Ada Tenant", email="ada@example.com", phone="555 0101", city="Dover")
    invoice = world.invoice(tenant, "950.00", memo="March", message="Thank you")
    world.sync()
    there = world.there(invoice)
    assert (there["DocNumber"], there["TotalAmt"], there["PrivateNote"]) == (invoice.number, 950, "March")
    assert there["CustomerMemo"] == {"value": "Thank you"}
    customer = world.there(tenant)
    assert (customer["DisplayName"], customer["PrimaryEmailAddr"]["Address"]) == ("Ada Tenant", "ada@example.com")
    assert there["CustomerRef"]["value"] == customer["Id"]
    assert world.link(invoice).name == "Ada Tenant"  # so that it is found by it
    world.assert_agreed()


def new_documents(world: World, number: int) -> None:
    tenant = world.contact()
    for _ in range(number):
        world.invoice(tenant)


def test_new_documents_cost_free_single_writes_and_one_metered_call(world: World) -> None:
    new_documents(world, 5)
    run = world.sync()
    assert (run.calls_core, run.calls_core_plus, run.writes) == (6, 1, 6)


def test_where_batches_are_metered_by_item_nothing_is_read_in_one(world: World, settings: Any) -> None:
    settings.BATCH_METERED_BY = "item"
    new_documents(world, 5)
    run = world.sync()
    assert (run.calls_core, run.calls_core_plus) == (6, 2)
    assert "POST batch" not in world.calls()


def test_what_a_batch_will_not_read_is_read_one_by_one(world: World) -> None:
    world.fail(method="POST", path="/batch", status=400, body={"Fault": {"Error": [{"code": "2020"}]}})
    new_documents(world, 1)
    run = world.sync()
    assert (run.calls_core, run.calls_core_plus) == (2, 2)


def test_many_documents_travel_in_batches_of_thirty_and_singly_beside_them(world: World) -> None:
    new_documents(world, 65)
    run = world.sync()
    assert (world.calls().count("POST batch"), world.calls().count("POST invoice")) == (3, 5)  # one batch that reads
    assert run.writes == 66
    assert len(world.all_there("Invoice")) == 65


def test_a_draft_stays_here(world: World) -> None:
    invoice = world.invoice(world.contact())
    draft = documents.create(type(invoice), world.company, BY, contact=invoice.contact, date=TODAY, lines=[])
    world.sync()
    assert len(world.all_there("Invoice")) == 1
    assert draft.status == "draft"


def test_a_contact_without_documents_is_not_synced_and_says_so(world: World) -> None:
    alone = world.contact("Lonely")
    world.sync()
    link = world.link(alone)
    assert (link.status, link.reason) == (Status.NOT_SYNCED, "no_documents")
    assert world.all_there("Customer") == []
    invoice = world.invoice(alone)
    world.sync()
    assert world.link(alone).status == Status.SYNCED
    assert world.there(invoice)["CustomerRef"]["name"] == "Lonely"


def test_a_supplier_becomes_a_vendor_when_all_accounts_are_synced(world: World) -> None:
    from tests.sync.conftest import policy

    policy(world, contacts="all")
    world.contact("Roof Repairs", type=ContactType.SUPPLIER)
    world.settle()
    assert [vendor["DisplayName"] for vendor in world.all_there("Vendor")] == ["Roof Repairs"]
    assert world.all_there("Customer") == []


def test_an_edit_goes_out_as_that_edit_alone(world: World) -> None:
    tenant = world.contact(phone="555 0101")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="555 0199")
    world.edit_there("Customer", world.id_there(tenant), Notes="Pays late")
    world.settle()
    there = world.there(tenant)
    assert there["PrimaryPhone"]["FreeFormNumber"] == "555 0199"
    assert there["Notes"] == "Pays late"


def test_a_cleared_field_is_cleared_there(world: World) -> None:
    tenant = world.contact(phone="555 0101", email="ada@example.com", city="Dover")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="", email="", city="")
    world.settle()
    there = world.there(tenant)
    assert not there.get("PrimaryPhone", {}).get("FreeFormNumber")
    assert not there.get("PrimaryEmailAddr", {}).get("Address")
    world.assert_agreed()


def test_changed_lines_keep_what_quickbooks_alone_knows_of_them(world: World) -> None:
    from tieout.subledger.services.lines import LineDraft

    invoice = world.invoice(world.contact(), "100.00")
    world.sync()
    before = world.there(invoice)["Line"][0]["Id"]
    lines = [LineDraft(world.item(), Decimal("120.00")), LineDraft(world.item(), Decimal("5.50"), description="Key")]
    documents.edit(invoice, BY, lines=lines)
    world.settle()
    there = world.there(invoice)
    assert there["TotalAmt"] == Decimal("125.50")
    assert there["Line"][0]["Id"] == before
    world.assert_agreed()


def test_a_voided_invoice_is_voided_there(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    states.void(invoice, BY)
    world.settle()
    there = world.there(invoice)
    assert (there["TotalAmt"], there["PrivateNote"]) == (0, "Voided")
    assert world.link(invoice).state == "void"
    invoice.refresh_from_db()
    assert invoice.total == 100
    world.assert_agreed()


def test_a_void_credit_note_waits_for_a_person_since_the_api_cannot_void_it(world: World) -> None:
    note = world.credit_note(world.contact())
    world.sync()
    states.void(note, BY)
    world.sync()
    link = world.link(note)
    assert (link.status, link.reason) == (Status.FAILED, "cannot_void_there")
    assert world.there(note)["TotalAmt"] == 40


def test_a_payment_goes_out_with_what_it_pays(world: World) -> None:
    tenant = world.contact()
    first, second = world.invoice(tenant, "100.00"), world.invoice(tenant, "60.00")
    payment = world.payment(tenant, "130.00", (first, "100.00"), (second, "30.00"), reference="CHQ 7")
    world.sync()
    there = world.there(payment)
    assert (there["TotalAmt"], there["UnappliedAmt"], there["PaymentRefNum"]) == (130, 0, "CHQ 7")
    assert world.there(first)["Balance"] == 0
    assert world.there(second)["Balance"] == 30
    world.settle()
    world.assert_agreed()


def test_an_overpayment_leaves_the_rest_unapplied(world: World) -> None:
    tenant = world.contact()
    payment = world.payment(tenant, "150.00", (world.invoice(tenant, "100.00"), "100.00"))
    world.settle()
    assert world.there(payment)["UnappliedAmt"] == 50
    world.assert_agreed()


def test_a_payment_waits_for_an_invoice_that_failed(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.fail(method="POST", entity="invoice", status=400, body=refusal("6000", "Nope"))
    world.sync()
    assert world.link(invoice).status == Status.FAILED
    link = world.link(payment)
    assert (link.status, link.reason) == (Status.NOT_SYNCED, "waits_for")
    assert world.all_there("Payment") == []
    world.heal()
    documents.edit(invoice, BY, memo="again")
    world.settle()
    assert world.there(payment)["UnappliedAmt"] == 0


def test_a_credit_note_is_applied_by_a_carrier_and_unapplied_by_its_deletion(world: World) -> None:
    tenant = world.contact()
    invoice, note = world.invoice(tenant, "100.00"), world.credit_note(tenant, "40.00")
    carrier = payments.apply_credit(note, invoice, Decimal("40.00"), BY)
    world.settle()
    assert world.there(carrier)["TotalAmt"] == 0
    assert world.there(invoice)["Balance"] == 60
    assert world.there(note)["RemainingCredit"] == 0
    payments.unallocate(carrier.allocations.get(invoice=invoice), BY)
    world.settle()
    assert world.there(invoice)["Balance"] == 100
    assert world.there(note)["RemainingCredit"] == 40
    assert world.all_there("Payment") == []
    world.assert_agreed()


def test_a_voided_payment_is_voided_there(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    payments.void(payment, BY)
    world.settle()
    assert world.there(payment)["TotalAmt"] == 0
    assert world.there(invoice)["Balance"] == 100
    world.assert_agreed()


def test_a_deposited_payment_is_left_alone_and_says_why(world: World) -> None:
    tenant = world.contact()
    payment = world.payment(tenant, "100.00", (world.invoice(tenant), "100.00"))
    world.settle()
    world.theirs.make_deposit([world.id_there(payment)])
    type(payment).objects.filter(pk=payment.pk).update(memo="late")
    payment.refresh_from_db()
    payment.save_change(BY)
    world.sync()
    link = world.link(payment)
    assert (link.status, link.reason) == (Status.FAILED, "deposited")
    payment.refresh_from_db()
    assert payment.deposited


def test_a_document_before_sync_from_stays_here_until_it_is_edited(world: World) -> None:
    from tieout.sync.models import Policy

    old = world.invoice(world.contact(), date=SYNC_FROM.replace(year=2025))
    world.company.refresh_from_db()
    Policy.objects.update(connected_version=world.company.version, open_items=False)
    world.sync()
    assert (world.link(old).reason, world.all_there("Invoice")) == ("before_sync_from", [])
    documents.edit(old, BY, memo="still owed")
    world.settle()
    assert len(world.all_there("Invoice")) == 1


def test_a_bad_record_stops_only_what_depends_on_it(world: World) -> None:
    bad = world.contact("Bad")
    type(bad).objects.filter(pk=bad.pk).update(website="example.com")
    blocked, fine = world.invoice(bad), world.invoice(world.contact("Good"))
    world.sync()
    assert world.link(bad).reason == "website_form"
    assert world.link(blocked).reason == "waits_for"
    assert "Bad" in world.link(blocked).details
    assert world.link(fine).status == Status.SYNCED


@pytest.mark.parametrize("entity", ["Invoice", "CreditMemo"])
def test_nothing_dated_on_or_before_the_closing_date_is_written(world: World, entity: str) -> None:
    tenant = world.contact()
    made = world.invoice(tenant) if entity == "Invoice" else world.credit_note(tenant)
    world.sync()
    late = world.invoice(tenant, date=TODAY.replace(day=14))
    documents.edit(made, BY, memo="new words")
    world.theirs.close_books(TODAY)
    world.clock.sleep(600)
    world.sync()
    for record in (made, late):
        assert (world.link(record).status, world.link(record).reason) == (Status.FAILED, "closed_period")
    world.theirs.close_books(None)
    world.clock.sleep(600)
    world.settle()
    assert world.there(made)["PrivateNote"] == "new words"
    world.assert_agreed()


def test_what_waits_for_a_closing_date_costs_an_idle_run_no_further_call(world: World) -> None:
    world.theirs.close_books(TODAY)
    world.invoice(world.contact())
    world.sync()
    world.sandbox.calls.clear()
    assert world.sync().calls_core_plus == 1


def test_a_number_is_taken_from_quickbooks_where_we_give_none(world: World) -> None:
    world.company.gives_numbers = False
    world.company.save()
    invoice = world.invoice(world.contact())
    world.settle()
    invoice.refresh_from_db()
    assert invoice.number == world.there(invoice)["DocNumber"] != ""


def test_a_taken_name_is_held_with_the_cause_in_plain_words(world: World) -> None:
    # By an employee, of whom we read nothing.
    world.theirs.create("Employee", {"GivenName": "Smith", "FamilyName": "Ltd", "DisplayName": "Smith Ltd"})
    world.invoice(smith := world.contact("Smith Ltd"))
    world.sync()
    link = world.link(smith)
    assert (link.status, link.reason) == (Status.FAILED, "quickbooks_6240")
    assert link.facts["code"] == "6240"
    assert link.facts["intuit_tid"]


def refusal(code: str, detail: str) -> dict[str, object]:
    error = {"Message": "A business validation error", "Detail": detail, "code": code, "element": ""}
    return {"Fault": {"Error": [error], "type": "ValidationFault"}, "time": "2026-03-15T05:00:00.000-07:00"}
