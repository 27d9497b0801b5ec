"""A company whose books agree, but for one of each difference that is explained; beside the scene's."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.pages import both_books
from tests.pages import factories as make

from tieout.subledger.models import Company, Contact, Invoice, User
from tieout.sync.models import Cursor, Link, State, Status
from tieout.sync.reasons import sentence
from tieout.sync.tie_out.statement import OpenItem

NAME = "Linden Court Management"
TENANTS = (
    "Ashby Lettings",
    "Birch & Rowe",
    "Calder Studio",
    "Dovecote Nursery",
    "Eastgate Cycles",
    "Fernhill Clinic",
    "Granary Books",
    "Hazel Court Residents",
)


def build(owner: User) -> Company:
    company = make.company(NAME)
    make.connection(company, company_name="Linden Court LLC")
    make.person(owner.email, of=company)
    Cursor.objects.filter(company=company).update(in_full=False, theirs=make.NOON - timedelta(minutes=5))
    contacts = [make.contact(company, name) for name in TENANTS]
    for contact in contacts:
        make.link(contact)
    for number in range(40):
        _agreed(contacts[number % len(contacts)], number)
    apart = _explained(contacts)
    both_books.mirror(company)
    _changed_since(company)
    make.run(company, make.NOON - timedelta(minutes=5))
    both_books.compare(company, owner, *apart)
    return company


def _agreed(contact: Contact, number: int) -> None:
    day = date(2026, 9, 1) + timedelta(2 * number)
    invoice = make.invoice(contact, f"{2201 + number}", f"{620 + 45 * (number % 7)}.00", date=day)
    make.link(invoice)
    if number % 3 == 0:
        make.link(make.payment(invoice, f"{300 + 10 * number}.00", reference=f"T-{number}"))
    if number % 9 == 0:
        make.link(make.credit_note(contact, f"CN-{number // 9 + 1}", "35.00"))


def _explained(contacts: list[Contact]) -> list[OpenItem]:
    _apart(contacts[1], "2251", "480.00", State.UNLINKED, details="Unlinked by Mara Lindqvist.", qbo_id="18801")
    waits = {"entity": "Class", "id": "4", "why": "inactive", "name": "North"}
    details = sentence("waits_for", waits)
    _apart(contacts[4], "2252", "725.00", State.WAITING, reason="waits_for", facts=waits, details=details, qbo_id=None)
    _apart(contacts[6], "2253", "90.00", State.SKIPPED, details="Left out by Mara Lindqvist.", qbo_id=None)
    customer = Link.objects.get(company=contacts[2].company, kind="contact", record_id=contacts[2].pk)
    journal = ("JournalEntry", "77", "J-4", Decimal("-15.00"), make.NOON.date())
    return [OpenItem("Customer", str(customer.qbo_id), customer.name, *journal)]


def _changed_since(company: Company) -> None:
    """After it was unlinked; so nothing of it crosses."""
    Invoice.objects.filter(company=company, number="2251").update(total="505.00", balance="505.00")


def _apart(contact: Contact, number: str, total: str, state: State, **fields: Any) -> Invoice:
    invoice = make.invoice(contact, number, total)
    status = Status.SKIPPED if state == State.SKIPPED else Status.NOT_SYNCED
    make.link(invoice, status, state=state, **fields)
    return invoice
