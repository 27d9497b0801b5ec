"""E3 to E5: which customer in QuickBooks an account is, and accounts that are not synced."""

from __future__ import annotations

import pytest
from tests.sync.conftest import World

from tieout.subledger.models import Contact, User
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import pairing
from tieout.sync.models import Link, State, Status


def test_e3_an_account_is_synced_to_the_customer_that_was_chosen(world: World, mara: User) -> None:
    there = world.customer_there("Smith and Sons", PrimaryEmailAddr={"Address": "s@example.com"})
    tenant = world.contact("Smith Ltd")
    invoice = world.invoice(tenant)
    world.sync()
    unwanted = world.link(tenant)
    assert unwanted.qbo_id != there["Id"]
    second = world.contact("Jones")
    pairing.same(pairing.link_of(second), there["Id"], mara)
    world.sync()
    link = world.link(second)
    second.refresh_from_db()
    assert (link.qbo_id, link.state, link.facts["groups"]) == (there["Id"], State.CONFLICT, ["name"])
    assert second.email == "s@example.com"
    assert world.link(invoice).status == Status.SYNCED


def test_a_customer_of_another_account_is_not_taken_from_it(world: World, mara: User) -> None:
    tenant = world.contact()
    world.invoice(tenant)
    world.sync()
    with pytest.raises(Refused, match="Ada Tenant is linked to it already"):
        pairing.same(pairing.link_of(world.contact("Jones")), world.id_there(tenant), mara)


def test_e5_two_that_are_the_same_are_linked_when_a_person_says_so(world: World, mara: User) -> None:
    there = world.customer_there("Ada Tenant", PrimaryEmailAddr={"Address": "x@example.com"})
    tenant = world.contact(email="y@example.com")
    invoice = world.invoice(tenant)
    world.sync()
    assert world.link(tenant).state == State.CANDIDATE
    pairing.same(world.link(tenant), there["Id"], mara)
    world.settle()
    assert (world.link(tenant).qbo_id, world.link(tenant).facts["groups"]) == (there["Id"], ["e-mail"])
    assert world.link(invoice).status == Status.SYNCED
    assert len(world.all_there("Customer")) == 1


def test_e5_two_invoices_that_are_not_the_same_are_both_kept_and_not_asked_again(world: World, mara: User) -> None:
    tenant = world.contact()
    world.invoice(tenant)
    world.sync()
    world.clock.sleep(600)
    world.invoice_there(world.id_there(tenant), "70.00")
    twin = world.invoice(tenant, "70.00")
    world.sync()
    assert world.link(twin).state == State.CANDIDATE
    candidates = [each["id"] for each in world.link(twin).facts["candidates"]]
    pairing.not_the_same(world.link(twin), candidates, mara)
    world.settle()
    assert world.link(twin).status == Status.SYNCED
    assert len(world.all_there("Invoice")) == 3
    assert Link.objects.filter(kind="invoice", status=Status.SYNCED).count() == 3


def test_e5_a_payment_said_to_be_the_same_takes_the_account_that_quickbooks_put_it_in(world: World, mara: User) -> None:
    tenant = world.contact()
    world.invoice(tenant)
    world.sync()
    there = world.payment_there(world.id_there(tenant), "30.00")
    payment = world.payment(tenant, "30.00")
    world.sync()
    pairing.same(world.link(payment), there["Id"], mara)
    world.settle()
    payment.refresh_from_db()
    assert world.link(payment).status == Status.SYNCED
    assert payment.deposit_account is not None


def test_e4_a_skipped_account_has_no_errors_and_its_documents_wait(world: World, mara: User) -> None:
    tenant = world.contact()
    first = world.invoice(tenant)
    world.sync()
    pairing.skip(world.link(tenant), mara)
    second = world.invoice(tenant)
    world.settle()
    assert (world.link(tenant).status, world.link(tenant).qbo_id is None) == (Status.SKIPPED, False)
    assert (world.link(second).status, world.link(second).reason) == (Status.NOT_SYNCED, "waits_for")
    assert world.link(first).status == Status.SYNCED
    pairing.sync_again(world.link(tenant), mara)
    world.settle()
    assert (world.link(tenant).status, world.link(second).status) == (Status.SYNCED, Status.SYNCED)


def test_e4_an_account_that_no_run_has_seen_can_be_skipped(world: World, mara: User) -> None:
    tenant = world.contact()
    pairing.skip(pairing.link_of(tenant), mara)
    world.invoice(tenant)
    world.settle()
    assert world.link(tenant).status == Status.SKIPPED
    assert world.all_there("Customer") == []


def test_e3_an_account_without_documents_is_created_when_a_person_asks(world: World, mara: User) -> None:
    tenant = world.contact("Quiet Ltd")
    world.settle()
    assert world.all_there("Customer") == []
    pairing.create(pairing.link_of(tenant), mara)
    world.settle()
    assert [each["DisplayName"] for each in world.all_there("Customer")] == ["Quiet Ltd"]
    assert Contact.objects.count() == 1


def test_e3_it_is_told_apart_from_its_namesake_however_the_name_is_spaced(world: World, mara: User) -> None:
    there = world.customer_there("Quiet Ltd")
    world.settle()
    tenant = world.contact("Quiet  ltd")
    pairing.create(pairing.link_of(tenant), mara)
    assert world.link(tenant).apart_from == [there["Id"]]
