"""One who is both customer and supplier has a second name in QuickBooks, where a name is taken only once."""

from __future__ import annotations

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World

from tieout.subledger.models import Contact, ContactType, User
from tieout.subledger.services import contacts
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import pairing
from tieout.sync.acts.naming import give_second_name, suggested
from tieout.sync.models import Status


@pytest.fixture
def both(world: World) -> Contact:
    """A supplier who also rents: QuickBooks has the customer, and would not take the supplier under the same name."""
    smith = world.contact("Smith Ltd", type=ContactType.SUPPLIER)
    world.invoice(smith)
    world.sync()
    world.sync()
    return smith


def test_it_is_held_once_and_asks_for_the_second_name(world: World, both: Contact) -> None:
    assert world.link(both, "Customer").status == Status.SYNCED
    link = world.link(both, "Vendor")
    assert (link.status, link.reason) == (Status.FAILED, "second_name")
    assert link.details.startswith("Customer Smith Ltd in QuickBooks is this very account")
    assert world.calls().count("POST vendor") == 0


def test_named_it_goes_out_and_our_own_name_stays(world: World, both: Contact, mara: User) -> None:  # noqa: F811
    give_second_name(link := world.link(both, "Vendor"), suggested(link), mara)
    world.settle()
    assert [each["DisplayName"] for each in world.all_there("Vendor")] == ["Smith Ltd (supplier)"]
    both.refresh_from_db()
    assert both.name == "Smith Ltd"
    world.assert_agreed()


def test_neither_name_follows_the_other_afterwards(world: World, both: Contact, mara: User) -> None:  # noqa: F811
    give_second_name(world.link(both, "Vendor"), "Smith Repairs", mara)
    world.settle()
    world.clock.sleep(600)
    world.edit_there("Vendor", world.link(both, "Vendor").qbo_id or "", DisplayName="Smith & Sons Repairs")
    both.refresh_from_db()
    contacts.edit(both, BY, name="Smythe Ltd", phone="1")
    world.settle()
    both.refresh_from_db()
    assert both.name == "Smythe Ltd"
    (vendor,), (customer,) = world.all_there("Vendor"), world.all_there("Customer")
    assert (vendor["DisplayName"], customer["DisplayName"]) == ("Smith & Sons Repairs", "Smythe Ltd")
    assert vendor["PrimaryPhone"] == customer["PrimaryPhone"] == {"FreeFormNumber": "1"}
    world.assert_agreed()


def test_a_second_name_that_is_taken_too_is_held_with_its_holder(
    world: World, both: Contact, mara: User  # noqa: F811
) -> None:  # fmt: skip
    world.theirs.create("Vendor", {"DisplayName": "Smith Repairs"})
    give_second_name(world.link(both, "Vendor"), "Smith Repairs", mara)
    world.sync()
    link = world.link(both, "Vendor")
    assert (link.reason, link.facts["holder"]) == ("name_taken", "Supplier Smith Repairs")


@pytest.mark.parametrize("name", ["", "smith  LTD", "Smith: repairs", "x" * 501])
def test_a_name_that_could_not_be_sent_is_refused_at_once(
    world: World, both: Contact, mara: User, name: str  # noqa: F811
) -> None:  # fmt: skip
    with pytest.raises(Refused):
        give_second_name(world.link(both, "Vendor"), name, mara)
    assert world.link(both, "Vendor").reason == "second_name"


def test_who_exists_there_under_another_name_can_be_chosen(
    world: World, both: Contact, mara: User  # noqa: F811
) -> None:  # fmt: skip
    vendor = world.theirs.create("Vendor", {"DisplayName": "Smith Repairs"})["Id"]
    world.sync()
    pairing.same(world.link(both, "Vendor"), vendor, mara)
    world.settle()
    assert world.link(both, "Vendor").status == Status.SYNCED
    assert world.theirs.read("Vendor", vendor)["DisplayName"] == "Smith Repairs"
    world.assert_agreed()
