"""Customers that were merged in QuickBooks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World
from tests.sync.test_reading import DAY, swallow_deletions

from tieout.subledger.models import Contact, Invoice, User
from tieout.subledger.services import contacts, documents, payments
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import merging, pairing, resolve
from tieout.sync.models import Link, Status


@pytest.fixture(params=["deleted", "inactive"])
def shown(request: pytest.FixtureRequest, world: World) -> str:
    """How QuickBooks shows the one that was merged away."""
    set_up(world, merged_name=request.param)
    return str(request.param)


def set_up(world: World, **settings: Any) -> None:
    world.theirs.settings = replace(world.theirs.settings, **settings)


@pytest.fixture
def books(world: World) -> tuple[Contact, Invoice, Any, str]:
    """A tenant with an invoice paid in part and a credit taken up; and another customer that only QuickBooks has."""
    tenant = world.contact("Ada Tenant", phone="1")
    invoice = world.invoice(tenant)
    world.payment(tenant, "30.00", (invoice, "30.00"))
    payments.apply_credit(world.credit_note(tenant), invoice, Decimal("40.00"), BY)
    world.settle()
    other = world.customer_there("A. Tenant", PrimaryPhone={"FreeFormNumber": "2"})["Id"]
    return tenant, invoice, world.link(tenant), other


def merge(world: World, link: Link, winner: str) -> None:
    world.clock.sleep(600)
    world.theirs.merge("Customer", str(link.qbo_id), winner)


def test_a_merge_is_recognised_and_nothing_moves_until_a_person_agrees(world: World, books: Any, shown: str) -> None:
    tenant, invoice, link, winner = books
    merge(world, link, winner)
    gone = world.theirs.query("select * from Customer where Active = false").rows
    assert [obj["Id"] for obj in gone] == ([link.qbo_id] if shown == "inactive" else [])
    documents.edit(invoice, BY, memo="ours")
    assert world.sync().writes == 0
    now = world.link(tenant)
    assert (now.status, now.reason) == (Status.FAILED, "merged_there")
    assert now.details == "It was merged with A. Tenant in QuickBooks."
    waiting = world.link(invoice)
    assert (waiting.reason, waiting.facts["why"]) == ("waits_for", "merged")
    assert Contact.objects.count() == 1
    tenant.refresh_from_db()
    assert (tenant.name, tenant.archived) == ("Ada Tenant", False)


def test_who_agrees_links_ours_to_the_one_that_is_left(
    world: World, books: Any, shown: str, mara: User  # noqa: F811
) -> None:  # fmt: skip
    tenant, invoice, link, winner = books
    merge(world, link, winner)
    world.sync()
    merging.agree(world.link(tenant), mara)
    documents.edit(invoice, BY, memo="ours")
    world.settle()
    now = world.link(tenant)
    assert (now.qbo_id, now.state) == (winner, "agreed")
    tenant.refresh_from_db()
    assert (tenant.name, tenant.phone) == ("A. Tenant", "2")
    assert (world.there(invoice)["PrivateNote"], world.there(invoice)["CustomerRef"]["value"]) == ("ours", winner)
    assert Contact.objects.count() == 1
    world.assert_agreed()


def test_documents_that_moved_without_a_new_version_are_read_once(world: World, books: Any, mara: User) -> None:  # noqa: F811
    tenant, invoice, link, winner = books
    set_up(world, merge_touches_documents=False)
    before = world.there(invoice)["SyncToken"]
    merge(world, link, winner)
    assert (world.there(invoice)["SyncToken"], world.there(invoice)["CustomerRef"]["value"]) == (before, winner)
    world.sync()
    assert world.link(tenant).reason == "merged_there"
    merging.agree(world.link(tenant), mara)
    world.settle()
    assert world.link(invoice).status == Status.SYNCED
    world.assert_agreed()


def test_both_linked_two_of_ours_become_one(world: World, books: Any, shown: str, mara: User) -> None:  # noqa: F811
    tenant, invoice, link, _ = books
    kept = world.contact("Kept", phone="2")
    world.invoice(kept)
    world.settle()
    merge(world, link, world.id_there(kept))
    world.sync()
    assert world.link(tenant).facts["linked_to"] == "Kept"
    assert merging.is_both_ours(world.link(tenant))
    merging.agree(world.link(tenant), mara)
    world.settle()
    invoice.refresh_from_db()
    tenant.refresh_from_db()
    assert (invoice.contact, tenant.archived) == (kept, True)
    assert world.link(tenant).details == "Merged into Kept by mara@example.com on 15 Mar 2026, as in QuickBooks."
    assert not Link.objects.filter(status=Status.FAILED).exists()
    world.assert_agreed()


def test_an_edit_here_meanwhile_still_arrives(world: World, books: Any, mara: User) -> None:  # noqa: F811
    tenant, _, link, winner = books
    merge(world, link, winner)
    contacts.edit(tenant, BY, email="ada@example.com")
    world.sync()
    merging.agree(world.link(tenant), mara)
    world.settle()
    assert world.there(tenant)["PrimaryEmailAddr"]["Address"] == "ada@example.com"


def test_the_other_way_out_is_to_move_the_documents_back_there(world: World, mara: User) -> None:  # noqa: F811
    set_up(world, merged_name="inactive")
    invoice = world.invoice(tenant := world.contact("Ada Tenant"))
    world.settle()
    loser = world.id_there(tenant)
    merge(world, world.link(tenant), world.customer_there("A. Tenant")["Id"])
    world.sync()
    assert world.link(tenant).reason == "merged_there"
    world.clock.sleep(600)
    world.edit_there("Customer", loser, Active=True, DisplayName="Ada Tenant")
    world.edit_there("Invoice", world.id_there(invoice), CustomerRef={"value": loser})
    world.settle()
    assert (world.link(tenant).state, world.link(invoice).state) == ("agreed", "agreed")
    with pytest.raises(Refused):
        merging.agree(world.link(tenant), mara)
    world.assert_agreed()


def test_a_merged_name_without_documents_asks_which_one_it_is_now(world: World, mara: User) -> None:  # noqa: F811
    from tests.sync.conftest import policy

    policy(world, contacts="all")
    tenant = world.contact("Ada Tenant")
    winner = world.customer_there("A. Tenant")["Id"]
    world.settle()
    merge(world, world.link(tenant), winner)
    world.sync()
    assert world.link(tenant).reason == "name_gone"
    resolve.recreate(world.link(tenant), mara)
    world.settle()
    assert world.there(tenant)["DisplayName"] == "Ada Tenant"


@pytest.mark.parametrize("days", [1, 40])
def test_a_merge_of_which_change_data_capture_says_nothing_is_found_by_counting(
    world: World, books: Any, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    tenant, _, link, winner = books
    swallow_deletions(monkeypatch)
    set_up(world, merged_name="deleted")
    merge(world, link, winner)
    world.clock.sleep(days * DAY)
    world.sync()
    assert world.link(tenant).reason == "merged_there"


def test_one_that_is_only_made_inactive_is_no_merge(world: World, books: Any) -> None:
    tenant, _, link, _ = books
    world.edit_there("Customer", link.qbo_id, Active=False)
    world.sync()
    assert (world.link(tenant).state, world.link(tenant).reason) == ("agreed", "")


def test_a_merge_costs_one_more_read(world: World, books: Any) -> None:
    _, _, link, winner = books
    merge(world, link, winner)
    world.sandbox.calls.clear()
    world.sync()
    assert world.calls().count("POST batch") <= 1


def test_who_is_the_same_can_also_be_chosen(world: World, books: Any, mara: User) -> None:  # noqa: F811
    tenant, _, link, winner = books
    merge(world, link, winner)
    world.sync()
    pairing.same(world.link(tenant), winner, mara)
    world.sync()
    assert world.link(tenant).qbo_id == winner
