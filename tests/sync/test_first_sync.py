"""Connecting two books that know some of the same people and documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.quickbooks.in_process import ORIGIN, virtual_sandbox
from tests.sync.conftest import BY, NOW, SYNC_FROM, TODAY, World

from tieout.quickbooks.connecting.connection import connect_sandbox
from tieout.subledger.models import Company, Contact, Invoice, Item, User
from tieout.subledger.services import states
from tieout.sync.acts.resolve import choose
from tieout.sync.models import Link, Status
from tieout.sync.setting_up.set_up import set_up


@pytest.fixture
def unmet(db: None) -> Iterator[World]:
    """Both books have Rent to sell; nothing was ever synced."""
    company = Company.objects.create(name="Harbour Lettings")
    with virtual_sandbox(NOW) as (sandbox, clock):
        made = World(company, sandbox, clock)
        income = next(a for a in made.theirs.query("select * from Account").rows if a["AccountType"] == "Income")
        item = {"Name": "Rent", "Type": "Service", "IncomeAccountRef": {"value": income["Id"]}}
        made.rent_id = made.theirs.create("Item", item)["Id"]
        Item(company=company, name="Rent", full_name="Rent", type="Service").save_change("QuickBooks")
        connect_sandbox(company, ORIGIN)
        company.refresh_from_db()
        yield made


@pytest.fixture
def mara(db: None) -> User:
    return User.objects.create_user("mara@example.com")


def connect(world: World) -> None:
    set_up(world.company, SYNC_FROM)
    world.sync()


def test_what_is_in_both_books_is_recognised_and_not_sent(unmet: World) -> None:
    tenant = unmet.contact("Ada Tenant", email="ada@example.com")
    invoice = unmet.invoice(tenant, "100.00", number="R-1")
    customer = unmet.customer_there("ADA  TENANT", PrimaryEmailAddr={"Address": "ada@example.com"})
    there = unmet.invoice_there(customer["Id"], "100.00", DocNumber="R-1", DueDate=str(TODAY))
    connect(unmet)
    assert unmet.link(invoice).qbo_id == there["Id"]
    assert unmet.link(tenant).qbo_id == customer["Id"]
    assert (len(unmet.all_there("Customer")), len(unmet.all_there("Invoice"))) == (1, 1)
    assert Contact.objects.of(unmet.company).count() == 1


def test_what_only_one_side_knows_is_completed(unmet: World) -> None:
    tenant = unmet.contact("Ada Tenant", phone="555 0101")
    unmet.invoice(tenant)
    unmet.customer_there("Ada Tenant", PrimaryEmailAddr={"Address": "ada@example.com"})
    connect(unmet)
    tenant.refresh_from_db()
    there = unmet.there(tenant)
    assert (tenant.phone, tenant.email) == ("555 0101", "ada@example.com")
    assert there["PrimaryPhone"]["FreeFormNumber"] == "555 0101"
    unmet.settle()
    unmet.assert_agreed()


def test_the_same_name_with_facts_against_it_is_a_question_and_nothing_crosses(unmet: World) -> None:
    tenant = unmet.contact("John Smith", email="john@example.com", phone="1")
    invoice = unmet.invoice(tenant)
    unmet.customer_there("John Smith", PrimaryEmailAddr={"Address": "other@example.com"})
    connect(unmet)
    link = unmet.link(tenant)
    assert (link.status, link.reason, link.facts["candidates"][0]["label"]) == (
        Status.FAILED,
        "possible_duplicate",
        "John Smith",
    )
    assert unmet.link(invoice).reason == "waits_for"
    assert unmet.all_there("Invoice") == []


def test_the_same_number_with_another_total_is_a_question(unmet: World) -> None:
    tenant = unmet.contact("Ada Tenant")
    invoice = unmet.invoice(tenant, "100.00", number="R-1")
    customer = unmet.customer_there("Ada Tenant")
    unmet.invoice_there(customer["Id"], "120.00", DocNumber="R-1")
    connect(unmet)
    assert unmet.link(invoice).reason == "possible_duplicate"
    assert Invoice.objects.of(unmet.company).count() == 1
    assert len(unmet.all_there("Invoice")) == 1


def test_a_document_with_other_lines_is_linked_and_asked_about(unmet: World) -> None:
    tenant = unmet.contact("Ada Tenant")
    invoice = unmet.invoice(tenant, "100.00", number="R-1", memo="ours")
    customer = unmet.customer_there("Ada Tenant")
    unmet.invoice_there(customer["Id"], "100.00", DocNumber="R-1", PrivateNote="theirs", DueDate=str(TODAY))
    connect(unmet)
    link = unmet.link(invoice)
    assert (link.state, link.facts["groups"]) == ("conflict", ["memo"])


def test_what_is_void_here_alone_is_linked_and_asked_about(unmet: World) -> None:
    tenant = unmet.contact("Ada Tenant")
    invoice = unmet.invoice(tenant, "100.00", number="R-1")
    states.void(invoice, BY)
    customer = unmet.customer_there("Ada Tenant")
    there = unmet.invoice_there(customer["Id"], "100.00", DocNumber="R-1", PrivateNote="theirs", DueDate=str(TODAY))
    connect(unmet)
    link = unmet.link(invoice)
    assert (link.qbo_id, link.state, link.facts["groups"]) == (there["Id"], "conflict", ["money", "void"])
    assert Invoice.objects.of(unmet.company).count() == 1


def test_who_chooses_the_void_has_it_voided_there(unmet: World, mara: User) -> None:
    tenant = unmet.contact("Ada Tenant")
    invoice = unmet.invoice(tenant, "100.00", number="R-1")
    states.void(invoice, BY)
    customer = unmet.customer_there("Ada Tenant")
    unmet.invoice_there(customer["Id"], "100.00", DocNumber="R-1", DueDate=str(TODAY))
    connect(unmet)
    choose(unmet.link(invoice), {"money": "ours", "void": "ours"}, mara)
    unmet.settle()
    assert (unmet.there(invoice)["TotalAmt"], unmet.link(invoice).status) == (0, Status.SYNCED)
    unmet.assert_agreed()


def test_what_is_void_there_alone_is_a_question(unmet: World) -> None:
    tenant = unmet.contact("Ada Tenant")
    invoice = unmet.invoice(tenant, "100.00", number="R-1")
    payment = unmet.payment(tenant, "60.00", reference="CHQ 7")
    customer = unmet.customer_there("Ada Tenant")["Id"]
    unmet.theirs.void("Invoice", unmet.invoice_there(customer, "100.00", DocNumber="R-1"))
    unmet.theirs.void("Payment", unmet.payment_there(customer, "60.00", PaymentRefNum="CHQ 7"))
    connect(unmet)
    assert [unmet.link(record).reason for record in (invoice, payment)] == ["possible_duplicate"] * 2
    assert (len(unmet.all_there("Invoice")), len(unmet.all_there("Payment"))) == (1, 1)


def test_what_is_void_in_both_books_is_one_record(unmet: World) -> None:
    tenant = unmet.contact("Ada Tenant")
    invoice = unmet.invoice(tenant, "100.00", number="R-1")
    states.void(invoice, BY)
    customer = unmet.customer_there("Ada Tenant")["Id"]
    unmet.theirs.void("Invoice", unmet.invoice_there(customer, "100.00", DocNumber="R-1"))
    connect(unmet)
    assert (unmet.link(invoice).state, unmet.link(invoice).status) == ("void", Status.SYNCED)
    assert Invoice.objects.of(unmet.company).count() == 1


def test_a_twin_typed_into_both_books_after_connecting_waits_for_a_person(world: World) -> None:
    customer = world.customer_there("Ada Tenant")["Id"]
    world.invoice_there(customer, "10.00")
    world.settle()
    tenant = Contact.objects.of(world.company).get()
    ours = world.invoice(tenant, "100.00", number="R-7")
    world.invoice_there(customer, "100.00", DocNumber="R-7")
    world.settle()
    assert world.link(ours).reason == "possible_duplicate"
    assert (len(world.all_there("Invoice")), Invoice.objects.of(world.company).count()) == (2, 2)


def test_one_cheque_typed_into_both_books_waits_for_a_person(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.settle()
    ours = world.payment(tenant, "60.00", (invoice, "60.00"))
    world.payment_there(world.id_there(tenant), "60.00", (world.id_there(invoice), "40.00"))
    world.settle()
    assert world.link(ours).reason == "possible_duplicate"
    assert len(world.all_there("Payment")) == 1


def test_everything_is_read_in_few_calls_and_the_next_run_in_one(unmet: World) -> None:
    for n in range(3):
        customer = unmet.customer_there(f"C {n}")
        unmet.invoice_there(customer["Id"], f"{10 + n}")
    unmet.sandbox.calls.clear()
    set_up(unmet.company, SYNC_FROM)
    first = unmet.sync()
    assert first.calls_core_plus <= 13  # one per kind and the preferences
    assert unmet.sync().calls_core_plus == 1
    assert Link.objects.filter(kind="invoice", status=Status.SYNCED).count() == 3
