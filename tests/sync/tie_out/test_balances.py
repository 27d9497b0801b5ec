"""What is owed, in both books: by contact, and in all against the control account."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import F
from tests.sync.conftest import BY, World

from tieout.quickbooks.connecting.connection import open_client
from tieout.subledger.models import Contact, User
from tieout.sync.acts.unlink import unlink
from tieout.sync.models import Cursor, Link, Policy
from tieout.sync.reasons import sentence
from tieout.sync.tie_out.balances import Balance, balances
from tieout.sync.tie_out.control import Control, controls
from tieout.sync.tie_out.statement import Statement, read

pytestmark = pytest.mark.django_db


def stated(world: World) -> Statement:
    with open_client(world.company) as client:
        return read(client)


def compared(world: World) -> dict[str, Balance]:
    return {row.name: row for row in balances(world.company, stated(world))}


def receivables(world: World) -> Control:
    statement = stated(world)
    return controls(balances(world.company, statement), statement)[0]


@pytest.fixture
def ada(world: World) -> Contact:
    """Owes 60: an invoice of 100, 25 paid, a credit note of 10 and 5 paid that is not applied yet."""
    ada = world.contact("Ada Tenant")
    invoice = world.invoice(ada, "100.00")
    world.payment(ada, "30.00", (invoice, "25.00"))
    world.credit_note(ada, "10.00")
    world.settle()
    return ada


def test_what_agrees_is_the_same_in_both_books_and_in_the_control_account(world: World, ada: Contact) -> None:
    row = compared(world)["Ada Tenant"]
    assert (row.ours, row.theirs, row.items) == (Decimal("60.00"), Decimal("60.00"), [])
    control = receivables(world)
    assert (control.ours, control.theirs, control.account) == (Decimal(60), Decimal(60), Decimal(60))
    assert (control.difference, control.unexplained, control.without_contact) == (Decimal(0), Decimal(0), Decimal(0))


def test_an_item_that_only_quickbooks_has_is_listed_by_name(world: World, ada: Contact) -> None:
    customer = Link.objects.get(kind="contact", record_id=ada.pk).qbo_id
    world.theirs.create(
        "JournalEntry",
        {
            "Line": [
                journal("Debit", "84", "15.00", {"Type": "Customer", "EntityRef": {"value": customer}}),
                journal("Credit", "79", "15.00"),
            ]
        },
    )
    row = compared(world)["Ada Tenant"]
    assert row.difference == Decimal("-15.00")
    assert [(item.entity, item.theirs) for item in row.items] == [("JournalEntry", Decimal("15.00"))]
    assert "a journal entry is of a kind that is not synced" in row.items[0].why
    assert receivables(world).unexplained == 0


def journal(side: str, account: str, amount: str, entity: object = None) -> dict[str, object]:
    detail: dict[str, object] = {"PostingType": side, "AccountRef": {"value": account}}
    detail |= {"Entity": entity} if entity else {}
    return {"DetailType": "JournalEntryLineDetail", "Amount": Decimal(amount), "JournalEntryLineDetail": detail}


def test_an_unlinked_invoice_that_was_changed_here_explains_its_difference(world: World, ada: Contact) -> None:
    invoice = Link.objects.get(kind="invoice")
    unlink(world.company, [invoice], User.objects.create_user(BY, "x"))
    world.invoice(ada, "7.00")
    row = compared(world)["Ada Tenant"]
    assert row.difference == Decimal("7.00")
    assert "not synced yet" in row.items[0].why
    world.settle()
    assert receivables(world).difference == 0


def test_what_is_said_to_agree_and_does_not_is_a_difference(world: World, ada: Contact) -> None:
    link = Link.objects.get(kind="invoice")
    invoice = world.theirs.read("Invoice", str(link.qbo_id))
    line = invoice["Line"][0] | {
        "Amount": Decimal("130.00"),
        "SalesItemLineDetail": {"ItemRef": {"value": world.rent_id}},
    }
    world.edit_there("Invoice", link.qbo_id or "", Line=[line])
    row = compared(world)["Ada Tenant"]
    assert row.unexplained == Decimal("-30.00")
    assert receivables(world).unexplained == Decimal("-30.00")


def test_a_customer_that_only_quickbooks_has_is_listed(world: World, ada: Contact) -> None:
    bob = world.customer_there("Bob Buyer")
    world.invoice_there(bob["Id"], "44.00", TxnDate="2025-06-01")
    row = compared(world)["Bob Buyer"]
    assert (row.ours, row.theirs, row.record_id) == (Decimal(0), Decimal("44.00"), None)


def test_what_should_have_been_taken_in_has_no_excuse(world: World, ada: Contact) -> None:
    bob = world.customer_there("Bob Buyer")
    world.invoice_there(bob["Id"], "44.00", TxnDate="2026-02-01")
    assert compared(world)["Bob Buyer"].unexplained == Decimal("-44.00")


def test_what_is_dated_before_sync_from_says_so_where_open_items_were_not_taken_along(
    world: World, ada: Contact
) -> None:
    Policy.objects.filter(company=world.company).update(open_items=False)
    bob = world.customer_there("Bob Buyer")
    world.invoice_there(bob["Id"], "44.00", TxnDate="2025-06-01")
    row = compared(world)["Bob Buyer"]
    assert (row.unexplained, [item.why for item in row.items]) == (Decimal(0), [sentence("before_sync_from", {})])


def test_what_was_entered_here_since_the_last_run_waits_for_the_next(world: World, ada: Contact) -> None:
    world.invoice(ada, "12.00")
    (item,) = compared(world)["Ada Tenant"].items
    assert item.why == "Only here: it was not synced yet."
    Cursor.objects.filter(company=world.company).update(ours=F("ours") + 100)  # a run has looked, and forgot it
    assert compared(world)["Ada Tenant"].unexplained == Decimal("12.00")


def test_payables_are_compared_too(world: World) -> None:
    statement = stated(world)
    rows = balances(world.company, statement)
    payables = controls(rows, statement)[1]
    assert payables.theirs == payables.account == statement.total("Vendor")
    assert payables.unexplained == 0
