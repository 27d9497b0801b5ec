"""A2: what people enter and change, and that saving asks for a run at once."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Account, Company, Contact, CreditNote, Invoice, Item, Payment, Role
from tieout.subledger.services import payments
from tieout.sync.models import Cursor, Policy, Trigger, unpack


@pytest.fixture
def connected(company: Company) -> Company:
    make.connection(company)
    return company


@pytest.fixture
def rent(company: Company) -> Item:
    return Item.objects.create(company=company, name="Rent", full_name="Rent", type="Service")


def address(name: str, *args: int) -> str:
    return reverse(name, args=args)


def asked_for(company: Company) -> bool:
    return Cursor.objects.get(company=company).wanted


def asked_for_alone(company: Company) -> set[tuple[str, int]]:
    return set(unpack(Cursor.objects.get(company=company).wanted_only))


def lines(*rows: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0}
    return data | {f"lines-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}


def test_a2_a_new_account_is_stored_and_a_run_asked_for(connected: Company, owner: Client) -> None:
    answer = owner.post(address("new-account", connected.pk), {"name": "Juniper Yoga", "type": "tenant"})
    made = Contact.objects.get(name="Juniper Yoga")
    assert answer.headers["Location"] == address("account", connected.pk, made.pk)
    assert made.changed_by == "mara@example.com"
    cursor = Cursor.objects.get(company=connected)
    assert (cursor.wanted, cursor.wanted_trigger, cursor.wanted_by) == (True, Trigger.ON_DEMAND, "mara@example.com")
    assert cursor.wanted_only == ""  # what waits for an account goes with it


def test_without_a_connection_nothing_is_waited_for(company: Company, owner: Client) -> None:
    owner.post(address("new-account", company.pk), {"name": "Juniper Yoga", "type": "tenant"})
    assert not asked_for(company)


@pytest.mark.parametrize("status", [Connection.Status.NEEDS_RECONNECTING, Connection.Status.DISCONNECTED])
def test_nor_while_the_access_is_lost(connected: Company, owner: Client, status: str) -> None:
    Connection.objects.update(status=status)
    owner.post(address("new-account", connected.pk), {"name": "Juniper Yoga", "type": "tenant"})
    assert not asked_for(connected)


def test_bad_input_is_refused_beside_the_field_and_stays_in_the_form(connected: Company, owner: Client) -> None:
    typed = {"name": "Colon: Ltd", "type": "tenant", "email": "a@b.example, c@d.example", "city": "Portland"}
    page = owner.post(address("new-account", connected.pk), typed).text
    assert "Must not hold a colon" in page
    assert "Takes one e-mail address only" in page
    assert 'value="Portland"' in page
    assert 'aria-describedby="id_name_error"' in page
    assert not Contact.objects.exists()
    assert not asked_for(connected)


def test_the_later_of_two_editors_is_told(connected: Company, owner: Client) -> None:
    contact = make.contact(connected, city="Portland")
    typed = {"name": contact.name, "type": "client", "seen_version": contact.version}
    contact.company.version = contact.version
    contact.company.save()
    contact.phone = "555"
    contact.save_change("anna@example.com")
    page = owner.post(address("edit-account", connected.pk, contact.pk), typed | {"city": "Salem"}).text
    assert "anna@example.com changed it since you opened it" in page
    assert 'value="Salem"' in page
    contact.refresh_from_db()
    assert (contact.city, contact.phone) == ("Portland", "555")


def test_an_edit_that_changes_nothing_makes_no_version(connected: Company, owner: Client) -> None:
    contact = make.contact(connected, street="1 Quay St\nDock 2")
    typed = {"name": contact.name, "type": "client", "seen_version": 1, "street": "1 Quay St\r\nDock 2"}
    owner.post(address("edit-account", connected.pk, contact.pk), typed)
    contact.refresh_from_db()
    assert contact.version == 1


def test_a2_an_invoice_is_entered_and_approved_in_one_step(connected: Company, owner: Client, rent: Item) -> None:
    contact = make.contact(connected)
    typed = {"contact": "smith ltd", "date": "2026-11-20", "memo": "", "approve": "yes"}
    typed |= lines({"item": rent.pk, "quantity": "2", "rate": "410.25"}, {"item": ""})
    owner.post(address("new-invoice", connected.pk), typed)
    made = Invoice.objects.get()
    assert (made.contact, made.status, made.total) == (contact, "approved", Decimal("820.50"))
    assert asked_for(connected)
    assert asked_for_alone(connected) == {("invoice", made.pk)}


def test_a2_a_draft_asks_for_no_run(connected: Company, owner: Client, rent: Item) -> None:
    make.contact(connected)
    typed = {"contact": "smith ltd", "date": "2026-11-20"} | lines({"item": rent.pk, "amount": "5"})
    owner.post(address("new-invoice", connected.pk), typed)
    assert Invoice.objects.get().status == "draft"
    assert not asked_for(connected)


def test_a2_a_void_takes_along_what_it_sets_free(connected: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(connected))
    paid = payments.create(
        connected,
        "anna@example.com",
        contact=invoice.contact,
        date=invoice.date,
        total=invoice.total,
        pays=[(invoice, invoice.total)],
    )
    owner.post(address("void-invoice", connected.pk, invoice.pk))
    assert asked_for_alone(connected) == {("invoice", invoice.pk), ("payment", paid.pk)}


def test_what_is_wrong_with_a_line_is_said_in_the_line(connected: Company, owner: Client, rent: Item) -> None:
    make.contact(connected)
    typed = {"contact": "Smith Ltd", "date": "2026-11-20"}
    typed |= lines({}, {"item": rent.pk, "quantity": "2", "rate": "10", "amount": "21"}, {"amount": "5"})
    page = owner.post(address("new-invoice", connected.pk), typed).text
    assert "Choose one." in page
    typed |= {"lines-2-amount": ""}
    page = owner.post(address("new-invoice", connected.pk), typed).text
    assert 'id="id_lines-1-amount_error"' in page
    assert "comes to 20" in page
    assert not Invoice.objects.exists()


def test_an_unknown_customer_is_refused_and_twins_are_told_apart(connected: Company, owner: Client, rent: Item) -> None:
    twins = [make.contact(connected), make.contact(connected)]
    typed = {"contact": "Smyth", "date": "2026-11-20"} | lines({"item": rent.pk, "amount": "5"})
    assert "There is no account called “Smyth”." in owner.post(address("new-invoice", connected.pk), typed).text
    typed["contact"] = "Smith Ltd"
    assert "More than one account" in owner.post(address("new-invoice", connected.pk), typed).text
    typed["contact"] = f"Smith Ltd #{twins[1].pk}"
    owner.post(address("new-invoice", connected.pk), typed)
    assert Invoice.objects.get().contact == twins[1]


def test_more_lines_keep_what_was_typed(connected: Company, owner: Client, rent: Item) -> None:
    typed = {"contact": "Nobody", "date": "2026-11-20", "more": "yes"} | lines({"item": rent.pk, "amount": "5"})
    page = owner.post(address("new-invoice", connected.pk), typed).text
    assert 'value="Nobody"' in page
    assert 'name="lines-3-amount"' in page
    assert not Invoice.objects.exists()


def test_another_companys_product_cannot_be_chosen(connected: Company, owner: Client) -> None:
    make.contact(connected)
    foreign = Item.objects.create(company=make.company("Another"), name="Rent", type="Service")
    typed = {"contact": "Smith Ltd", "date": "2026-11-20"} | lines({"item": foreign.pk, "amount": "5"})
    assert "Select a valid choice" in owner.post(address("new-invoice", connected.pk), typed).text


def test_a2_an_edited_invoice_keeps_its_lines_and_their_exact_rates(
    connected: Company, owner: Client, rent: Item
) -> None:
    invoice = make.invoice(make.contact(connected), total="10.00")
    invoice.lines.update(item=rent, quantity=Decimal(3), rate=Decimal("3.3333333"), amount=Decimal("10.00"))
    page = owner.get(address("edit-invoice", connected.pk, invoice.pk)).text
    assert 'value="3.3333333"' in page
    typed = {"contact": "Smith Ltd", "date": "2026-11-02", "number": "1042", "memo": "new", "seen_version": 1}
    row = {"item": rent.pk, "description": "Rent", "quantity": "3", "rate": "3.3333333", "amount": "10.00"}
    owner.post(address("edit-invoice", connected.pk, invoice.pk), typed | lines(row) | {"lines-INITIAL_FORMS": 1})
    invoice.refresh_from_db()
    assert (invoice.memo, invoice.total, invoice.lines.get().rate) == ("new", Decimal(10), Decimal("3.3333333"))
    assert asked_for(connected)


def test_a_draft_is_approved_by_its_button_and_a_closed_period_is_said(connected: Company, owner: Client) -> None:
    draft = make.invoice(make.contact(connected), status="draft")
    draft.lines.update(item=Item.objects.create(company=connected, name="Rent", type="Service"))
    Company.objects.update(closed_until="2026-11-10")
    answer = owner.post(address("approve-invoice", connected.pk, draft.pk), {"seen_version": 1}, follow=True)
    assert "Nothing was changed. Date: The books are closed up to 10 Nov 2026." in answer.text
    Company.objects.update(closed_until=None)
    owner.post(address("approve-invoice", connected.pk, draft.pk), {"seen_version": 1})
    draft.refresh_from_db()
    assert draft.status == "approved"


def test_a2_the_void_page_lists_what_becomes_unapplied(connected: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(connected), total="120.00")
    payment = make.payment(invoice, total="50.00")
    page = owner.get(address("void-invoice", connected.pk, invoice.pk)).text
    assert "50.00 USD becomes unapplied" in page
    assert "CHQ 11" in page
    owner.post(address("void-invoice", connected.pk, invoice.pk), {"seen_version": 1})
    invoice.refresh_from_db()
    payment.refresh_from_db()
    assert (invoice.status, payment.unapplied) == ("void", Decimal(50))
    assert asked_for(connected)


def test_a_void_of_what_was_changed_meanwhile_is_refused(connected: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(connected))
    invoice.memo = "new"
    invoice.save_change("anna@example.com")
    page = owner.post(address("void-invoice", connected.pk, invoice.pk), {"seen_version": 0}).text
    assert "anna@example.com changed it" in page
    invoice.refresh_from_db()
    assert invoice.status == "approved"


def test_a2_a_payment_is_entered_from_an_invoice(connected: Company, owner: Client) -> None:
    contact = make.contact(connected)
    invoice, other = make.invoice(contact, total="120.00"), make.invoice(contact, "1043", "30.00")
    page = owner.get(address("new-payment", connected.pk), {"invoice": invoice.pk}).text
    assert 'value="120.00"' in page or 'value="120"' in page
    typed = {"contact": "Smith Ltd", "date": "2026-11-20", "total": "150", f"pays-{invoice.pk}-amount": "120"}
    owner.post(address("new-payment", connected.pk), typed | {f"pays-{other.pk}-amount": "20"})
    payment = Payment.objects.get()
    assert (payment.total, payment.unapplied, payment.allocations.count()) == (Decimal(150), Decimal(10), 2)


def test_a_new_payment_is_deposited_to_the_account_of_the_companys_rules(connected: Company, owner: Client) -> None:
    bank = Account.objects.create(company=connected, name="Rent account", type="Bank")
    Policy.objects.filter(company=connected).update(deposit_account=bank)
    invoice = make.invoice(make.contact(connected))
    page = owner.get(address("new-payment", connected.pk), {"invoice": invoice.pk}).text
    assert f'<option value="{bank.pk}" selected>Rent account</option>' in page


def test_paying_more_than_is_open_changes_nothing(connected: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(connected), total="120.00")
    typed = {"contact": "Smith Ltd", "date": "2026-11-20", "total": "150", f"pays-{invoice.pk}-amount": "130"}
    page = owner.post(address("new-payment", connected.pk), typed).text
    assert "Only 120.0000 is open on invoice 1042" in page or "Only 120.00 is open on invoice 1042" in page
    assert not Payment.objects.exists()


def test_a2_a_credit_is_applied_and_unapplied(connected: Company, owner: Client) -> None:
    contact = make.contact(connected)
    invoice, credit = make.invoice(contact, total="120.00"), make.credit_note(contact, total="20.00")
    owner.post(address("apply-credit-note", connected.pk, credit.pk), {f"pays-{invoice.pk}-amount": "15"})
    carrier = Payment.objects.get(total=0)
    assert (CreditNote.objects.get().balance, Invoice.objects.get().balance) == (Decimal(5), Decimal(105))
    owner.post(
        address("unapply-payment", connected.pk, carrier.pk),
        {"allocation": carrier.allocations.exclude(invoice=None).get().pk},
    )
    assert (CreditNote.objects.get().balance, Invoice.objects.get().balance) == (Decimal(20), Decimal(120))


def test_the_rest_of_a_payment_is_applied_later(connected: Company, owner: Client) -> None:
    contact = make.contact(connected)
    invoice, other = make.invoice(contact), make.invoice(contact, "1043", "30.00")
    payment = make.payment(invoice, total="50.00")
    Payment.objects.update(total=60, unapplied=10)
    owner.post(address("apply-payment", connected.pk, payment.pk), {f"pays-{other.pk}-amount": "10"})
    other.refresh_from_db()
    assert other.balance == 20


def test_a_voided_payment_opens_its_invoices_again(connected: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(connected), total="120.00")
    payment = make.payment(invoice, total="50.00")
    assert "50.00 USD is open again" in owner.get(address("void-payment", connected.pk, payment.pk)).text
    owner.post(address("void-payment", connected.pk, payment.pk), {"seen_version": 0})
    invoice.refresh_from_db()
    assert invoice.balance == 120


def test_f1_who_may_not_edit_sees_no_button(connected: Company, client: Client) -> None:
    client.force_login(make.person("viewer@example.com", Role.VIEWER, connected))
    contact = make.contact(connected)
    invoice = make.invoice(contact)
    for page in (
        client.get(address("account", connected.pk, contact.pk)).text,
        client.get(address("invoice", connected.pk, invoice.pk)).text,
        client.get(address("invoices", connected.pk)).text,
    ):
        assert not any(act in page for act in ("/edit/", "/void/", "/new/", "/approve/"))


def test_accounts_are_offered_by_a_part_of_their_name(connected: Company, owner: Client) -> None:
    make.contact(connected, "Imogen Barrow")
    make.contact(make.company("Another"), "Imogen Foreign")
    assert owner.get(address("offered-accounts", connected.pk), {"q": "imog"}).text.count("<option") == 1


def test_who_paid_is_refused_beside_the_field_and_found_by_its_name(connected: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(connected), "1042", "310.00")
    page = owner.get(address("new-payment", connected.pk), {"contact": "Smyth"}).text
    assert re.search(r'id="id_contact_error"[^<]*><p>There is no account called “Smyth”', page)
    assert 'value="Smyth"' in page
    assert 'id="id_contact_error"' in owner.get(address("new-payment", connected.pk), {"contact": ""}).text
    assert f"pays-{invoice.pk}-amount" in owner.get(address("new-payment", connected.pk), {"contact": "smith ltd"}).text
