"""Closed stays closed, also for a run that lasts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, TODAY, World, policy

from tieout.subledger.models import User
from tieout.subledger.services import documents
from tieout.sync.acts.releasing import release, stopped
from tieout.sync.carrying_out import writes
from tieout.sync.carrying_out.confirm import confirm
from tieout.sync.models import Link, Operation, Status


def test_the_closing_date_is_read_again_after_five_minutes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    policy(world, batch_from=1000)
    tenant = world.contact()
    world.sync()
    for _ in range(60):
        world.invoice(tenant)

    def closing_meanwhile(run: Any, sent: Any) -> None:
        confirm(run, sent)
        if len(sent) == writes.SINGLES_AT_ONCE:
            world.theirs.close_books(TODAY)
            world.clock.sleep(301)

    monkeypatch.setattr(writes, "confirm", closing_meanwhile)
    world.sync()
    assert len(world.all_there("Invoice")) == 50
    assert Link.objects.filter(kind="invoice", reason="closed_period").count() == 10
    assert world.calls().count("POST invoice") == 50


def test_within_five_minutes_it_is_read_once(world: World) -> None:
    tenant = world.contact()
    for _ in range(3):
        world.invoice(tenant)
    world.sync()
    assert world.calls().count("GET preferences") <= 1


def test_what_was_never_carried_out_is_not_sent_again_into_a_closed_period(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    world.clock.sleep(600)
    documents.edit(invoice, BY, memo="late")
    world.fail(method="POST", path="/invoice", cut="before")
    world.sync()
    assert Operation.objects.filter(state="uncertain").count() == 1
    world.heal()
    world.theirs.close_books(TODAY)
    world.clock.sleep(600)
    world.sandbox.calls.clear()
    world.sync()
    world.sync()
    assert world.calls().count("POST invoice") == 0
    assert world.link(invoice).reason == "closed_period"
    assert not Operation.objects.filter(state__in=["stored", "uncertain"]).exists()
    world.theirs.close_books(None)
    world.clock.sleep(600)
    world.settle()
    assert world.there(invoice)["PrivateNote"] == "late"


def closed_with_an_invoice(world: World) -> Any:
    invoice = world.invoice(world.contact())
    world.settle()
    world.theirs.close_books(TODAY)
    world.clock.sleep(600)
    world.invoice(invoice.contact, date=TODAY.replace(day=16))
    world.sync()  # reads the closing date, since it writes
    world.theirs.close_books(None)  # as with the password
    return invoice


def test_a_change_there_in_a_closed_period_is_taken_with_a_note(world: World) -> None:
    invoice = closed_with_an_invoice(world)
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="late")
    world.sync()
    invoice.refresh_from_db()
    link = world.link(invoice)
    assert (invoice.memo, link.status, link.reason) == ("late", Status.SYNCED, "changed_in_closed")
    world.assert_agreed()


def test_a_void_there_in_a_closed_period_is_held_until_somebody_releases_it(world: World, mara: User) -> None:  # noqa: F811
    invoice = closed_with_an_invoice(world)
    world.void_there("Invoice", world.id_there(invoice))
    world.sync()
    link = world.link(invoice)
    assert (link.status, link.reason) == (Status.FAILED, "void_in_closed")
    invoice.refresh_from_db()
    assert invoice.status == "approved"
    (each,) = stopped(world.company)
    release(world.company, each.key, mara, seen=each.seen)
    world.settle()
    invoice.refresh_from_db()
    assert invoice.status == "void"
    world.assert_agreed()
