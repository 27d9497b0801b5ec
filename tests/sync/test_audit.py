"""The audit trail names the cause of every write, with before and after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World

from tieout import clock
from tieout.subledger.models import Contact, Invoice, User
from tieout.subledger.services import contacts
from tieout.sync.acts import resolve
from tieout.sync.acts.unlink import unlink
from tieout.sync.audit import Changed, Entry, Filter, entries


@pytest.fixture
def tenant(world: World) -> Contact:
    made = world.contact("Ada Tenant", phone="1")
    world.invoice(made)
    world.sync()
    world.clock.sleep(600)
    return made


def newest(world: World, record: object, **wanted: Any) -> Entry:
    return entries(world.company, Filter(link=world.link(record), **wanted)).entries[0]


def test_a_write_to_quickbooks_with_its_cause_run_and_ids(world: World, tenant: Contact) -> None:
    contacts.edit(tenant, BY, phone="2")
    run = world.sync()
    entry = newest(world, tenant)
    assert (entry.book, entry.act, entry.cause, entry.outcome) == (
        *("QuickBooks", "update", f"changed by {BY}", "confirmed"),
    )
    assert entry.changes == (Changed("phone", "1", "2"),)
    assert entry.run_id == run.pk
    assert entry.request_id
    assert entry.intuit_tid


def test_a_write_to_our_book(world: World, tenant: Contact) -> None:
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "3"})
    run = world.sync()
    entry = newest(world, tenant)
    assert (entry.book, entry.act, entry.cause) == ("Tieout", "update", "changed in QuickBooks, version 1")
    assert (entry.changes, entry.run_id) == ((Changed("phone", "1", "3"),), run.pk)


def test_what_came_new_shows_what_it_said(world: World, tenant: Contact) -> None:
    there = world.invoice_there(world.id_there(tenant), "75.00", PrivateNote="by hand")
    world.sync()
    entry = newest(world, world.here(Invoice, there))
    assert (entry.act, entry.cause) == ("create", "new in QuickBooks, version 0")
    assert Changed("memo", None, "by hand") in entry.changes


def test_what_quickbooks_assigns_is_told_under_the_write_it_answered(world: World, tenant: Contact) -> None:
    world.company.gives_numbers = False
    world.company.save()
    invoice = world.invoice(tenant)
    world.sync()
    taken, written = entries(world.company, Filter(link=world.link(invoice))).entries
    assert (taken.book, taken.cause) == ("Tieout", "assigned by QuickBooks in its answer")
    assert (taken.request_id, written.act) == (written.request_id, "create")
    invoice.refresh_from_db()
    assert Changed("number", "", invoice.number) in taken.changes


def test_a_refusal_keeps_quickbooks_words(world: World) -> None:
    world.theirs.create("Employee", {"GivenName": "Smith", "FamilyName": "Ltd", "DisplayName": "Smith Ltd"})
    world.invoice(smith := world.contact("Smith Ltd"))
    world.sync()
    entry = newest(world, smith)
    assert entry.outcome == "refused"
    assert "already" in entry.answer
    assert entry.intuit_tid


def test_a_decision_and_the_write_that_comes_of_it(world: World, tenant: Contact, mara: User) -> None:  # noqa: F811
    contacts.edit(tenant, BY, phone="2")
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "3"})
    world.sync()
    resolve.choose(world.link(tenant), {"phone": "ours"}, mara)
    world.clock.sleep(1)
    world.sync()
    written, decided = entries(world.company, Filter(link=world.link(tenant))).entries[:2]
    assert (decided.act, decided.cause) == ("decision", "Chosen (phone: Tieout) by mara@example.com.")
    assert (written.book, written.cause) == ("QuickBooks", decided.cause)
    assert written.changes == (Changed("phone", "3", "2"),)


def test_it_is_filtered_by_kind_cause_person_and_time(world: World, tenant: Contact, mara: User) -> None:  # noqa: F811
    unlink(world.company, [world.link(tenant)], mara, "moved away")
    all_of_it = entries(world.company, limit=500).entries
    kinds = {entry.link.kind for entry in entries(world.company, Filter(kind="invoice"), limit=500).entries}
    assert kinds == {"invoice"}
    by_mara = entries(world.company, Filter(person="mara@")).entries
    assert {entry.act for entry in by_mara} == {"decision"}
    assert entries(world.company, Filter(cause="Unlinked")).entries == by_mara
    since = clock.now() - timedelta(seconds=1)
    assert entries(world.company, Filter(since=since)).entries == by_mara
    assert entries(world.company, Filter(until=since), limit=500).entries == all_of_it[len(by_mara) :]


def test_pages_follow_one_another_without_gap_or_repetition(world: World, tenant: Contact, mara: User) -> None:  # noqa: F811
    unlink(world.company, [world.link(tenant)], mara)
    all_of_it = entries(world.company, limit=500)
    assert all_of_it.next == ""
    assert len(all_of_it.entries) > 4
    paged, after = [], ""
    for _ in range(len(all_of_it.entries)):
        page = entries(world.company, after=after, limit=3)
        paged += page.entries
        after = page.next
        if not after:
            break
    assert paged == all_of_it.entries


def test_nobody_sees_another_companys(world: World, tenant: Contact) -> None:
    other = type(world.company).objects.create(name="Other")
    assert entries(other).entries == []
    assert entries(world.company, after="nonsense").entries
