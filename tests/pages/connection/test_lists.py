"""The steps of a set-up on which lists and accounts are matched, from rows as the reading leaves them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Invoice, InvoiceLine, Item
from tieout.sync.models import Cursor, Link, Policy, Run, State, Trigger


@pytest.fixture
def setting_up(company: Company) -> Company:
    """A date is chosen and QuickBooks has been read."""
    make.connection(company, status=Connection.Status.SET_UP_UNFINISHED, connected_at=None)
    make.run(company, trigger=Trigger.CONNECT)
    Company.objects.filter(pk=company.pk).update(version=100)
    theirs = Item.objects.create(company=company, name="Fees", full_name="Fees", type="Service")
    Link.objects.create(
        company=company, kind="item", entity="Item", record_id=theirs.pk, qbo_id="7", state=State.AGREED, name="Fees"
    )
    return company


def address(company: Company, step: str) -> str:
    return reverse(f"set-up-{step}", args=[company.pk])


@pytest.fixture
def fee(setting_up: Company) -> Item:
    return Item.objects.create(company=setting_up, name="Late fee", full_name="Late fee", type="Service")


def used(fee: Item, status: str = "approved") -> Invoice:
    made = make.invoice(make.contact(fee.company), status=status)
    InvoiceLine.objects.filter(document=made).update(item=fee)
    return made


def test_an_entry_that_quickbooks_lacks_is_listed_with_what_may_become_of_it(
    fee: Item, setting_up: Company, owner: Client
) -> None:
    used(fee)
    page = owner.get(address(setting_up, "lists")).text
    for words in ("Late fee", "1 record", "Archive it", "It is QuickBooks' Fees"):
        assert words in page


def test_one_used_on_a_voided_document_cannot_be_archived(fee: Item, setting_up: Company, owner: Client) -> None:
    used(fee, "void")
    assert "Archive it" not in owner.get(address(setting_up, "lists")).text
    owner.post(address(setting_up, "lists"), {f"item-{fee.pk}": "archive"})
    fee.refresh_from_db()
    assert not fee.archived


def test_matched_its_documents_name_quickbooks_entry(fee: Item, setting_up: Company, owner: Client) -> None:
    invoice, theirs = used(fee), Item.objects.get(name="Fees")
    answer = owner.post(address(setting_up, "lists"), {f"item-{fee.pk}": str(theirs.pk)})
    assert answer.headers["Location"] == address(setting_up, "accounts")
    assert invoice.lines.get().item == theirs


def test_an_entry_of_another_company_cannot_be_chosen(fee: Item, setting_up: Company, owner: Client) -> None:
    foreign = Item.objects.create(company=make.company("Other"), name="Theirs", type="Service")
    invoice = used(fee)
    owner.post(address(setting_up, "lists"), {f"item-{fee.pk}": str(foreign.pk)})
    assert invoice.lines.get().item == fee


def perhaps(company: Company) -> str:
    """One of the same name whose phone differs."""
    contact = make.contact(company, "Brightwater Dental", phone="503 555 0144")
    make.invoice(contact)
    make.customer(company=company, qbo_id="41", name="Brightwater Dental", phone="503 555 0199")
    return f"perhaps-Customer-{contact.pk}"


@pytest.mark.parametrize(
    ("choice", "state", "qbo_id"),
    [("41", State.WAITING, "41"), ("new", State.NEW, None), ("leave", State.SKIPPED, None)],
)
def test_a_likely_account_is_decided(
    setting_up: Company, owner: Client, choice: str, state: State, qbo_id: str | None
) -> None:
    key = perhaps(setting_up)
    page = owner.get(address(setting_up, "accounts")).text
    assert "Perhaps the same: 1" in page
    assert "same name" in page
    assert "another phone" in page
    owner.post(address(setting_up, "accounts"), {key: choice})
    link = Link.objects.get(kind="contact")
    assert (link.state, link.qbo_id) == (state, qbo_id)


def test_what_is_left_undecided_stays_a_question(setting_up: Company, owner: Client) -> None:
    perhaps(setting_up)
    owner.post(address(setting_up, "accounts"), {})
    assert not Link.objects.filter(kind="contact").exists()


def test_sure_ones_are_linked_at_once_but_for_those_that_were_ticked(setting_up: Company, owner: Client) -> None:
    for number, name in enumerate(("Alder", "Birch"), 50):
        make.invoice(make.contact(setting_up, name), str(number))
        make.customer(company=setting_up, qbo_id=str(number), name=name)
    birch = Invoice.objects.get(number="51").contact
    owner.post(address(setting_up, "accounts"), {"apart": f"Customer-{birch.pk}"})
    found = Link.objects.filter(kind="contact")
    assert [(link.name, link.qbo_id) for link in found.exclude(qbo_id=None)] == [("Alder", "50")]
    assert found.get(name="Birch").apart_from == ["51"]


def test_one_that_is_only_here_can_be_left_out(setting_up: Company, owner: Client) -> None:
    alder = make.contact(setting_up, "Alder")
    make.invoice(alder)
    owner.post(address(setting_up, "accounts"), {"leave": f"Customer-{alder.pk}"})
    assert Link.objects.get(kind="contact").state == State.SKIPPED


def test_the_rules_are_kept(setting_up: Company, owner: Client) -> None:
    typed = {"contacts": "all", "tax": "ours", "numbers": "ours_sent", "deposit_account": "", "lock_date": "2026-01-31"}
    answer = owner.post(address(setting_up, "rules"), typed)
    assert answer.headers["Location"] == address(setting_up, "settings")
    policy = Policy.objects.get()
    assert (policy.contacts, policy.tax, str(policy.lock_date)) == ("all", "ours", "2026-01-31")


@pytest.mark.parametrize("step", ["lists", "accounts", "rules", "settings", "start"])
def test_a_step_that_comes_too_early_leads_to_where_one_is(step: str, company: Company, owner: Client) -> None:
    assert owner.get(address(company, step)).headers["Location"] == reverse("connect", args=[company.pk])
    make.connection(company, status=Connection.Status.SET_UP_UNFINISHED, connected_at=None)
    company.refresh_from_db()
    assert owner.get(address(company, step)).headers["Location"] == reverse("set-up-reading", args=[company.pk])
    Policy.objects.all().delete()
    assert owner.get(address(company, step)).headers["Location"] == address(company, "date")


def test_a_reading_that_stopped_says_why_and_is_begun_again(company: Company, owner: Client) -> None:
    make.connection(company, status=Connection.Status.SET_UP_UNFINISHED, connected_at=None)
    make.run(company, ending=Run.Ending.STOPPED, details="QuickBooks is out of reach.", trigger=Trigger.CONNECT)
    reading = reverse("set-up-reading", args=[company.pk])
    answer = owner.get(reading)
    assert "QuickBooks is out of reach." in answer.text
    assert "Refresh" not in answer.headers
    owner.post(reading)
    assert Cursor.objects.get(company=company).wanted
