"""How theirs is read: little, and missing nothing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sync.conftest import World

from tieout.quickbooks import reading
from tieout.quickbooks.reading import Changes
from tieout.subledger.models import Invoice
from tieout.sync.models import Seen, Status

DAY = 86_400


def swallow_deletions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change data capture that does not list what was deleted."""
    changes = reading.changes

    def without(*arguments: Any) -> Changes:
        found = changes(*arguments)
        living = {
            entity: [row for row in rows if row.get("status") != "Deleted"] for entity, rows in found.objects.items()
        }
        return Changes(found.time, living, found.full)

    monkeypatch.setattr(reading, "changes", without)


def test_a_deletion_that_cdc_missed_is_shown_within_a_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    swallow_deletions(monkeypatch)
    invoice = world.invoice(world.contact())
    world.sync()
    world.delete_there("Invoice", world.id_there(invoice))
    world.clock.sleep(600)
    world.sync()
    assert world.link(invoice).status == Status.SYNCED
    world.clock.sleep(DAY)
    world.sync()
    assert world.link(invoice).reason == "deleted_there"


def test_the_daily_check_is_one_batch(world: World) -> None:
    world.invoice(world.contact())
    world.sync()
    world.clock.sleep(DAY)
    world.sandbox.calls.clear()
    assert world.sync().writes == 0
    assert world.calls() == ["GET cdc", "POST batch"]
    world.sandbox.calls.clear()
    world.sync()
    assert world.calls() == ["GET cdc"]


def test_a_deletion_is_believed_only_after_a_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    alive = world.link(invoice).qbo_id
    changes = reading.changes

    def lying(*arguments: Any) -> Changes:
        found = changes(*arguments)
        deleted = {"Id": alive, "status": "Deleted", "MetaData": {"LastUpdatedTime": "2026-03-15T05:00:00-07:00"}}
        return Changes(found.time, {**found.objects, "Invoice": [deleted]}, found.full)

    monkeypatch.setattr(reading, "changes", lying)
    world.sync()
    assert world.link(invoice).status == Status.SYNCED


def test_what_is_new_and_told_as_deleted_is_read_before_that_is_believed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = world.invoice_there(world.customer_there()["Id"])
    changes = reading.changes

    def lying(*arguments: Any) -> Changes:
        found = changes(*arguments)
        (told,) = found.objects["Invoice"]
        deleted = {"Id": told["Id"], "status": "Deleted", "MetaData": told["MetaData"]}
        return Changes(found.time, {**found.objects, "Invoice": [deleted]}, found.full)

    monkeypatch.setattr(reading, "changes", lying)
    world.sync()
    assert world.here(Invoice, there).total == there["TotalAmt"]


def test_a_full_answer_is_read_on_kind_by_kind_and_deletions_are_found_by_counting(world: World) -> None:
    customer = world.customer_there()["Id"]
    first = world.invoice_there(customer)
    world.sync()
    world.clock.sleep(600)
    world.delete_there("Invoice", first["Id"])
    for n in range(1000):
        world.customer_there(f"C {n}")
    late = world.invoice_there(customer, "75.00")
    world.sync()
    assert world.here(Invoice, late).total == 75
    assert world.link(world.here(Invoice, first)).reason == "deleted_there"
    assert Seen.objects.filter(entity="Customer").count() == 1001
    world.clock.sleep(600)
    world.sync()  # the overlap shows the thousand once more
    world.sandbox.calls.clear()
    world.sync()
    assert world.calls() == ["GET cdc"]


def test_after_thirty_days_without_a_run_everything_is_read_and_nothing_doubled(world: World) -> None:
    ours = world.invoice(world.contact())
    customer = world.customer_there()["Id"]
    world.sync()
    world.clock.sleep(40 * DAY)
    there = world.invoice_there(customer)
    world.delete_there("Invoice", world.id_there(ours))
    world.sandbox.calls.clear()
    world.sync()
    assert world.here(Invoice, there).total == 100
    assert world.link(ours).reason == "deleted_there"
    assert "GET cdc" not in world.calls()
    assert Invoice.objects.of(world.company).count() == 2


def test_our_own_writes_come_back_as_no_news(world: World) -> None:
    tenant = world.contact()
    world.payment(tenant, "100.00", (world.invoice(tenant), "100.00"))
    world.sync()
    world.sandbox.calls.clear()
    assert world.sync().writes == 0
    assert world.calls() == ["GET cdc"]
