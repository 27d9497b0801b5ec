"""Edits of the same thing on both sides: never overwritten unseen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.sync.conftest import BY, World, policy

from tieout.subledger.models import Invoice, Payment
from tieout.subledger.services import contacts, documents, payments, states
from tieout.subledger.services.lines import LineDraft
from tieout.sync.models import Status


def test_unequal_edits_of_one_field_are_held_and_both_stay(world: World) -> None:
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "3"})
    world.settle()
    link = world.link(tenant)
    tenant.refresh_from_db()
    assert (link.status, link.state, link.facts["groups"]) == (Status.FAILED, "conflict", ["phone"])
    assert (tenant.phone, world.there(tenant)["PrimaryPhone"]["FreeFormNumber"]) == ("2", "3")


def test_a_conflict_ends_when_people_make_both_equal(world: World) -> None:
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "3"})
    world.sync()
    contacts.edit(tenant, BY, phone="3")
    world.settle()
    assert world.link(tenant).status == Status.SYNCED


def test_equal_edits_agree(world: World) -> None:
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "2"})
    assert world.sync().writes == 0
    assert world.link(tenant).status == Status.SYNCED


def test_equal_edits_agree_while_a_write_of_the_customer_is_in_doubt(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, memo="old")
    world.sync()
    documents.edit(invoice, BY, memo="new")
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="new")
    contacts.edit(tenant, BY, phone="2")
    world.fail(entity="customer", method="POST", cut="before")
    world.sync()
    assert [world.link(record).state for record in (tenant, invoice)] == ["uncertain", "agreed"]


def test_equal_edits_agree_though_the_customer_is_inactive(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant, memo="old")
    world.sync()
    documents.edit(invoice, BY, memo="new")
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="new")
    world.edit_there("Customer", world.id_there(tenant), Active=False)
    world.sync()
    assert world.link(invoice).status == Status.SYNCED


def test_a_policy_settles_a_field_but_never_money(world: World) -> None:
    policy(world, conflicts="ours")
    invoice = world.invoice(world.contact())
    world.sync()
    documents.edit(invoice, BY, memo="ours", lines=[LineDraft(world.item(), Decimal("110.00"))])
    line = world.there(invoice)["Line"][0] | {"Amount": Decimal(120)}
    line["SalesItemLineDetail"].pop("UnitPrice", None)
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="theirs", Line=[line])
    world.settle()
    there = world.there(invoice)
    invoice.refresh_from_db()
    assert there["PrivateNote"] == "ours"
    assert (there["TotalAmt"], invoice.total) == (120, Decimal(110))
    assert world.link(invoice).facts["groups"] == ["money"]


def test_a_group_may_have_a_winner_of_its_own(world: World) -> None:
    policy(world, conflicts="ours", conflicts_by_group={"message": "theirs", "number": "ask", "money": "theirs"})
    invoice = world.invoice(world.contact(), memo="old", message="old")
    world.sync()
    documents.edit(invoice, BY, memo="ours", message="ours", number="A-1")
    there = {"PrivateNote": "theirs", "CustomerMemo": {"value": "theirs"}, "DocNumber": "B-1"}
    world.edit_there("Invoice", world.id_there(invoice), **there)
    world.settle()
    invoice.refresh_from_db()
    assert (world.there(invoice)["PrivateNote"], invoice.message) == ("ours", "theirs")
    assert (world.there(invoice)["DocNumber"], invoice.number) == ("B-1", "A-1")
    assert world.link(invoice).facts["groups"] == ["number"]


def test_the_value_that_lost_is_kept_with_the_result_and_in_the_history(world: World) -> None:
    policy(world, conflicts="theirs")
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "3"})
    world.sync()
    link = world.link(tenant)
    assert (link.status, link.reason) == (Status.SYNCED, "settled")
    assert link.details == "Changed in both books, and settled by this company's choice (phone: QuickBooks)."
    lost = {"phone": {"stands": "theirs", "ours": {"phone": "2"}, "theirs": {"phone": "3"}}}
    assert link.facts["settled"] == lost
    assert link.attempts.all()[0].facts["settled"] == lost
    world.settle()
    tenant.refresh_from_db()
    assert tenant.phone == "3"
    world.assert_agreed()


def test_a_conflict_in_a_memo_stops_nothing_else(world: World) -> None:
    invoice = world.invoice(world.contact(), memo="old")
    world.sync()
    documents.edit(invoice, BY, memo="ours", message="Thank you")
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="theirs")
    world.settle()
    assert world.there(invoice)["CustomerMemo"] == {"value": "Thank you"}
    assert world.link(invoice).facts["groups"] == ["memo"]


def test_a_due_date_in_conflict_is_not_overwritten_by_a_new_date(world: World) -> None:
    invoice = world.invoice(world.contact(), due_date=date(2026, 4, 1))
    world.sync()
    documents.edit(invoice, BY, date=date(2026, 3, 2), due_date=date(2026, 4, 2))
    world.edit_there("Invoice", world.id_there(invoice), DueDate="2026-04-03")
    world.settle()
    there = world.there(invoice)
    assert (there["TxnDate"], there["DueDate"]) == ("2026-03-02", "2026-04-03")
    assert world.link(invoice).facts["groups"] == ["due date"]


def test_a_new_total_here_and_other_allocations_there_both_stand(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    payments.edit(payment, BY, total=Decimal("120.00"))
    line = {"Amount": Decimal(60), "LinkedTxn": [{"TxnId": world.link(invoice).qbo_id, "TxnType": "Invoice"}]}
    world.edit_there("Payment", world.id_there(payment), Line=[line])
    world.settle()
    there = world.there(payment)
    payment.refresh_from_db()
    assert (there["TotalAmt"], there["UnappliedAmt"], payment.total, payment.unapplied) == (
        120,
        60,
        Decimal(120),
        Decimal(60),
    )
    world.assert_agreed()


def test_allocations_in_conflict_are_not_overwritten_by_a_new_total(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    payments.unallocate(payment.allocations.get(), BY)
    payments.allocate(payment, invoice, Decimal("50.00"), BY)
    payments.edit(payment, BY, total=Decimal("120.00"))
    line = {"Amount": Decimal(60), "LinkedTxn": [{"TxnId": world.link(invoice).qbo_id, "TxnType": "Invoice"}]}
    world.edit_there("Payment", world.id_there(payment), Line=[line])
    world.settle()
    there = world.there(payment)
    assert (there["TotalAmt"], there["UnappliedAmt"]) == (120, 60)
    assert world.link(payment).facts["groups"] == ["allocations"]


def test_a_void_here_against_an_edit_of_money_there_is_asked_about(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    states.void(invoice, BY)
    line = world.there(invoice)["Line"][0] | {"Amount": Decimal(120)}
    line["SalesItemLineDetail"].pop("UnitPrice", None)
    world.edit_there("Invoice", world.id_there(invoice), Line=[line])
    world.settle()
    assert world.link(invoice).state == "conflict"
    assert world.there(invoice)["TotalAmt"] == 120


def apply_there(world: World, payment: Payment, invoice: Invoice) -> None:
    end = {"TxnId": world.id_there(invoice), "TxnType": "Invoice"}
    kept = {name: world.there(payment)[name] for name in ("CustomerRef", "TotalAmt")}
    line = {"Amount": payment.total, "LinkedTxn": [end]}
    world.edit_there("Payment", world.id_there(payment), **kept, Line=[line])


def test_a_void_here_against_what_was_applied_there_is_asked_about(world: World) -> None:
    tenant = world.contact()
    invoice, payment = world.invoice(tenant), world.payment(tenant, "60.00")
    world.settle()
    payments.void(payment, BY)
    apply_there(world, payment, invoice)
    world.settle()
    invoice.refresh_from_db()
    assert world.link(payment).facts["groups"] == ["allocations", "money", "void"]
    assert (invoice.balance, world.there(payment)["TotalAmt"]) == (Decimal(100), 60)


def test_a_void_there_against_what_was_applied_here_is_asked_about(world: World) -> None:
    tenant = world.contact()
    invoice, payment = world.invoice(tenant), world.payment(tenant, "60.00")
    world.settle()
    payments.allocate(payment, invoice, Decimal(60), BY)
    world.void_there("Payment", world.id_there(payment))
    world.settle()
    payment.refresh_from_db()
    assert world.link(payment).facts["groups"] == ["allocations", "money", "void"]
    assert (payment.status, payment.total) == ("approved", Decimal(60))


def test_a_void_here_and_what_it_paid_set_free_there_agree(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "60.00", (invoice, "60.00"))
    world.settle()
    payments.void(payment, BY)
    world.void_there("Invoice", world.id_there(invoice))
    world.settle()
    assert (world.there(payment)["TotalAmt"], world.link(payment).status) == (0, Status.SYNCED)
    world.assert_agreed()


def test_a_void_there_is_not_undone_by_a_note_written_here(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    documents.edit(invoice, BY, memo="late")
    world.void_there("Invoice", world.id_there(invoice))
    world.settle()
    invoice.refresh_from_db()
    assert (invoice.status, invoice.memo) == ("void", "late")
    assert world.there(invoice)["PrivateNote"] == "Voided"
    world.assert_agreed()


def test_an_edit_that_meets_a_newer_version_is_decided_again_not_forced(world: World) -> None:
    tenant = world.contact(phone="1")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    # Somebody edits there between our read and our write: QuickBooks answers 5010.
    world.fail(method="POST", entity="customer", nth=1, status=400, body=STALE, path="customer")
    world.sync()
    assert (world.link(tenant).status, world.link(tenant).reason) == (Status.NOT_SYNCED, "changed_meanwhile")
    world.heal()
    world.settle()
    assert world.there(tenant)["PrimaryPhone"]["FreeFormNumber"] == "2"


STALE = {
    "Fault": {
        "Error": [{"Message": "Stale Object Error", "Detail": "Stale Object Error : You and ...", "code": "5010"}],
        "type": "ValidationFault",
    },
    "time": "2026-03-15T05:00:00.000-07:00",
}
