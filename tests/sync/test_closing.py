"""Closed stays closed, also for a run that lasts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sync.conftest import BY, TODAY, World, policy

from tieout.subledger.services import documents
from tieout.sync import writes
from tieout.sync.models import Link, Operation


def test_the_closing_date_is_read_again_after_five_minutes(world: World, monkeypatch: pytest.MonkeyPatch):
    policy(world, batch_from=1000)
    tenant = world.contact()
    world.sync()
    for _ in range(60):
        world.invoice(tenant)
    confirm = writes.confirm

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


def test_within_five_minutes_it_is_read_once(world: World):
    tenant = world.contact()
    for _ in range(3):
        world.invoice(tenant)
    world.sync()
    assert world.calls().count("GET preferences") <= 1


def test_what_was_never_carried_out_is_not_sent_again_into_a_closed_period(world: World):
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
