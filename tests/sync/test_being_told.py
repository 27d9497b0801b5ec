"""Where QuickBooks tells of changes, a call is spent only where there is something to read."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from tests.sync.conftest import World

from tieout import clock
from tieout.quickbooks.models import Connection
from tieout.quickbooks.webhooks import inbox
from tieout.quickbooks.webhooks.notification import Event
from tieout.subledger.models import Contact
from tieout.sync.models import Run, Trigger
from tieout.sync.run import sync

MINUTE, HOUR = 60, 3600
numbers = count()


@pytest.fixture
def told(world: World, settings: Any) -> World:
    """Webhooks are on: a first one came, and was looked at."""
    settings.QUICKBOOKS_WEBHOOK_TOKENS = ["secret"]
    tell(world, world.customer_there("Bob Buyer"))
    world.clock.sleep(10 * MINUTE)
    run(world)
    world.sandbox.calls.clear()
    return world


def tell(world: World, customer: dict[str, Any]) -> None:
    realm = Connection.objects.get(company=world.company).realm_id
    event = Event(f"event {next(numbers)}", realm, "Customer", customer["Id"], "update", clock.now())
    assert inbox.take_in([event]) == [world.company]


def run(world: World, trigger: Trigger = Trigger.AUTOMATIC) -> Run:
    return sync(world.company, trigger)


def test_an_idle_run_costs_no_call(told: World) -> None:
    assert run(told).calls_core_plus == 0
    assert told.calls() == []


def test_what_was_told_is_read(told: World) -> None:
    tell(told, told.customer_there("Cleo Client"))
    run(told, Trigger.WEBHOOK)
    assert told.calls() == ["GET cdc"]


def test_what_was_told_a_moment_ago_is_read_once_more_since_it_may_not_show_at_once(told: World) -> None:
    tell(told, told.customer_there("Cleo Client"))
    run(told)
    told.clock.sleep(20 * MINUTE)
    run(told)
    told.clock.sleep(20 * MINUTE)
    run(told)
    assert told.calls() == ["GET cdc"] * 2


def test_what_nobody_told_of_is_read_within_an_hour(told: World) -> None:
    customer = told.customer_there("Cleo Client")
    told.invoice_there(customer["Id"])
    run(told)
    assert not Contact.objects.of(told.company).filter(name="Cleo Client").exists()
    told.clock.sleep(HOUR)
    run(told)
    assert Contact.objects.of(told.company).filter(name="Cleo Client").exists()
    assert told.calls() == ["GET cdc"]


def test_a_person_who_asks_for_a_run_gets_what_there_is(told: World) -> None:
    run(told, Trigger.MANUAL)
    assert told.calls() == ["GET cdc"]


def test_what_will_be_written_is_decided_on_what_was_just_read(told: World) -> None:
    told.invoice(told.contact())
    assert run(told).writes == 2
    assert told.calls()[0] == "POST batch"


def test_without_webhooks_every_run_reads(world: World) -> None:
    run(world)
    assert world.calls() == ["GET cdc"]
