"""Names that are taken, and what comes from QuickBooks in a form that it would not take from us."""

from __future__ import annotations

from tests.sync.conftest import BY, World

from tieout.subledger.models import Contact
from tieout.subledger.services import contacts
from tieout.sync.models import Link, Status


def test_a_taken_name_costs_no_call_and_names_its_holder(world: World) -> None:
    world.theirs.create("Vendor", {"DisplayName": "Smith Ltd"})
    world.invoice(smith := world.contact("Smith Ltd"))
    world.sync()
    link = world.link(smith)
    assert (link.status, link.reason) == (Status.FAILED, "name_taken")
    assert link.details == "Supplier Smith Ltd in QuickBooks already has this name."
    assert world.calls().count("POST customer") == 0


def test_it_goes_out_by_itself_once_the_name_is_free(world: World) -> None:
    vendor = world.theirs.create("Vendor", {"DisplayName": "Smith Ltd"})["Id"]
    world.invoice(smith := world.contact("Smith Ltd"))
    world.sync()
    world.clock.sleep(600)
    world.edit_there("Vendor", vendor, DisplayName="Smith Ltd (supplier)")
    world.settle()
    assert world.link(smith).status == Status.SYNCED


def test_a_rename_onto_a_taken_name_is_held(world: World) -> None:
    world.invoice(tenant := world.contact("Ada Tenant"))
    world.settle()
    world.theirs.create("Vendor", {"DisplayName": "Roof Repairs"})
    contacts.edit(tenant, BY, name="Roof Repairs")
    world.sync()
    assert world.link(tenant).reason == "name_taken"
    assert world.there(tenant)["DisplayName"] == "Ada Tenant"


def test_several_addresses_there_stop_no_other_field(world: World) -> None:
    customer = world.customer_there("Bob", PrimaryEmailAddr={"Address": "a@example.com, b@example.com"})["Id"]
    world.invoice_there(customer)
    world.settle()
    bob = world.here(Contact, {"Id": customer})
    assert bob.email == "a@example.com, b@example.com"
    type(bob).objects.filter(pk=bob.pk).update(phone="7")
    bob.refresh_from_db()
    bob.save_change(BY)
    world.settle()
    assert world.there(bob)["PrimaryPhone"]["FreeFormNumber"] == "7"
    assert not Link.objects.filter(status=Status.FAILED).exists()
