"""Whatever is lost, cut, refused or killed: no duplicate, nothing missing."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World

from tieout.quickbooks.errors import ConnectionTrouble
from tieout.subledger.models import Contact, User
from tieout.subledger.services import contacts, documents
from tieout.sync.acts import pairing
from tieout.sync.carrying_out import writes
from tieout.sync.models import Operation, Status


def unlucky(world: World) -> None:
    with contextlib.suppress(ConnectionTrouble):
        world.sync()


@pytest.mark.parametrize("cut", ["before", "after", "lost", "truncated"])
@pytest.mark.parametrize("entity", ["customer", "invoice", "payment"])
def test_a_create_whose_answer_never_came_is_there_exactly_once(world: World, entity: str, cut: str) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.payment(tenant, "100.00", (invoice, "100.00"))
    world.fail(method="POST", entity=entity, nth=1, cut=cut)
    unlucky(world)
    world.heal()
    world.clock.sleep(130)
    world.settle()
    assert [len(world.all_there(name)) for name in ("Customer", "Invoice", "Payment")] == [1, 1, 1]
    assert world.there(invoice)["Balance"] == 0
    world.assert_agreed()


def test_what_was_voided_before_its_answer_was_known_is_not_made_again(world: World) -> None:
    world.sandbox.settings.request_id_memory_s = 0
    invoice = world.invoice(world.contact())
    world.fail(method="POST", entity="invoice", nth=1, cut="lost")
    unlucky(world)
    world.heal()
    (made,) = world.all_there("Invoice")
    world.void_there("Invoice", made["Id"])
    world.clock.sleep(130)
    world.settle()
    assert (world.id_there(invoice), len(world.all_there("Invoice"))) == (made["Id"], 1)
    assert world.link(invoice).facts["groups"] == ["money", "void"]


@pytest.mark.parametrize("cut", ["before", "after", "lost", "truncated"])
def test_a_batch_whose_answer_never_came_is_there_exactly_once(world: World, cut: str) -> None:
    tenant = world.contact()
    for _ in range(61):
        world.invoice(tenant)
    world.fail(method="POST", path="/batch", nth=2, cut=cut)
    unlucky(world)
    world.heal()
    world.clock.sleep(130)
    world.settle()
    assert len(world.all_there("Invoice")) == 61
    world.assert_agreed()


@pytest.mark.parametrize("status", [500, 503, 504])
def test_a_server_error_after_the_commit_does_not_double(world: World, status: int) -> None:
    world.invoice(world.contact())
    world.fail(method="POST", entity="invoice", nth=1, status=status, cut="after")
    unlucky(world)
    world.heal()
    world.clock.sleep(130)
    world.settle()
    assert len(world.all_there("Invoice")) == 1


def test_a_doubtful_create_is_not_sent_again_before_the_time_is_over(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.fail(method="POST", entity="invoice", nth=1, cut="before")
    unlucky(world)
    world.heal()
    world.clock.sleep(30)
    world.sync()
    assert world.all_there("Invoice") == []
    assert (world.link(invoice).status, world.link(invoice).reason) == (Status.NOT_SYNCED, "waits_for_answer")
    world.clock.sleep(120)
    world.sync()
    assert len(world.all_there("Invoice")) == 1


def test_a_doubtful_create_that_was_edited_there_meanwhile_is_recognised(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.fail(method="POST", entity="invoice", nth=1, cut="after")
    unlucky(world)
    world.heal()
    world.edit_there("Invoice", world.all_there("Invoice")[0]["Id"], PrivateNote="seen there first")
    world.clock.sleep(130)
    world.settle()
    assert len(world.all_there("Invoice")) == 1
    invoice.refresh_from_db()
    assert invoice.memo == "seen there first"


@pytest.mark.parametrize("entity", ["invoice", "payment"])
def test_it_is_recognised_though_it_was_renumbered_there(world: World, entity: str) -> None:
    world.sandbox.settings.request_id_memory_s = 0
    tenant = world.contact()
    made = world.invoice(tenant) if entity == "invoice" else world.payment(tenant, "60.00", reference="CHQ 7")
    world.fail(method="POST", entity=entity, nth=1, cut="after")
    unlucky(world)
    world.heal()
    (there,) = world.all_there(entity.capitalize())
    named: dict[str, Any] = {"DocNumber": "X-1"} if entity == "invoice" else {"PaymentRefNum": "X-1"}
    kept = {name: there[name] for name in ("CustomerRef", "TotalAmt", "Line") if name in there}
    world.edit_there(entity.capitalize(), there["Id"], **kept, **named)
    world.clock.sleep(130)
    world.settle()
    assert [each["Id"] for each in world.all_there(entity.capitalize())] == [there["Id"]]
    assert world.link(made).facts["groups"] == ["number" if entity == "invoice" else "reference"]


def test_what_nobody_changed_since_it_was_made_there_is_no_changed_copy_of_ours(world: World) -> None:
    tenant = world.contact()
    world.invoice(tenant, number="R-1")
    world.sync()
    ours = world.invoice(tenant, "100.00", number="R-2")
    world.fail(method="POST", entity="invoice", cut="before")
    unlucky(world)
    world.heal()
    theirs = world.invoice_there(world.id_there(tenant), "70.00", DocNumber="R-2")
    world.clock.sleep(130)
    world.settle()
    assert world.link(ours).qbo_id != theirs["Id"]
    assert len(world.all_there("Invoice")) == 3


def test_an_update_whose_answer_was_lost_is_recognised_by_what_is_there(world: World) -> None:
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.fail(method="POST", entity="customer", nth=1, cut="after")
    unlucky(world)
    world.heal()
    world.clock.sleep(130)
    world.settle()
    assert world.link(tenant).status == Status.SYNCED
    assert world.there(tenant)["SyncToken"] == "1"


def test_what_was_deleted_there_before_the_answer_to_an_update_was_known_is_gone(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    world.clock.sleep(600)
    documents.edit(invoice, BY, memo="new")
    world.fail(method="POST", entity="invoice", nth=1, cut="lost")
    unlucky(world)
    world.heal()
    world.delete_there("Invoice", world.id_there(invoice))
    world.sync()
    assert (world.link(invoice).state, world.link(invoice).reason) == ("gone", "deleted_there")


def test_what_was_changed_there_after_an_update_whose_answer_was_lost_is_taken(world: World) -> None:
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.fail(method="POST", entity="customer", nth=1, cut="after")
    unlucky(world)
    world.heal()
    world.edit_there("Customer", world.there(tenant)["Id"], PrimaryEmailAddr={"Address": "new@example.com"})
    world.clock.sleep(130)
    world.settle()
    tenant.refresh_from_db()
    assert (tenant.phone, tenant.email) == ("2", "new@example.com")


@pytest.fixture
def written_before_they_agreed(world: World, mara: User) -> Contact:  # noqa: F811
    """Two who are one as a person said, with another phone each; the answer to what was completed there is lost."""
    tenant = world.contact("Ada Tenant", phone="1", email="ada@example.com")
    world.invoice(tenant)
    there = world.customer_there("Ada Tenant", PrimaryPhone={"FreeFormNumber": "2"})["Id"]
    world.sync()
    pairing.same(world.link(tenant), there, mara)
    world.fail(method="POST", entity="customer", nth=1, cut="after")
    unlucky(world)
    world.heal()
    world.clock.sleep(130)
    return tenant


def test_a_lost_answer_settles_no_conflict(world: World, written_before_they_agreed: Contact) -> None:
    tenant = written_before_they_agreed
    world.settle()
    assert world.there(tenant)["PrimaryEmailAddr"]["Address"] == "ada@example.com"
    assert (world.link(tenant).reason, world.link(tenant).facts["groups"]) == ("conflict", ["phone"])


def test_what_was_written_before_two_agreed_may_be_edited_on(world: World, written_before_they_agreed: Contact) -> None:
    tenant = written_before_they_agreed
    contacts.edit(tenant, BY, email="new@example.com")
    world.settle()
    assert world.there(tenant)["PrimaryEmailAddr"]["Address"] == "new@example.com"
    assert (world.link(tenant).reason, world.link(tenant).facts["groups"]) == ("conflict", ["phone"])


def test_the_process_dies_after_an_operation_is_stored(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.invoice(world.contact())

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writes, "_send", die)
        with pytest.raises(KeyboardInterrupt):
            world.sync()
    assert Operation.objects.filter(state="stored").count() == 1
    world.clock.sleep(130)
    world.settle()
    assert len(world.all_there("Invoice")) == 1


def test_the_process_dies_after_the_answer_and_before_the_link(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = world.invoice(world.contact())

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    for _ in range(2):  # the customer's confirmation, then the invoice's
        with monkeypatch.context() as patched:
            patched.setattr(writes, "confirm", die)
            with pytest.raises(KeyboardInterrupt):
                world.sync()
    world.clock.sleep(130)
    world.settle()
    assert (len(world.all_there("Customer")), len(world.all_there("Invoice"))) == (1, 1)
    documents.edit(invoice, BY, memo="still ours to edit")
    world.settle()
    assert world.there(invoice)["PrivateNote"] == "still ours to edit"


def test_a_failed_read_moves_no_cursor(world: World) -> None:
    customer = world.customer_there()["Id"]
    world.invoice_there(customer)
    world.fail(path="/cdc", cut="truncated")
    unlucky(world)
    world.heal()
    world.sync()
    assert len(world.all_there("Invoice")) == 1
    world.assert_agreed()


def test_what_a_doubtful_create_made_is_never_taken_for_a_new_one_even_when_it_was_changed_there(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.settle()
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.fail(method="POST", entity="payment", nth=1, cut="after")
    unlucky(world)
    world.heal()
    (there,) = world.all_there("Payment")
    world.edit_there("Payment", there["Id"], Line=[])  # un-applied before we know that it exists
    world.clock.sleep(130)
    world.settle()
    assert type(payment).objects.count() == 1
    assert len(world.all_there("Payment")) == 1
    assert world.link(payment).qbo_id == there["Id"]


def test_what_was_taken_away_there_before_the_answer_was_known_is_asked_about_and_nothing_else(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.settle()
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.fail(method="POST", entity="payment", nth=1, cut="after")
    unlucky(world)
    world.heal()
    (there,) = world.all_there("Payment")
    world.edit_there("Payment", there["Id"], Line=[])
    world.clock.sleep(130)
    world.settle()
    assert (world.link(payment).reason, world.link(payment).facts["groups"]) == ("conflict", ["allocations"])
    assert world.there(payment)["Line"] == []


def test_a_note_cleared_there_before_the_answer_was_known_is_not_written_again(world: World) -> None:
    invoice = world.invoice(world.contact(), memo="for the files")
    world.fail(method="POST", entity="invoice", nth=1, cut="after")
    unlucky(world)
    world.heal()
    world.edit_there("Invoice", world.all_there("Invoice")[0]["Id"], PrivateNote="")
    world.clock.sleep(130)
    world.settle()
    assert (world.link(invoice).reason, world.link(invoice).facts["groups"]) == ("conflict", ["memo"])
    assert not world.there(invoice).get("PrivateNote")


def test_what_was_edited_here_before_the_answer_was_known_crosses_beside_the_question(world: World) -> None:
    invoice = world.invoice(world.contact(), memo="for the files", message="Hello")
    world.fail(method="POST", entity="invoice", nth=1, cut="after")
    unlucky(world)
    world.heal()
    world.edit_there("Invoice", world.all_there("Invoice")[0]["Id"], PrivateNote="theirs")
    documents.edit(invoice, BY, message="Thank you")
    world.clock.sleep(130)
    world.settle()
    assert (world.link(invoice).reason, world.link(invoice).facts["groups"]) == ("conflict", ["memo"])
    assert world.there(invoice)["CustomerMemo"] == {"value": "Thank you"}


@pytest.mark.parametrize("members", [{}, {"PrivateNote": "seen there first"}])
def test_what_was_deposited_there_before_the_answer_was_known_is_known_to_be(
    world: World, members: dict[str, str]
) -> None:
    tenant = world.contact()
    world.invoice(tenant)
    world.settle()
    payment = world.payment(tenant, "30.00")
    world.fail(method="POST", entity="payment", nth=1, cut="after")
    unlucky(world)
    world.heal()
    (there,) = world.all_there("Payment")
    if members:
        world.edit_there("Payment", there["Id"], **members)
    world.theirs.make_deposit([there["Id"]])
    world.clock.sleep(130)
    world.settle()
    payment.refresh_from_db()
    assert payment.deposited


def test_two_doubtful_creates_of_the_same_figures_meet_their_own(world: World) -> None:
    tenant = world.contact()
    first, second = world.invoice(tenant, number="R-1"), world.invoice(tenant, number="R-2")
    world.fail(method="POST", entity="invoice", nth=1, cut="before")
    unlucky(world)
    world.heal()
    world.clock.sleep(130)
    world.settle()
    assert {world.there(first)["DocNumber"], world.there(second)["DocNumber"]} == {"R-1", "R-2"}
    assert world.there(first)["DocNumber"] == "R-1"
