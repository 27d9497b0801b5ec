"""A person takes back what a run wrote to QuickBooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World

from tieout.subledger.models import Invoice, User
from tieout.subledger.services import contacts, documents
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import resolve
from tieout.sync.acts.undoing import undo, undoable
from tieout.sync.models import Link, Run, Status


def last_writing(world: World) -> Run:
    return Run.objects.filter(company=world.company, writes__gt=0).latest("pk")


def refusals(world: World, by: User) -> dict[str, str]:
    report = undo(last_writing(world), by)
    return {link.kind: why for link, why in report.refused}


def test_what_was_made_is_voided_and_the_record_held(world: World, mara: User) -> None:  # noqa: F811
    world.sync()
    invoice = world.invoice(world.contact())
    world.settle()
    assert refusals(world, mara) == {"contact": "QuickBooks deletes no names. Make it inactive there."}
    assert world.sync().writes == 1
    there = world.there(invoice)
    assert (there["TotalAmt"], there["PrivateNote"]) == (0, "Voided")
    link = world.link(invoice)
    assert (link.status, link.reason) == (Status.FAILED, "undone")
    assert link.details == "Undone by mara@example.com: it was voided in QuickBooks."
    assert world.sync().writes == 0
    invoice.refresh_from_db()
    assert (invoice.status, invoice.total) == ("approved", Decimal(100))


def test_it_is_never_sent_again_by_itself_but_by_a_person(world: World, mara: User) -> None:  # noqa: F811
    world.sync()
    invoice = world.invoice(world.contact(), number="1001")
    world.settle()
    undo(last_writing(world), mara)
    world.sync()
    documents.edit(invoice, BY, memo="again")
    assert world.sync().writes == 0
    before = world.link(invoice).qbo_id
    resolve.recreate(world.link(invoice), mara)
    world.settle()
    link = world.link(invoice)
    assert (link.status, link.qbo_id == before, world.there(invoice)["TotalAmt"]) == (Status.SYNCED, False, 100)
    assert Link.objects.get(entity="Invoice", qbo_id=before).status == Status.SKIPPED
    assert Invoice.objects.count() == 1


def test_the_undoing_can_stand_here_too(world: World, mara: User) -> None:  # noqa: F811
    world.sync()
    invoice = world.invoice(world.contact())
    world.settle()
    undo(last_writing(world), mara)
    world.sync()
    resolve.void_ours(world.link(invoice), mara)
    world.settle()
    invoice.refresh_from_db()
    assert (invoice.status, world.link(invoice).status) == ("void", Status.SYNCED)
    world.assert_agreed()


@pytest.fixture
def amounts_again(world: World, mara: User) -> Invoice:  # noqa: F811
    """What was undone, and somebody then gave other amounts in QuickBooks."""
    world.sync()
    invoice = world.invoice(world.contact())
    world.settle()
    undo(last_writing(world), mara)
    world.sync()
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(70),
        "SalesItemLineDetail": {"ItemRef": {"value": world.rent_id}},
    }
    world.edit_there("Invoice", world.id_there(invoice), Line=[line])
    world.settle()
    return invoice


def test_what_has_amounts_again_there_is_held_when_the_undoing_is_to_stand_here(
    world: World, mara: User, amounts_again: Invoice  # noqa: F811
) -> None:  # fmt: skip
    resolve.void_ours(world.link(amounts_again), mara)
    world.settle()
    assert (world.link(amounts_again).status, world.link(amounts_again).reason) == (Status.FAILED, "amounts_again")


def test_nor_is_it_sent_once_more_beside_that(world: World, mara: User, amounts_again: Invoice) -> None:  # noqa: F811
    with pytest.raises(Refused, match="It has amounts again in QuickBooks"):
        resolve.recreate(world.link(amounts_again), mara)
    assert len(world.all_there("Invoice")) == 1


@pytest.mark.parametrize(("side", "phone"), [("ours", "2"), ("theirs", "1")])
def test_a_change_gets_the_values_that_were_and_a_person_chooses(
    world: World, mara: User, side: resolve.Side, phone: str  # noqa: F811
) -> None:  # fmt: skip
    world.invoice(tenant := world.contact(phone="1"))
    world.settle()
    contacts.edit(tenant, BY, phone="2")
    world.settle()
    assert refusals(world, mara) == {}
    world.sync()
    assert world.there(tenant)["PrimaryPhone"]["FreeFormNumber"] == "1"
    assert (world.link(tenant).reason, world.link(tenant).facts["groups"]) == ("undone", ["phone"])
    assert world.sync().writes == 0
    resolve.choose(world.link(tenant), {"phone": side}, mara)
    world.settle()
    tenant.refresh_from_db()
    assert (tenant.phone, world.there(tenant)["PrimaryPhone"]["FreeFormNumber"]) == (phone, phone)
    world.assert_agreed()


def test_a_payment_and_what_it_pays_are_undone_together(world: World, mara: User) -> None:  # noqa: F811
    world.invoice(tenant := world.contact())
    world.settle()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    assert refusals(world, mara) == {}
    world.sync()
    world.sync()
    assert (world.there(payment)["TotalAmt"], world.there(invoice)["TotalAmt"]) == (0, 0)
    assert {world.link(payment).reason, world.link(invoice).reason} == {"undone"}


def test_nothing_is_undone_on_which_something_was_built_since(world: World, mara: User) -> None:  # noqa: F811
    world.invoice(tenant := world.contact())
    world.settle()
    paid, edited, here = (world.invoice(tenant, number=number) for number in ("P-1", "E-1", "H-1"))
    world.settle()
    run = last_writing(world)
    world.clock.sleep(600)
    world.payment_there(world.link(tenant).qbo_id or "", "10.00", (world.link(paid).qbo_id or "", "10.00"))
    world.edit_there("Invoice", world.link(edited).qbo_id or "", PrivateNote="seen")
    world.settle()
    documents.edit(here, BY, memo="changed")
    report = undo(run, mara)
    assert {link.number: why for link, why in report.refused} == {
        "P-1": "Something is applied to it. Take that apart first.",
        "E-1": "It was synced again since.",
        "H-1": "It was changed here since.",
    }
    assert report.done == []


def test_what_somebody_changes_there_before_it_is_carried_out_stands(world: World, mara: User) -> None:  # noqa: F811
    world.sync()
    invoice = world.invoice(world.contact())
    world.settle()
    assert len(undo(last_writing(world), mara).done) == 1
    world.edit_there("Invoice", world.link(invoice).qbo_id or "", PrivateNote="keep it")
    world.settle()
    invoice.refresh_from_db()
    assert (invoice.memo, world.there(invoice)["TotalAmt"], world.link(invoice).status) == (
        "keep it",
        100,
        Status.SYNCED,
    )


def test_closed_and_deposited_stay(world: World, mara: User) -> None:  # noqa: F811
    world.invoice(tenant := world.contact())
    world.settle()
    old, paid = world.invoice(tenant, date=date(2026, 2, 1)), world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (paid, "100.00"))
    world.settle()
    run = last_writing(world)
    world.clock.sleep(600)
    world.theirs.make_deposit([world.link(payment).qbo_id or ""])
    world.theirs.close_books(date(2026, 2, 28))
    documents.edit(paid, BY, memo="so that the closing date is read")
    world.settle()
    why = {each.link.record_id: each.why_not for each in undoable(run) if each.link.kind == "invoice"}
    assert why[old.pk] == "The books are closed up to 28 Feb 2026."
    (of_payment,) = [each.why_not for each in undoable(run) if each.link.kind == "payment"]
    assert of_payment != ""


def test_a_credit_note_is_deleted_where_a_person_chooses_so(world: World, mara: User) -> None:  # noqa: F811
    world.invoice(tenant := world.contact())
    world.settle()
    note = world.credit_note(tenant)
    world.settle()
    run = last_writing(world)
    assert "no way to void" in refusals(world, mara)["credit_note"]
    assert len(undo(run, mara, deleting=True).done) == 1
    world.sync()
    assert world.all_there("CreditMemo") == []
    assert world.link(note).details.endswith("it was deleted in QuickBooks.")


@pytest.mark.parametrize("cut", ["before", "after"])
def test_so_does_one_that_deletes_whose_answer_was_lost(world: World, mara: User, cut: str) -> None:  # noqa: F811
    world.invoice(tenant := world.contact())
    world.settle()
    note = world.credit_note(tenant)
    world.settle()
    undo(last_writing(world), mara, deleting=True)
    world.fail(method="POST", entity="creditmemo", cut=cut, probability=1)
    world.sync()
    world.heal()
    world.clock.sleep(600)
    world.settle()
    assert world.all_there("CreditMemo") == []
    assert (world.link(note).reason, world.link(note).state) == ("undone", "gone")


def test_what_was_to_be_deleted_and_was_edited_instead_is_there(world: World, mara: User) -> None:  # noqa: F811
    world.invoice(tenant := world.contact())
    world.settle()
    note = world.credit_note(tenant)
    world.settle()
    undo(last_writing(world), mara, deleting=True)
    world.fail(method="POST", entity="creditmemo", cut="before", probability=1)
    world.sync()
    world.heal()
    world.edit_there("CreditMemo", world.id_there(note), PrintStatus="NeedToPrint")
    world.sync()
    assert world.link(note).reason != "undone"
    world.settle()
    assert (world.link(note).reason == "undone") == (world.all_there("CreditMemo") == [])


def test_an_undoing_whose_answer_was_lost_still_ends_undone(world: World, mara: User) -> None:  # noqa: F811
    world.sync()
    invoice = world.invoice(world.contact())
    world.settle()
    undo(last_writing(world), mara)
    world.fail(method="POST", entity="invoice", cut="lost", probability=1)
    world.sync()
    world.heal()
    world.clock.sleep(600)
    world.sync()
    link = world.link(invoice)
    assert (link.reason, link.status, world.there(invoice)["TotalAmt"]) == ("undone", Status.FAILED, Decimal(0))
    assert world.sync().writes == 0


def test_however_much_a_run_wrote_it_is_judged_by_as_many_queries(world: World) -> None:
    tenant = world.contact()
    world.invoice(tenant)
    world.settle()
    asked = []
    for number in (2, 5):
        for _ in range(number):
            world.payment(tenant, "40.00", (world.invoice(tenant), "40.00"))
        world.settle()
        with CaptureQueriesContext(connection) as queries:
            judged = undoable(last_writing(world))
        assert [each.why_not for each in judged] == [""] * number * 2
        asked.append(len(queries))
    assert asked[0] == asked[1]
