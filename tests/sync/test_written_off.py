"""Making a customer inactive in QuickBooks writes off what is open: that is a person's decision."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, TODAY, World

from quickbooks_sandbox.entities import write_off
from tieout.subledger.models import Contact, CreditNote, Invoice, User
from tieout.subledger.services import contacts
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts.writing_off import accept
from tieout.sync.models import Link, Operation, Status


@pytest.fixture
def owing(world: World) -> tuple[Contact, Invoice]:
    """A tenant who owed 130 and was made inactive in QuickBooks."""
    tenant = world.contact("Ada Tenant", phone="1")
    invoice = world.invoice(tenant)
    world.invoice(tenant, "30.00")
    world.settle()
    world.clock.sleep(600)
    world.theirs.deactivate_customer(world.id_there(tenant))
    return tenant, invoice


def memo() -> Link:
    return Link.objects.get(entity="CreditMemo")


def test_the_write_off_is_held_with_its_sum(world: World, owing: Any) -> None:
    tenant, invoice = owing
    assert world.sync().writes == 0
    link = world.link(tenant)
    assert (link.status, link.reason, link.facts["sum"]) == (Status.FAILED, "written_off", "130.00")
    assert (memo().status, memo().reason, memo().record_id) == (Status.FAILED, "write_off", None)
    tenant.refresh_from_db()
    invoice.refresh_from_db()
    assert (tenant.archived, invoice.balance) == (False, 100)
    assert not CreditNote.objects.exists()
    assert world.sync().writes == 0


def test_all_but_the_inactivity_still_crosses(world: World, owing: Any) -> None:
    tenant, _ = owing
    contacts.edit(tenant, BY, phone="2")
    world.settle()
    assert world.there(tenant)["PrimaryPhone"]["FreeFormNumber"] == "2"
    assert world.link(tenant).reason == "written_off"


def test_nothing_new_is_sent_for_the_customer_meanwhile(world: World, owing: Any) -> None:
    tenant, _ = owing
    world.sync()
    late = world.invoice(tenant)
    assert world.sync().writes == 0
    assert (world.link(late).reason, world.link(late).facts["why"]) == ("waits_for", "inactive")


@pytest.mark.parametrize("by_the_memo", [False, True])
def test_accepted_it_is_taken_in_and_the_account_archived(
    world: World, owing: Any, mara: User, by_the_memo: bool  # noqa: F811
) -> None:  # fmt: skip
    tenant, invoice = owing
    world.sync()
    accept(memo() if by_the_memo else world.link(tenant), mara)
    world.settle()
    tenant.refresh_from_db()
    invoice.refresh_from_db()
    assert (tenant.archived, invoice.balance) == (True, 0)
    assert CreditNote.objects.get().total == 130
    assert not Link.objects.filter(status=Status.FAILED).exists()
    world.assert_agreed()
    with pytest.raises(Refused):
        accept(memo(), mara)


def test_it_cannot_be_accepted_while_an_answer_is_awaited(world: World, owing: Any, mara: User) -> None:  # noqa: F811
    tenant, _ = owing
    world.sync()
    Operation.objects.filter(link=world.link(tenant)).update(state=Operation.State.UNCERTAIN)
    with pytest.raises(Refused, match="Try again after the next run"):
        accept(memo(), mara)


def test_made_active_again_and_the_memo_deleted_there_all_is_as_before(world: World, owing: Any) -> None:
    tenant, invoice = owing
    world.sync()
    world.clock.sleep(600)
    world.edit_there("Customer", world.id_there(tenant), Active=True, DisplayName="Ada Tenant")
    for carrier in world.all_there("Payment"):
        world.delete_there("Payment", carrier["Id"])
    world.delete_there("CreditMemo", str(memo().qbo_id))
    world.settle()
    assert world.link(tenant).state == "agreed"
    assert not Link.objects.filter(status=Status.FAILED).exists()
    invoice.refresh_from_db()
    assert invoice.balance == 100
    world.assert_agreed()


def test_without_a_balance_there_is_nothing_to_ask(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    world.clock.sleep(600)
    world.theirs.deactivate_customer(world.id_there(tenant))
    world.settle()
    tenant.refresh_from_db()
    assert tenant.archived


def test_in_a_company_of_another_language_it_is_recognised_by_what_it_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_off, "NOTE", "Créé par QB Online pour ajuster le solde")
    invoice = world.invoice(tenant := world.contact("Ada Tenant"))
    world.settle()
    world.clock.sleep(600)
    world.theirs.deactivate_customer(world.id_there(tenant))
    world.sync()
    assert (world.link(tenant).reason, memo().reason) == ("written_off", "write_off")
    invoice.refresh_from_db()
    assert invoice.balance == 100


def test_a_credit_given_by_a_person_before_is_an_ordinary_one(world: World) -> None:
    invoice = world.invoice(tenant := world.contact("Ada Tenant"))
    world.settle()
    customer, theirs = world.id_there(tenant), world.id_there(invoice)
    world.clock.sleep(600)
    credit = world.theirs.create("CreditMemo", credit_of_100(world, customer))["Id"]
    lines = [{"Amount": 100, "LinkedTxn": [{"TxnId": id_, "TxnType": kind}]} for id_, kind in ends(credit, theirs)]
    world.theirs.create("Payment", {"CustomerRef": {"value": customer}, "TotalAmt": 0, "Line": lines})
    world.clock.sleep(120)
    world.theirs.deactivate_customer(customer)
    world.settle()
    tenant.refresh_from_db()
    assert tenant.archived
    assert CreditNote.objects.get().balance == 0


def credit_of_100(world: World, customer: str | None) -> dict[str, Any]:
    detail = {"ItemRef": {"value": world.rent_id}}
    line = {"DetailType": "SalesItemLineDetail", "Amount": 100, "SalesItemLineDetail": detail}
    return {"CustomerRef": {"value": customer}, "TxnDate": str(TODAY), "Line": [line]}


def ends(credit: str, invoice: str | None) -> list[tuple[str | None, str]]:
    return [(credit, "CreditMemo"), (invoice, "Invoice")]
