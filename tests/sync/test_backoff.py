"""What failed in passing is tried again by itself, ever later, and at once when a person asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sync.conftest import BY, World

from tieout import clock
from tieout.jobs import due
from tieout.quickbooks.errors import ReadFailed
from tieout.subledger.models import Contact
from tieout.subledger.services import contacts
from tieout.sync import run as runs
from tieout.sync.acts.relink import try_again
from tieout.sync.carrying_out.backoff import FIRST, LONGEST, SPREAD, pause
from tieout.sync.models import Cursor, Run, Status

BUSY = {
    "Fault": {
        "Error": [{"Message": "Busy", "Detail": "You can only add or edit one name at a time.", "code": "6000"}],
        "type": "ValidationFault",
    },
    "time": "2026-03-15T05:00:00.000-07:00",
}


@given(st.integers(1, 500), st.text(max_size=10))
def test_pauses_double_up_to_a_longest_and_never_by_luck(tries: int, key: str) -> None:
    plain = min(FIRST * 2 ** min(tries - 1, 20), LONGEST)
    assert plain * (1 - SPREAD) <= pause(tries, key) <= plain * (1 + SPREAD)
    assert pause(tries, key) == pause(tries, key)


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({pause(3, str(key)) for key in range(50)}) == 50


@pytest.fixture
def busy(world: World) -> Contact:
    """Somebody is at work on the customer in QuickBooks."""
    tenant = world.contact()
    world.invoice(tenant)
    world.fail(method="POST", path="/customer", status=400, body=BUSY)
    world.sync()
    return tenant


def posts(world: World) -> int:
    return world.calls().count("POST customer")


def test_it_waits_and_says_until_when(world: World, busy: Contact) -> None:
    link = world.link(busy)
    assert (link.status, link.reason, link.tries) == (Status.NOT_SYNCED, "try_later", 1)
    assert link.not_before is not None
    assert link.attempted_at is not None
    assert link.not_before - link.attempted_at == pause(1, f"{world.company.pk} contact {busy.pk}")
    assert "one name at a time" in link.details
    world.sync()
    assert posts(world) == 1


def test_pauses_grow_and_end_with_success(world: World, busy: Contact) -> None:
    for tries in (2, 3):
        world.clock.sleep(3600)
        world.sync()
        assert world.link(busy).tries == tries
    world.heal()
    world.clock.sleep(3600)
    world.sync()
    link = world.link(busy)
    assert (link.status, link.tries, link.not_before) == (Status.SYNCED, 0, None)


def test_a_person_does_not_wait(world: World, busy: Contact) -> None:
    world.heal()
    try_again(world.company, [world.link(busy)])
    world.sync()
    assert world.link(busy).status == Status.SYNCED


def test_an_edit_does_not_wait(world: World, busy: Contact) -> None:
    world.heal()
    contacts.edit(busy, BY, phone="2")
    world.sync()
    assert world.link(busy).status == Status.SYNCED


def test_a_company_whose_runs_fail_by_themselves_waits_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Cursor.objects.update(next_run_at=clock.now())
    monkeypatch.setattr(runs, "settle", broken)
    with pytest.raises(ZeroDivisionError):
        world.sync()
    run = Run.objects.latest("pk")
    assert (run.ending, run.reason, run.details) == ("broken", "Bug", "ZeroDivisionError: a slip")
    cursor = Cursor.objects.get()
    assert cursor.not_before is not None
    assert (cursor.tries, cursor.not_before > clock.now()) == (1, True)
    assert due.claim() is None
    monkeypatch.undo()
    due.wake(world.company)
    assert due.claim() is not None  # by hand
    world.sync()
    assert Cursor.objects.get().not_before is None


def broken(_run: object) -> None:
    raise ZeroDivisionError("a slip")


def test_so_does_one_that_cannot_be_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_run: object) -> None:
        raise ReadFailed("cut")

    monkeypatch.setattr(runs, "observe", unreadable)
    for tries in (1, 2):
        with pytest.raises(ReadFailed):
            world.sync()
        assert Cursor.objects.get().tries == tries
    not_before = Cursor.objects.get().not_before
    assert not_before is not None
    assert not_before > clock.now() + timedelta(minutes=1)
