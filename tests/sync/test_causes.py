"""S3, no invention: every write has a cause that is on record, and nothing is written without one."""

from __future__ import annotations

from tests.sync.conftest import BY, World, policy

from tieout.quickbooks.wire.json import loads
from tieout.subledger.services import contacts, documents, states
from tieout.sync.models import Operation


def writes_there(world: World) -> int:
    return sum(call.call_class == "Core" and call.status == 200 for call in world.sandbox.calls.calls)


def test_every_write_names_the_person_whose_change_it_carries(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, "bea@example.com", phone="2")
    states.void(invoice, "cleo@example.com")
    world.settle()
    causes = [operation.cause for operation in Operation.objects.order_by("pk")]
    assert causes == [f"changed by {who}" for who in (BY, BY, "bea@example.com", "cleo@example.com")]
    assert writes_there(world) == Operation.objects.filter(state="confirmed").count() == 4


def test_what_was_before_and_what_was_sent_is_kept(world: World) -> None:
    invoice = world.invoice(world.contact(), memo="before")
    world.sync()
    documents.edit(invoice, BY, memo="after")
    world.settle()
    operation = Operation.objects.filter(act="update").get()
    assert operation.groups == ["memo"]
    assert '"memo":"before"' in operation.before
    assert loads(bytes(operation.body))["PrivateNote"] == "after"
    assert operation.answer["intuit_tid"]


def test_a_policy_that_settles_a_conflict_is_still_somebodys_edit(world: World) -> None:
    policy(world, conflicts="ours")
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "3"})
    world.settle()
    assert Operation.objects.get(act="update").cause == f"changed by {BY}"


def test_what_comes_from_quickbooks_is_never_written_back(world: World) -> None:
    customer = world.customer_there()["Id"]
    invoice = world.invoice_there(customer)
    world.payment_there(customer, "40", (invoice["Id"], "40"))
    world.sandbox.calls.clear()
    world.settle()
    assert writes_there(world) == 0
    assert not Operation.objects.exists()
