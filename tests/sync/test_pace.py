"""A first sync takes hardly longer than QuickBooks' limits make it take."""

from __future__ import annotations

import os
from decimal import Decimal
from math import ceil
from typing import Any

from tests.sync.conftest import BY, TODAY, World

from tieout import clock
from tieout.subledger.models import Invoice
from tieout.subledger.services import contacts, documents, states
from tieout.subledger.services.lines import LineDraft

# Intuit, "Limits and throttles": 500 requests a minute, of them 40 batches of 30, and 10 a second.
A_MINUTE = 40 * 30 + 460
BATCHED_A_SECOND = 10 * 30


def least_seconds(writes: int) -> float:
    """Whole minutes are used up; in the last one as many batches as are needed go at once."""
    minutes, rest = divmod(writes, A_MINUTE)
    return minutes * 60 + ceil(rest / BATCHED_A_SECOND)


def fill(world: World, number: int) -> None:
    """As many contacts, each with an invoice."""
    item = world.item()
    for n in range(number):
        contact = contacts.create(world.company, BY, name=f"Tenant {n}")
        lines = [LineDraft(item, Decimal("10.00"))]
        invoice = documents.create(Invoice, world.company, BY, contact=contact, date=TODAY, lines=lines)
        states.approve(invoice, BY)


def test_a_first_sync_uses_both_lanes_up_and_is_never_throttled(world: World, settings: Any) -> None:
    settings.LEASE_S = 3600  # of the virtual clock, which is minutes ahead of ours
    number = int(os.environ.get("PACE_OF", A_MINUTE))
    fill(world, number)
    world.clock.sleep(60)  # the limits count from here
    began = clock.now()
    run = world.sync()
    took = (clock.now() - began).total_seconds()
    assert run.writes == 2 * number
    print(f"{number} contacts and invoices: {took:.0f} s, at least {least_seconds(2 * number):.0f} s")  # noqa: T201
    assert took <= 1.1 * least_seconds(2 * number)
    assert all(call.status == 200 for call in world.sandbox.calls.calls)
