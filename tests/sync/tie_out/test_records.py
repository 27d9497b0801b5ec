"""The proof that both books agree, and what it says where they don't."""

from __future__ import annotations

from decimal import Decimal

from tests.sync.conftest import BY, SYNC_FROM, World, policy

from tieout.subledger.services import documents
from tieout.sync.models import Link, Seen, State
from tieout.sync.status import counts, flag, needs_somebody
from tieout.sync.tie_out import tie_out


def test_two_books_that_agree_to_the_cent(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, "100.10")
    world.payment(tenant, "50.05", (invoice, "50.05"))
    world.settle()
    report = tie_out(world.company)
    invoices = next(kind for kind in report.kinds if kind.kind == "invoice")
    assert (report.differences, report.explained) == (0, 0)
    assert (invoices.compared, invoices.agreed, invoices.ours, invoices.theirs) == (
        1,
        1,
        Decimal("100.10"),
        Decimal("100.10"),
    )
    assert report.read_at is not None


def test_a_record_that_failed_is_a_difference(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.settle()
    documents.edit(invoice, BY, memo="ours")
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="theirs")
    world.sync()
    (row,) = tie_out(world.company).rows
    assert row.is_difference
    assert row.said == world.link(invoice).details
    assert row.link == world.link(invoice).pk
    assert needs_somebody(world.company)
    assert flag(world.company) == "red"


def test_what_was_changed_or_entered_since_the_last_sync_is_said_to_be(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.settle()
    documents.edit(invoice, BY, memo="ours")
    world.invoice(tenant)
    rows = tie_out(world.company).rows
    assert [(row.is_difference, row.said) for row in rows] == [
        (True, "Entered or changed here since the last sync.")
    ] * 2


def test_a_difference_that_nobody_noticed_is_found(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.settle()
    assert tie_out(world.company).differences == 0
    seen = Seen.objects.get(entity="Invoice")
    seen.body = bytes(seen.body).replace(b"100", b"101")
    seen.save()
    (row,) = tie_out(world.company).rows
    assert (row.is_difference, row.ours, row.theirs) == (True, Decimal(100), Decimal(101))
    assert world.link(invoice).status == "synced"


def test_what_was_unlinked_or_waits_is_explained(world: World) -> None:
    tenant = world.contact()
    apart, waiting = world.invoice(tenant), world.invoice(world.contact("Bad"))
    world.sync()
    Link.objects.filter(pk=world.link(apart).pk).update(state=State.UNLINKED)
    Link.objects.filter(pk=world.link(waiting).pk).update(
        state=State.WAITING, reason="waits_for", qbo_id=None, status="not_synced"
    )
    Seen.objects.filter(entity="Invoice").exclude(qbo_id=world.link(apart).qbo_id).delete()
    report = tie_out(world.company)
    assert (report.differences, report.explained) == (0, 2)


def test_documents_before_sync_from_are_explained_on_either_side(world: World) -> None:
    from tieout.sync.models import Policy

    policy(world, open_items=False)
    customer = world.customer_there()["Id"]
    world.invoice_there(customer, TxnDate="2025-06-01")
    world.invoice(world.contact(), date=SYNC_FROM.replace(year=2025))
    world.company.refresh_from_db()
    Policy.objects.update(connected_version=world.company.version, connected_at="2027-01-01T00:00:00Z")
    world.sync()
    report = tie_out(world.company)
    assert (report.differences, report.explained) == (0, 2)


def test_counts_say_the_five_words(world: World) -> None:
    world.invoice(world.contact())
    world.contact("Lonely")
    world.sync()
    assert counts(world.company) == {
        "contact": {"Synced": 1, "Not synced": 1},
        "invoice": {"Synced": 1},
        "credit_note": {},
        "payment": {},
    }
    assert not needs_somebody(world.company)
    assert flag(world.company) == "blue"
