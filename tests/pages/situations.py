"""Companies beside the scene's: one for each trouble that a page has to show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.pages import both_books, tied_out
from tests.pages import factories as make

from tieout.subledger.models import Company, Contact, Invoice, Role, User
from tieout.sync.models import Cursor, Link, Run, State, Status, Task, Trigger

RUNNING, LOST, LOST_TO_VIEWER, OUTAGE = "Mid Run", "Lost Access", "Lost Access, as a Viewer", "Outage"
SWITCHED_OFF = "Switched Off"
STOPPED, EMPTY, HALF_SET_UP, ASKED = "Stopped Run", "Empty Books", "Half Set Up", "Sync Asked For"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswohnungsverwaltungsgenossenschaft Pty & Söhne Holdings"
MANY = "A Thousand Rows"
CJK, RTL = "東京不動産管理株式会社 横浜支店", "شركة الميناء للتأجير العقاري"
UNBROKEN = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2


def build(owner: User) -> None:
    tied_out.build(owner)
    _running(owner)
    _connection(LOST, owner, status="needs_reconnecting", cause="disconnected", since=make.NOON - timedelta(hours=5))
    _connection(LOST_TO_VIEWER, owner, Role.VIEWER, status="needs_reconnecting", cause="too_old")
    _connection(
        OUTAGE,
        owner,
        outage="QuickBooks is not answering.",
        outage_since=make.NOON - timedelta(minutes=40),
        retry_at=make.NOON + timedelta(minutes=5),
    )
    _connection(SWITCHED_OFF, owner, status="disabled", since=make.NOON - timedelta(days=2))
    details = "QuickBooks allows no more calls this minute; the run goes on by itself."
    make.run(_connection(STOPPED, owner), ending=Run.Ending.STOPPED, details=details)
    _member(make.company(EMPTY), owner)
    _connection(HALF_SET_UP, owner, status="set_up_unfinished", set_up_step="set-up-date", connected_at=None)
    Cursor.objects.filter(company=_connection(ASKED, owner)).update(wanted=True)
    _long(owner)
    _many(owner)


def _member(company: Company, owner: User, role: Role = Role.OWNER) -> Company:
    make.person(owner.email, role, company)
    return company


def _connection(name: str, owner: User, role: Role = Role.OWNER, **fields: Any) -> Company:
    company = _member(make.company(name), owner, role)
    make.connection(company, **fields)
    return company


def _running(owner: User) -> None:
    company = _connection(RUNNING, owner)
    done, part, left = {"done": 40, "total": 40}, {"done": 1304, "total": 12480}, {"done": 0, "total": 310}
    make.run(
        company,
        make.NOON - timedelta(minutes=3),
        Run.Ending.RUNNING,
        progress={"contact": done, "invoice": part, "payment": left},
        kind="invoice",
        trigger=Trigger.MANUAL,
        by=owner.email,
        found_error=True,
    )
    syncing = make.contact(company, "Alder & Finch Interiors")
    make.link(syncing, Status.SYNCING, state=State.NEW)
    make.failed(make.invoice(syncing, "1042"), "QuickBooks refused it.", "other")
    make.task(company, owner, state=Task.State.RUNNING, what=Task.What.TIE_OUT, ended_at=None, report="")


def _long(owner: User) -> None:
    company = _connection(LONG, owner, company_name=LONG)
    for number, name in enumerate((UNBROKEN, LONG, CJK, RTL, "Ltd")):
        contact = make.contact(company, name, email=f"{UNBROKEN[:50]}@example.com", city=UNBROKEN[:60])
        make.link(contact, qbo_id="9" * 11 + str(number))
        invoice = make.invoice(contact, f"{'W' * 20}{number}", "98765432109.87", memo=UNBROKEN * 3)
        details = f"QuickBooks said of '{name}': {UNBROKEN * 4} and then, in the same breath, " + "much more. " * 60
        make.refused_operation(
            make.failed(invoice, details, "other", qbo_id="8" * 11 + str(number)), code="6000", text=f"{UNBROKEN * 6}"
        )
        make.link(make.credit_note(contact, f"{'C' * 20}{number}", "-12345678901.23"))
        make.link(make.payment(invoice, "98765432109.87", reference="R" * 21))
    both_books.mirror(company)
    both_books.compare(company, owner)


def _many(owner: User) -> None:
    company = _connection(MANY, owner)
    contacts = Contact.objects.bulk_create(
        Contact(company=company, name=f"Tenant {number:04}", version=1) for number in range(1200)
    )
    invoices = Invoice.objects.bulk_create(
        Invoice(
            company=company,
            contact=contact,
            number=f"{number + 1:05}",
            date=make.NOON.date(),
            status="approved",
            currency="USD",
            total=number + 1,
            balance=number + 1,
            version=1,
        )
        for number, contact in enumerate(contacts)
    )
    Link.objects.bulk_create(
        Link(
            company=company,
            kind="invoice",
            entity="Invoice",
            record_id=invoice.pk,
            qbo_id=str(50_000 + number),
            state=State.AGREED,
            status=Status.SYNCED,
            direction="outgoing",
            attempted_at=make.NOON - timedelta(seconds=number),
            agreed_at=make.NOON,
            number=invoice.number,
            name=invoice.contact.name,
            date=invoice.date,
            total=invoice.total,
        )
        for number, invoice in enumerate(invoices)
    )
    make.run(company)


def company_of(name: str) -> Company:
    return Company.objects.get(name=name)
