"""Conflicts by group, and what follows a deletion in QuickBooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.sync.conftest import BY, World

from tieout.subledger.models import Contact, Invoice, User
from tieout.subledger.services import contacts, documents, states
from tieout.subledger.services.lines import LineDraft
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import pairing, resolve
from tieout.sync.acts.preview import outlook, pair_of
from tieout.sync.models import State, Status


@pytest.fixture
def in_conflict(world: World) -> Contact:
    """Phone and e-mail changed on both sides to different values."""
    tenant = world.contact(phone="1", email="a@example.com")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2", email="b@example.com")
    theirs = {"PrimaryPhone": {"FreeFormNumber": "3"}, "PrimaryEmailAddr": {"Address": "c@example.com"}}
    world.edit_there("Customer", world.id_there(tenant), **theirs)
    world.sync()
    return tenant


def test_a_conflict_shows_the_base_and_both_sides(world: World, in_conflict: Contact) -> None:
    found = {choice.group: choice for choice in resolve.choices(world.link(in_conflict))}
    phone = found["phone"]
    assert (phone.base, phone.ours, phone.theirs) == ({"phone": "1"}, {"phone": "2"}, {"phone": "3"})


def test_each_group_goes_the_way_that_was_chosen(world: World, in_conflict: Contact, mara: User) -> None:
    resolve.choose(world.link(in_conflict), {"phone": "ours", "e-mail": "theirs"}, mara)
    (found,) = outlook(world.company, [world.link(in_conflict)])
    assert {(c.book, c.field, c.after) for c in found.changes} == {
        ("QuickBooks", "phone", "2"),
        ("Tieout", "email", "c@example.com"),
    }
    world.settle()
    in_conflict.refresh_from_db()
    assert (in_conflict.phone, in_conflict.email) == ("2", "c@example.com")
    assert world.there(in_conflict)["PrimaryPhone"]["FreeFormNumber"] == "2"
    assert world.link(in_conflict).status == Status.SYNCED
    world.assert_agreed()


def test_every_group_must_be_chosen(world: World, in_conflict: Contact, mara: User) -> None:
    with pytest.raises(Refused, match="Choose one side"):
        resolve.choose(world.link(in_conflict), {"phone": "ours"}, mara)


def test_a_choice_made_on_an_old_view_is_refused(world: World, in_conflict: Contact, mara: User) -> None:
    seen = resolve.versions(pair_of(world.link(in_conflict)))
    contacts.edit(in_conflict, BY, phone="4")
    with pytest.raises(Refused, match="changed since"):
        resolve.choose(world.link(in_conflict), {"phone": "ours", "e-mail": "ours"}, mara, seen=seen)


@pytest.mark.parametrize(("side", "total"), [("ours", 110), ("theirs", 120)])
def test_money_in_conflict_is_settled_as_one(world: World, mara: User, side: resolve.Side, total: int) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    documents.edit(invoice, BY, lines=[LineDraft(world.item(), Decimal("110.00"))])
    line = world.there(invoice)["Line"][0] | {"Amount": Decimal(120)}
    line["SalesItemLineDetail"].pop("UnitPrice", None)
    world.edit_there("Invoice", world.id_there(invoice), Line=[line])
    world.sync()
    resolve.choose(world.link(invoice), {"money": side}, mara)
    world.settle()
    invoice.refresh_from_db()
    assert (invoice.total, world.there(invoice)["TotalAmt"]) == (Decimal(total), total)
    assert world.link(invoice).status == Status.SYNCED


@pytest.fixture
def void_here(world: World) -> Invoice:
    """And given another amount in QuickBooks."""
    invoice = world.invoice(world.contact())
    world.sync()
    states.void(invoice, BY)
    line = world.there(invoice)["Line"][0] | {"Amount": Decimal(120)}
    line["SalesItemLineDetail"].pop("UnitPrice", None)
    world.edit_there("Invoice", world.id_there(invoice), Line=[line])
    world.sync()
    return invoice


def test_a_void_that_is_chosen_is_carried_out(world: World, void_here: Invoice, mara: User) -> None:
    resolve.choose(world.link(void_here), {"money": "ours", "void": "ours"}, mara)
    world.settle()
    assert (world.there(void_here)["TotalAmt"], world.link(void_here).status) == (0, Status.SYNCED)


def test_amounts_that_are_chosen_are_voided_in_neither_book(world: World, void_here: Invoice, mara: User) -> None:
    resolve.choose(world.link(void_here), {"money": "theirs", "void": "theirs"}, mara)
    world.settle()
    assert (world.there(void_here)["TotalAmt"], world.link(void_here).reason) == (120, "amounts_again")


def test_half_a_void_is_refused(world: World, void_here: Invoice, mara: User) -> None:
    with pytest.raises(Refused, match="as a whole"):
        resolve.choose(world.link(void_here), {"money": "theirs", "void": "ours"}, mara)


def test_a_first_meeting_in_conflict_is_settled_too(world: World, mara: User) -> None:
    world.customer_there("Ada Tenant", PrimaryPhone={"FreeFormNumber": "3"}, CompanyName="Ada LLC")
    tenant = world.contact(phone="2", company_name="Ada Ltd", email="a@example.com")
    world.invoice(tenant)
    world.sync()
    (candidate,) = world.link(tenant).facts["candidates"]
    pairing.same(world.link(tenant), candidate["id"], mara)
    world.sync()
    sides: dict[str, resolve.Side] = {"phone": "theirs", "company name": "ours"}
    resolve.choose(world.link(tenant), {g: sides[g] for g in world.link(tenant).facts["groups"]}, mara)
    world.settle()
    tenant.refresh_from_db()
    there = world.there(tenant)
    assert (tenant.phone, there["CompanyName"], there["PrimaryEmailAddr"]["Address"]) == (
        "3",
        "Ada Ltd",
        "a@example.com",
    )


GROUPS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "date": ({"date": date(2026, 3, 2)}, {"TxnDate": "2026-03-03"}),
    "due date": ({"due_date": date(2026, 4, 2)}, {"DueDate": "2026-04-03"}),
    "number": ({"number": "A-1"}, {"DocNumber": "B-1"}),
    "memo": ({"memo": "ours"}, {"PrivateNote": "theirs"}),
    "message": ({"message": "ours"}, {"CustomerMemo": {"value": "theirs"}}),
}


@pytest.mark.parametrize("ours_wins", [("date", "number", "message"), ("due date", "memo")])
def test_every_group_of_a_document_can_go_either_way(world: World, mara: User, ours_wins: tuple[str, ...]) -> None:
    invoice = world.invoice(world.contact(), due_date=date(2026, 4, 1))
    world.sync()
    for here, there in GROUPS.values():
        documents.edit(invoice, BY, **here)
        world.edit_there("Invoice", world.id_there(invoice), **there)
    world.sync()
    assert set(world.link(invoice).facts["groups"]) == GROUPS.keys()
    chosen: dict[str, resolve.Side] = {group: "ours" if group in ours_wins else "theirs" for group in GROUPS}
    resolve.choose(world.link(invoice), chosen, mara)
    assert world.link(invoice).attempts.all()[0].facts["settled"]["memo"]["ours"] == {"memo": "ours"}
    world.settle()
    there = world.there(invoice)
    for group, (_, members) in GROUPS.items():
        for name, value in members.items():
            assert (there[name] == value) == (group not in ours_wins), group
    assert world.link(invoice).status == Status.SYNCED
    world.assert_agreed()


def test_what_was_deleted_there_is_sent_again(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    gone = world.id_there(invoice)
    world.delete_there("Invoice", gone)
    world.sync()
    assert world.link(invoice).state == State.GONE
    resolve.recreate(world.link(invoice), mara)
    world.settle()
    link = world.link(invoice)
    assert (link.status, link.generation, link.qbo_id == gone) == (Status.SYNCED, 2, False)
    assert len(world.all_there("Invoice")) == 1


def test_what_is_voided_here_before_it_was_sent_again_is_not_shown_as_to_be_sent(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    world.delete_there("Invoice", world.id_there(invoice))
    world.sync()
    resolve.recreate(world.link(invoice), mara)
    states.void(invoice, BY)
    world.settle()
    assert (world.link(invoice).status, world.link(invoice).reason) == (Status.NOT_SYNCED, "nothing_to_send")
    assert world.all_there("Invoice") == []


@pytest.mark.parametrize("made", ["invoice", "credit_note"])
def test_what_was_deleted_there_is_voided_here(world: World, mara: User, made: str) -> None:
    record = getattr(world, made)(world.contact())
    world.sync()
    world.delete_there(world.link(record).entity, world.id_there(record))
    world.sync()
    resolve.void_ours(world.link(record), mara)
    world.settle()
    record.refresh_from_db()
    assert (record.status, world.link(record).status) == ("void", Status.SYNCED)


def test_what_is_not_deleted_there_cannot_be_sent_again(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    with pytest.raises(Refused, match="no longer shown as deleted"):
        resolve.recreate(world.link(invoice), mara)
