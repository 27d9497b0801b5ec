"""C1 to C3 and C5: unlinking takes along what depends on a record, and linking again brings the pair back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from tests.sync.conftest import BY, World

from tieout import clock
from tieout.subledger.models import Invoice, User
from tieout.subledger.services import contacts, documents, payments
from tieout.sync.acts.cascade import cascade
from tieout.sync.acts.preview import outlook
from tieout.sync.acts.relink import offered, relink, try_again
from tieout.sync.acts.unlink import unlink
from tieout.sync.carrying_out import writes
from tieout.sync.carrying_out.guards import held_back
from tieout.sync.deciding.pair import Decision, Verdict
from tieout.sync.models import Cursor, Link, Operation, State, Status
from tieout.sync.running import Running
from tieout.sync.tie_out import tie_out


def links(*found: Link) -> set[int]:
    return {link.pk for link in found}


def test_c1_what_is_unlinked_is_left_out_both_ways(world: World, mara: User) -> None:
    tenant = world.contact(phone="1")
    invoice = world.invoice(tenant, memo="old")
    world.sync()
    unlink(world.company, [world.link(invoice)], mara, "another currency")
    documents.edit(invoice, BY, memo="ours")
    world.edit_there("Invoice", world.id_there(invoice), DueDate="2026-04-30")
    world.settle()
    link = world.link(invoice)
    invoice.refresh_from_db()
    assert (link.state, link.status, link.set_by, link.set_because) == (
        State.UNLINKED,
        Status.NOT_SYNCED,
        mara,
        "another currency",
    )
    assert link.details == "Unlinked by mara@example.com on 15 Mar 2026."
    assert world.there(invoice)["PrivateNote"] == "old"
    assert str(invoice.due_date) == "2026-03-15"


def test_c1_neither_end_is_matched_again_by_itself(world: World, mara: User) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.sync()
    unlink(world.company, [world.link(tenant)], mara)
    Cursor.objects.update(in_full=True)
    world.settle()
    assert len(world.all_there("Customer")) == 1
    assert Link.objects.filter(state=State.UNLINKED).count() == 2
    assert Invoice.objects.get() == invoice
    assert len(world.all_there("Invoice")) == 1


def test_c1_the_history_says_who_and_when(world: World, mara: User) -> None:
    tenant = world.contact()
    world.invoice(tenant)
    world.sync()
    unlink(world.company, [world.link(tenant)], mara)
    latest = world.link(tenant).attempts.first()
    assert latest is not None
    assert (latest.details, latest.run, latest.at) == (
        "Unlinked by mara@example.com on 15 Mar 2026.",
        None,
        clock.now(),
    )


def test_c2_a_contact_takes_its_documents_and_their_payments_along(world: World, mara: User) -> None:
    tenant, other = world.contact(), world.contact("Bert Tenant")
    invoice, credit = world.invoice(tenant), world.credit_note(tenant)
    payment = world.payment(tenant, "60.00", (invoice, "60.00"))
    carrier = payments.apply_credit(credit, invoice, Decimal("10.00"), BY)
    loose = world.payment(tenant, "5.00")
    stays = world.invoice(other)
    world.settle()
    (tree,) = cascade(world.company, [world.link(tenant)])
    assert {each.link.pk for each in tree.everything()} == links(
        *(world.link(record) for record in (tenant, invoice, credit, payment, carrier, loose))
    )
    above = {each.link.pk: each.because_of.link.kind for each in tree.everything() if each.because_of}
    assert above[world.link(payment).pk] == "invoice"
    assert above[world.link(loose).pk] == "contact"
    unlink(world.company, [world.link(tenant)], mara)
    assert world.link(payment).details == "Unlinked by mara@example.com on 15 Mar 2026, together with invoice 1001."
    assert world.link(stays).state == State.AGREED


def test_c2_a_payment_that_also_pays_what_stays_is_listed_as_such(world: World, mara: User) -> None:
    tenant = world.contact()
    goes, stays = world.invoice(tenant), world.invoice(tenant)
    payment = world.payment(tenant, "150.00", (goes, "100.00"), (stays, "50.00"))
    world.settle()
    (tree,) = cascade(world.company, [world.link(goes)])
    (along,) = tree.along
    assert (along.link, along.also_pays) == (world.link(payment), [f"invoice {stays.number}"])
    unlink(world.company, [world.link(goes)], mara)
    assert world.link(stays).state == State.AGREED


def test_c2_documents_that_are_only_in_quickbooks_go_along(world: World, mara: User) -> None:
    customer = world.customer_there()["Id"]
    world.invoice_there(customer)
    world.sync()
    contact = Link.objects.get(entity="Customer")
    world.sync()
    theirs = Link.objects.get(entity="Invoice")
    Invoice.objects.all().delete()  # as if it could never be taken in
    Link.objects.filter(pk=theirs.pk).update(record_id=None, state=State.HELD)
    unlink(world.company, [contact], mara)
    assert Link.objects.get(pk=theirs.pk).state == State.UNLINKED


def test_entries_of_lists_cannot_be_unlinked(world: World, mara: User) -> None:
    item = Link.objects.filter(kind="item")[0]
    report = unlink(world.company, [item], mara)
    assert [link for link, _ in report.refused] == [item]
    item.refresh_from_db()
    assert item.state == State.AGREED


def test_what_is_on_its_way_is_not_unlinked_nor_what_would_lose_it(world: World, mara: User) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, number="HM-1001")
    world.sync()
    Operation.objects.filter(link=world.link(invoice)).update(state=Operation.State.UNCERTAIN)
    report = unlink(world.company, [world.link(tenant)], mara)
    assert (len(report.done), len(report.refused)) == (0, 1)
    assert "Invoice HM-1001: Its last write" in report.refused[0][1]
    assert world.link(tenant).state == State.AGREED


def test_c3_linking_again_compares_against_the_base_that_was_kept(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact(), memo="old")
    world.sync()
    unlink(world.company, [world.link(invoice)], mara)
    documents.edit(invoice, BY, memo="ours")
    world.edit_there("Invoice", world.id_there(invoice), DueDate="2026-04-30")
    world.sync()
    relink(world.company, [world.link(invoice)], mara)
    (found,) = outlook(world.company, [world.link(invoice)])
    assert found.act == "update"
    assert {(c.book, c.field, str(c.before), str(c.after)) for c in found.changes} == {
        ("QuickBooks", "memo", "old", "ours"),
        ("Tieout", "due date", "2026-03-15", "2026-04-30"),
    }
    assert world.there(invoice)["PrivateNote"] == "old"
    world.settle()
    invoice.refresh_from_db()
    assert (world.there(invoice)["PrivateNote"], str(invoice.due_date)) == ("ours", "2026-04-30")
    assert world.link(invoice).state == State.AGREED
    world.assert_agreed()


def test_c3_a_pair_that_did_not_change_comes_back_without_a_write(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    unlink(world.company, [world.link(invoice)], mara)
    relink(world.company, [world.link(invoice)], mara)
    assert outlook(world.company, [world.link(invoice)])[0].act == ""
    assert world.sync().writes == 0
    assert (world.link(invoice).status, len(world.all_there("Invoice"))) == (Status.SYNCED, 1)


def test_c3_the_same_cause_brings_the_same_error_with_its_first_date(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact())
    world.fail(method="POST", path="/invoice", status=400, body=REFUSED)
    world.sync()
    first = world.link(invoice).failing_since
    world.clock.sleep(86_400)
    unlink(world.company, [world.link(invoice)], mara)
    world.sync()
    assert world.link(invoice).status == Status.NOT_SYNCED
    relink(world.company, [world.link(invoice)], mara)
    world.sync()
    assert (world.link(invoice).status, world.link(invoice).reason) == (Status.FAILED, "quickbooks_6000")
    assert world.link(invoice).failing_since == first


def test_c3_what_an_unlink_took_along_is_offered_and_not_taken(world: World, mara: User) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.sync()
    unlink(world.company, [world.link(tenant)], mara)
    (tree,) = offered(world.company, [world.link(tenant)])
    assert [each.link for each in tree.along] == [world.link(invoice)]
    relink(world.company, [world.link(tenant)], mara)
    world.settle()
    assert (world.link(tenant).state, world.link(invoice).state) == (State.AGREED, State.UNLINKED)


def test_c4_the_errors_of_what_is_unlinked_stop(world: World, mara: User) -> None:
    tenant = world.contact("Euro GmbH", email="a@example.com")
    world.customer_there("Euro GmbH", PrimaryEmailAddr={"Address": "b@example.com"})
    world.invoice(tenant)
    world.sync()
    failed = list(Link.objects.filter(status=Status.FAILED))
    assert [link.kind for link in failed] == ["contact"]
    unlink(world.company, failed, mara)
    world.settle()
    assert not Link.objects.filter(status=Status.FAILED).exists()


def test_c5_the_tie_out_explains_what_is_unlinked(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    unlink(world.company, [world.link(invoice)], mara)
    documents.edit(invoice, BY, memo="ours")
    world.sync()
    report = tie_out(world.company)
    assert report.differences == 0
    assert report.explained >= 1


def test_try_again_has_the_next_run_look_at_it(world: World, mara: User) -> None:
    invoice = world.invoice(world.contact())
    world.fail(method="POST", path="/invoice", status=400, body=REFUSED)
    world.sync()
    assert world.link(invoice).status == Status.FAILED
    world.heal()
    assert world.sync().writes == 0
    try_again(world.company, [world.link(invoice)])
    world.sync()
    assert world.link(invoice).status == Status.SYNCED


def test_an_act_while_a_run_is_on_outlasts_it(world: World, mara: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person unlinks an invoice between the run's look at it and its write."""
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.sync()
    documents.edit(invoice, BY, memo="ours")

    def unlinking_first(run: Running, decisions: Sequence[Decision[Any]]) -> list[Verdict | None]:
        unlink(world.company, [world.link(invoice)], mara)
        return held_back(run, decisions)

    monkeypatch.setattr(writes, "held_back", unlinking_first)
    assert world.sync().writes == 0
    assert world.link(invoice).state == State.UNLINKED
    assert "PrivateNote" not in world.there(invoice)


def test_an_account_that_is_unlinked_keeps_being_ours_to_edit(world: World, mara: User) -> None:
    tenant = world.contact()
    world.invoice(tenant)
    world.sync()
    unlink(world.company, [world.link(tenant)], mara)
    contacts.edit(tenant, BY, phone="9")
    world.settle()
    assert "PrimaryPhone" not in world.there(tenant)


REFUSED = {
    "Fault": {
        "Error": [{"Message": "A business validation error", "Detail": "No.", "code": "6000"}],
        "type": "ValidationFault",
    },
    "time": "2026-03-15T05:00:00.000-07:00",
}
