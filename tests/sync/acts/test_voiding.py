"""A credit note that is void here cannot be voided in QuickBooks from outside; a person says what happens instead."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World

from tieout.subledger.models import CreditNote, User
from tieout.subledger.services import payments, states
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts.voiding import void_there
from tieout.sync.deciding.pair import Way
from tieout.sync.models import Status


def void_here(world: World, **header: str) -> CreditNote:
    note = world.credit_note(world.contact(), **header)
    world.sync()
    states.void(note, BY)
    world.sync()
    assert world.link(note).reason == "cannot_void_there"
    return note


def test_it_is_set_to_zero_as_quickbooks_leaves_what_it_voids(world: World, mara: User) -> None:  # noqa: F811
    note = void_here(world, memo="for the roof")
    void_there(world.link(note), Way.ZERO, mara)
    world.settle()
    there = world.there(note)
    assert (there["TotalAmt"], there["RemainingCredit"], there["PrivateNote"]) == (0, 0, "Voided - for the roof")
    assert (world.link(note).state, world.link(note).status) == ("void", Status.SYNCED)
    note.refresh_from_db()
    assert (note.status, note.total, note.memo) == ("void", Decimal(40), "for the roof")
    world.assert_agreed()


def test_or_it_is_deleted(world: World, mara: User) -> None:  # noqa: F811
    note = void_here(world)
    void_there(world.link(note), Way.DELETE, mara)
    world.settle()
    assert world.all_there("CreditMemo") == []
    assert (world.link(note).state, world.link(note).status) == ("void", Status.SYNCED)
    world.assert_agreed()


@pytest.mark.parametrize(("memory", "cut"), [(86400, "after"), (60, "after"), (60, "before")])
def test_it_is_deleted_though_the_answer_is_lost(
    world: World, mara: User, memory: int, cut: str  # noqa: F811
) -> None:  # fmt: skip
    world.sandbox.settings.request_id_memory_s = memory
    note = void_here(world)
    void_there(world.link(note), Way.DELETE, mara)
    world.fail(method="POST", entity="creditmemo", cut=cut, probability=1)
    world.sync()
    world.heal()
    world.clock.sleep(600)
    world.settle()
    assert world.all_there("CreditMemo") == []
    assert (world.link(note).state, world.link(note).status) == ("void", Status.SYNCED)
    world.assert_agreed()


def test_what_is_edited_before_its_deletion_came_through_does_not_count_as_deleted(
    world: World, mara: User  # noqa: F811
) -> None:  # fmt: skip
    note = void_here(world)
    void_there(world.link(note), Way.DELETE, mara)
    world.fail(method="POST", entity="creditmemo", cut="before", probability=1)
    world.sync()
    world.heal()
    world.edit_there("CreditMemo", world.id_there(note), PrivateNote="keep it for the auditor")
    world.clock.sleep(600)
    world.settle()
    assert (world.link(note).status == Status.SYNCED) == (world.all_there("CreditMemo") == [])


@pytest.mark.parametrize("way", list(Way))
def test_neither_while_something_is_applied_to_it(world: World, mara: User, way: Way) -> None:  # noqa: F811
    tenant = world.contact()
    invoice, note = world.invoice(tenant), world.credit_note(tenant)
    world.sync()
    ends = [(world.link(note), "CreditMemo"), (world.link(invoice), "Invoice")]
    lines = [{"Amount": 15, "LinkedTxn": [{"TxnId": end.qbo_id, "TxnType": kind}]} for end, kind in ends]
    states.void(note, BY)
    world.sync()
    customer = {"value": world.link(tenant).qbo_id}
    world.theirs.create("Payment", {"CustomerRef": customer, "TotalAmt": 0, "Line": lines})
    void_there(world.link(note), way, mara)
    world.sync()
    assert (world.link(note).reason, world.link(note).facts["applied"]) == ("waits_for_unapplying", "15.00")
    assert world.there(note)["TotalAmt"] == 40


def test_what_was_applied_here_is_taken_apart_first(world: World, mara: User) -> None:  # noqa: F811
    tenant = world.contact()
    invoice, note = world.invoice(tenant), world.credit_note(tenant)
    payments.apply_credit(note, invoice, Decimal("40.00"), BY)
    world.settle()
    states.void(note, BY, release=True)
    world.sync()
    void_there(world.link(note), Way.DELETE, mara)
    world.settle()
    assert (world.all_there("CreditMemo"), world.all_there("Payment")) == ([], [])
    assert world.there(invoice)["Balance"] == 100
    world.assert_agreed()


def test_what_is_settled_is_not_settled_twice(world: World, mara: User) -> None:  # noqa: F811
    note = world.credit_note(world.contact())
    world.sync()
    with pytest.raises(Refused):
        void_there(world.link(note), Way.DELETE, mara)
