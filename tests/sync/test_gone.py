"""What is deleted in QuickBooks waits for a person, and so does what hangs on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, TODAY, World

from tieout.subledger.models import Payment, User
from tieout.subledger.services import payments, states
from tieout.sync.acts import pairing, resolve
from tieout.sync.models import Link, Status


@pytest.fixture
def paid(world: World) -> tuple[Any, Any, Any]:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"), reference="CHQ 7")
    world.settle()
    world.clock.sleep(600)
    return tenant, invoice, payment


def corrected(world: World, paid: Any, **members: Any) -> str:
    """A bookkeeper deletes the payment and enters it anew."""
    tenant, invoice, payment = paid
    world.delete_there("Payment", world.id_there(payment))
    pays = (world.id_there(invoice), "100.00")
    return str(world.payment_there(world.id_there(tenant), "100.00", pays, **members)["Id"])


def test_a_payment_entered_anew_is_offered_as_the_replacement(world: World, paid: Any, mara: User) -> None:  # noqa: F811
    _, invoice, payment = paid
    new = corrected(world, paid, PaymentRefNum="CHQ 8")
    world.sync()
    link = world.link(payment)
    assert (link.status, link.state, link.reason) == (Status.FAILED, "gone", "replaced_there")
    assert [each["id"] for each in link.facts["candidates"]] == [new]
    assert Payment.objects.count() == 1
    pairing.same(link, new, mara)
    world.settle()
    invoice.refresh_from_db()
    assert (world.link(payment).qbo_id, invoice.balance) == (new, 0)
    assert Payment.objects.count() == 1


def test_one_that_comes_days_later_is_offered_too(world: World, paid: Any) -> None:
    tenant, _, payment = paid
    world.delete_there("Payment", world.id_there(payment))
    world.sync()
    assert world.link(payment).reason == "deleted_there"
    world.clock.sleep(86_400)
    world.payment_there(world.id_there(tenant), "100.00")
    world.sync()
    assert world.link(payment).reason == "replaced_there"
    assert Payment.objects.count() == 1


def test_told_apart_both_go_their_own_way(world: World, paid: Any, mara: User) -> None:  # noqa: F811
    _, _, payment = paid
    new = corrected(world, paid)
    world.sync()
    pairing.not_the_same(world.link(payment), [new], mara)
    world.sync()
    assert world.link(payment).reason == "deleted_there"
    resolve.void_ours(world.link(payment), mara)
    world.settle()
    assert sorted(Payment.objects.values_list("status", flat=True)) == ["approved", "void"]
    world.assert_agreed()


def test_sent_again_beside_its_replacement_it_is_still_asked_about(world: World, paid: Any, mara: User) -> None:  # noqa: F811
    _, _, payment = paid
    corrected(world, paid)
    world.sync()
    resolve.recreate(world.link(payment), mara)
    assert world.sync().writes == 0
    assert world.link(payment).reason == "possible_duplicate"


@pytest.mark.parametrize("choice", ["void", "recreate"])
def test_payments_of_a_deleted_invoice_stay_until_the_choice(
    world: World, paid: Any, mara: User, choice: str  # noqa: F811
) -> None:  # fmt: skip
    _, invoice, payment = paid
    world.delete_there("Invoice", world.id_there(invoice))
    world.settle()
    link = world.link(payment)
    assert (link.reason, link.facts["why"]) == ("waits_for", "gone")
    invoice.refresh_from_db()
    assert invoice.balance == 0
    resolve.void_ours(world.link(invoice), mara) if choice == "void" else resolve.recreate(world.link(invoice), mara)
    world.settle()
    payment.refresh_from_db()
    assert payment.unapplied == 100
    assert world.link(payment).status == Status.SYNCED
    world.assert_agreed()


def test_a_credit_note_void_here_is_settled_by_its_deletion_there(world: World) -> None:
    note = world.credit_note(world.contact())
    world.sync()
    states.void(note, BY)
    world.sync()
    assert world.link(note).reason == "cannot_void_there"
    world.delete_there("CreditMemo", world.id_there(note))
    world.settle()
    assert (world.link(note).state, world.link(note).status) == ("void", Status.SYNCED)
    world.assert_agreed()


def test_so_it_is_by_a_void_in_quickbooks_pages(world: World) -> None:
    note = world.credit_note(world.contact())
    world.sync()
    states.void(note, BY)
    world.sync()
    world.theirs.void_credit_memo(world.id_there(note))
    world.settle()
    assert (world.link(note).state, world.link(note).status) == ("void", Status.SYNCED)
    world.assert_agreed()


def test_a_void_in_quickbooks_pages_is_taken(world: World) -> None:
    note = world.credit_note(world.contact())
    world.settle()
    world.theirs.void_credit_memo(world.id_there(note))
    world.settle()
    note.refresh_from_db()
    assert note.status == "void"
    world.assert_agreed()


def test_a_payment_voided_there_is_void_here_and_what_it_paid_is_open(world: World, paid: Any) -> None:
    _, invoice, payment = paid
    world.void_there("Payment", world.id_there(payment))
    world.settle()
    invoice.refresh_from_db()
    payment.refresh_from_db()
    assert (payment.status, payment.total, invoice.balance) == ("void", 100, 100)
    world.assert_agreed()


def test_amounts_again_after_a_void_are_held(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    states.void(invoice, BY)
    world.settle()
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(70),
        "SalesItemLineDetail": {"ItemRef": {"value": world.rent_id}},
    }
    world.clock.sleep(600)
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="once more", Line=[line])
    world.settle()
    assert (world.link(invoice).status, world.link(invoice).reason) == (Status.FAILED, "amounts_again")


@pytest.mark.parametrize("voided_here", [True, False])
def test_what_was_seen_to_be_void_stays_void_when_its_note_is_written_over(world: World, voided_here: bool) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    if voided_here:
        states.void(invoice, BY)
    else:
        world.void_there("Invoice", world.id_there(invoice))
    world.settle()
    world.clock.sleep(600)
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="entered twice")
    world.settle()
    invoice.refresh_from_db()
    assert (world.link(invoice).status, world.link(invoice).state, invoice.status) == (Status.SYNCED, "void", "void")
    world.assert_agreed()


def test_so_does_a_payment(world: World) -> None:
    tenant = world.contact()
    payment = world.payment(tenant, "100.00", (world.invoice(tenant), "100.00"))
    world.settle()
    world.void_there("Payment", world.id_there(payment))
    world.settle()
    world.clock.sleep(600)
    world.edit_there("Payment", world.id_there(payment), PrivateNote="bounced")
    world.settle()
    assert (world.link(payment).status, world.link(payment).state) == (Status.SYNCED, "void")
    world.assert_agreed()


def test_a_void_whose_answer_was_lost_is_known_though_its_note_was_written_over(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    states.void(invoice, BY)
    world.fail(method="POST", entity="invoice", nth=1, cut="after")
    world.sync()
    world.heal()
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="entered twice")
    world.clock.sleep(600)
    world.settle()
    assert (world.link(invoice).status, world.link(invoice).state) == (Status.SYNCED, "void")
    world.assert_agreed()


def test_paid_there_already_it_is_held_until_the_other_payment_is_gone(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.settle()
    pays = (world.id_there(invoice), "80.00")
    other = world.payment_there(world.id_there(tenant), "80.00", pays)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.sync()
    link = world.link(payment)
    assert (link.reason, Decimal(link.facts["open"])) == ("already_paid", Decimal(20))
    world.clock.sleep(600)
    world.delete_there("Payment", other["Id"])
    world.sync()
    assert world.sync().writes <= 1
    assert Link.objects.get(entity="Payment", record_id=payment.pk).status == Status.SYNCED


def test_one_credit_applied_on_both_sides_is_held(world: World) -> None:
    tenant = world.contact()
    first, second, note = world.invoice(tenant), world.invoice(tenant), world.credit_note(tenant)
    world.settle()
    ends = [("Invoice", world.link(second).qbo_id), ("CreditMemo", world.link(note).qbo_id)]
    lines = [{"Amount": Decimal(40), "LinkedTxn": [{"TxnId": id_, "TxnType": kind}]} for kind, id_ in ends]
    carrier = {"CustomerRef": {"value": world.link(tenant).qbo_id}, "TotalAmt": Decimal(0), "TxnDate": str(TODAY)}
    world.theirs.create("Payment", carrier | {"Line": lines})
    mine = payments.apply_credit(note, first, Decimal("40.00"), BY)
    world.sync()
    assert world.link(mine).reason == "already_paid"
    assert world.there(first)["Balance"] == 100
