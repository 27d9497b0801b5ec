"""A record that was edited is synced at once, alone with what it needs; everything else waits for the next run."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tieout.subledger.services import contacts, documents, payments, states
from tieout.sync.models import Cursor, Run, Status, Trigger, unpack
from tieout.sync.run import sync as sync_all

from .conftest import BY, TODAY, World

pytestmark = pytest.mark.django_db


def alone(world: World, *records: Any) -> Run:
    only = tuple((record.kind, record.pk) for record in records)
    return sync_all(world.company, Trigger.ON_DEMAND, BY, only=only)


def test_an_edited_invoice_goes_out_alone_and_what_else_was_edited_goes_with_the_next_run(world: World) -> None:
    ada = world.contact()
    first, second = world.invoice(ada), world.invoice(ada)
    world.settle()
    documents.edit(first, BY, memo="first")
    documents.edit(second, BY, memo="second")
    run = alone(world, first)
    assert run.writes == 1
    assert unpack(run.only) == (("invoice", first.pk),)
    assert world.there(first)["PrivateNote"] == "first"
    assert "PrivateNote" not in world.there(second)
    assert world.sync().writes == 1
    assert world.there(second)["PrivateNote"] == "second"
    assert world.sync().writes == 0


def test_it_costs_one_read_and_the_write(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.settle()
    documents.edit(invoice, BY, memo="new words")
    world.sandbox.calls.clear()
    alone(world, invoice)
    assert world.calls() == ["POST batch", "POST invoice"]


def test_an_account_goes_along_with_its_first_document(world: World) -> None:
    invoice = world.invoice(world.contact("Ada Tenant"))
    other = world.invoice(world.contact("Bea Tenant"))
    alone(world, invoice)
    assert world.there(invoice)["CustomerRef"]["name"] == "Ada Tenant"
    assert [each["DisplayName"] for each in world.all_there("Customer")] == ["Ada Tenant"]
    world.sync()
    assert world.there(other)["CustomerRef"]["name"] == "Bea Tenant"
    world.assert_agreed()


def test_what_a_payment_pays_goes_before_it(world: World) -> None:
    ada = world.contact()
    invoice, other = world.invoice(ada), world.invoice(ada)
    payment = world.payment(ada, "100.00", (invoice, "100.00"))
    assert alone(world, payment).writes == 3
    assert world.there(invoice)["Balance"] == 0
    assert len(world.all_there("Invoice")) == 1
    world.sync()
    assert world.link(other).status == Status.SYNCED
    world.assert_agreed()


def test_a_credit_note_set_against_an_invoice_goes_out_alone(world: World) -> None:
    ada = world.contact()
    invoice, credit = world.invoice(ada), world.credit_note(ada)
    world.settle()
    carrier = payments.apply_credit(credit, invoice, Decimal("40.00"), BY)
    assert alone(world, carrier).writes == 1
    assert world.there(invoice)["Balance"] == Decimal("60.00")


def test_a_void_goes_out_alone(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.settle()
    states.void(invoice, BY)
    assert alone(world, invoice).writes == 1
    assert world.there(invoice)["TotalAmt"] == 0
    world.assert_agreed()


def test_what_changed_there_waits_for_the_next_run_and_then_arrives(world: World) -> None:
    invoice, other = world.invoice(world.contact()), world.invoice(world.contact("Bea Tenant"))
    world.settle()
    world.edit_there("Customer", world.there(other)["CustomerRef"]["value"], CompanyName="Bea and Sons")
    documents.edit(invoice, BY, memo="mine")
    alone(world, invoice)
    other.contact.refresh_from_db()
    assert other.contact.company_name == ""
    world.sync()
    other.contact.refresh_from_db()
    assert other.contact.company_name == "Bea and Sons"


def test_an_edit_of_the_same_record_there_is_seen_and_not_overwritten(world: World) -> None:
    """S2"""
    invoice = world.invoice(world.contact(), memo="before")
    world.settle()
    world.edit_there("Invoice", world.there(invoice)["Id"], PrivateNote="theirs")
    documents.edit(invoice, BY, memo="ours")
    assert alone(world, invoice).writes == 0
    assert world.link(invoice).reason == "conflict"
    assert world.there(invoice)["PrivateNote"] == "theirs"


def test_what_was_entered_on_both_sides_does_not_cross(world: World) -> None:
    """S1"""
    ada = world.contact()
    world.invoice(ada, "75.00")
    world.settle()
    twin = world.invoice_there(world.there(ada)["Id"], "100.00")
    invoice = world.invoice(ada, "100.00")
    assert alone(world, invoice).writes == 0
    assert world.link(invoice).reason == "possible_duplicate"
    assert [each["id"] for each in world.link(invoice).facts["candidates"]] == [twin["Id"]]


def test_books_closed_a_moment_ago_stay_closed(world: World) -> None:
    """S5"""
    invoice = world.invoice(world.contact())
    world.settle()
    world.theirs.close_books(TODAY)
    documents.edit(invoice, BY, memo="too late")
    assert alone(world, invoice).writes == 0
    assert world.link(invoice).reason == "closed_period"


def test_a_create_whose_answer_was_lost_is_found_and_not_sent_again(world: World) -> None:
    """S1"""
    invoice = world.invoice(world.contact())
    world.fail(method="POST", path="/invoice", cut="lost", nth=1)
    alone(world, invoice)
    world.heal()
    assert world.link(invoice).reason == "waits_for_answer"
    alone(world, invoice)
    assert len(world.all_there("Invoice")) == 1
    assert world.link(invoice).status == Status.SYNCED


def test_what_waits_for_another_record_waits_for_the_next_run(world: World) -> None:
    """A contact that cannot go holds its invoice; once it is mended, a run of all takes both."""
    ada = world.contact("Ada Tenant")
    world.customer_there("Ada Tenant", PrimaryEmailAddr={"Address": "someone@else.example"})
    contacts.edit(ada, BY, email="ada@example.com")
    invoice = world.invoice(ada)
    alone(world, invoice)
    assert world.link(invoice).reason == "waits_for"
    contacts.edit(ada, BY, name="Ada the Tenant")
    world.sync()
    assert world.link(invoice).status == Status.SYNCED


def test_how_far_our_book_was_looked_at_stays(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.settle()
    before = Cursor.objects.get().ours
    documents.edit(invoice, BY, memo="mine")
    alone(world, invoice)
    assert Cursor.objects.get().ours == before


def test_before_both_books_were_read_in_full_nothing_goes_alone(world: World) -> None:
    ada = world.contact()
    first, second = world.invoice(ada), world.invoice(ada)
    Cursor.objects.update(in_full=True)
    run = alone(world, first)
    assert run.only == ""
    assert world.link(second).status == Status.SYNCED
