"""A company in the middle of its day, for screenshots and for checks that want every kind of row at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.pages import both_books
from tests.pages import factories as make

from tieout.kinds.kind import encode
from tieout.subledger.models import Company, Contact, ContactType, CreditNote, Invoice, InvoiceLine, Item, Payment, User
from tieout.subledger.values import ADAPTERS
from tieout.sync.models import Cursor, Link, State, Status, Task, Trigger
from tieout.sync.tie_out.statement import OpenItem

NAMES = [
    ("Alder & Finch Interiors", "tenant"),
    ("Brightwater Dental", "tenant"),
    ("Castle Street Bakery", "tenant"),
    ("Dunmore Plumbing Supplies", "supplier"),
    ("Elm Park Residents", "client"),
    ("Fairview Holdings", "client"),
    ("Greta Olsen", "tenant"),
    ("Hollis Marine", "tenant"),
    ("Imogen Barrow", "tenant"),
    ("Juniper Yoga Studio", "tenant"),
    ("Kestrel Joinery", "supplier"),
    ("Smith Ltd", "tenant"),
]


@dataclass(frozen=True)
class Scene:
    company: Company
    owner: User
    contact: Contact
    invoice: Invoice
    credit_note: CreditNote
    payment: Payment
    failed: Link
    open_invoice: Invoice
    linked_account: Link
    unlinked: Link
    conflict: Link
    twins: Link
    deleted: Link
    merged: Link
    written_off: Link
    task: Task


def build() -> Scene:
    company = make.company(currency="USD")
    make.connection(company)
    make.connection(make.company("Quayside Offices"), company_name="Quayside Offices Inc")
    owner = make.person("mara@example.com", of=company)
    owner.name = "Mara Lindqvist"
    owner.save()
    make.person("mara@example.com", of=Company.objects.get(name="Quayside Offices"))
    contacts = [
        make.contact(company, name, type=ContactType(kind), email=_mail(name), city="Portland") for name, kind in NAMES
    ]
    for contact in contacts[:-1]:
        make.link(contact, attempted_at=make.NOON - timedelta(hours=3))
    smith = contacts[-1]
    make.link(smith, attempted_at=make.NOON - timedelta(minutes=2), direction="incoming")
    invoices = [_invoice(contacts[number % 10], number) for number in range(24)]
    credit_note = make.credit_note(smith, total="180.00")
    make.link(credit_note, attempted_at=make.NOON - timedelta(minutes=3))
    payment = make.payment(invoices[5], total="500.00")
    make.link(payment, attempted_at=make.NOON - timedelta(minutes=4), direction="incoming")
    failed = _failures(smith)
    _to_be_sent(smith)
    make.run(company, make.NOON - timedelta(minutes=25))
    make.run(company, make.NOON - timedelta(minutes=5), trigger=Trigger.MANUAL, by=owner.email, found_error=True, **RAN)
    made = Scene(
        company,
        owner,
        smith,
        invoices[5],
        credit_note,
        payment,
        failed,
        open_invoice=invoices[6],
        task=make.task(company, owner),
        linked_account=Link.objects.get(kind="contact", name=invoices[5].contact.name),
        unlinked=Link.objects.get(number="0987"),
        **_to_be_decided(contacts),
    )
    _compared(made)
    return made


def _compared(scene: Scene) -> None:
    """Both books mostly agree, and QuickBooks has a journal entry of its own."""
    both_books.mirror(scene.company)
    smith = Link.objects.get(kind="contact", record_id=scene.contact.pk)
    journal = ("JournalEntry", "9", "J-4", Decimal("15.00"), make.NOON.date())
    both_books.compare(scene.company, scene.owner, OpenItem("Customer", str(smith.qbo_id), smith.name, *journal))


RAN: dict[str, Any] = {
    "writes": 31,
    "calls_core": 36,
    "calls_core_plus": 4,
    "progress": {
        "contact": {"done": 12, "total": 12},
        "invoice": {"done": 27, "total": 27},
        "credit_note": {"done": 1, "total": 1},
        "payment": {"done": 1, "total": 1},
    },
}


def _to_be_sent(smith: Contact) -> None:
    """What the next run would send: a new phone number, and a new invoice."""
    company = smith.company
    Company.objects.filter(pk=company.pk).update(version=5)
    Cursor.objects.filter(company=company).update(in_full=False, ours=2, theirs=make.NOON - timedelta(minutes=5))
    link = Link.objects.get(kind="contact", record_id=smith.pk)
    Contact.objects.filter(pk=smith.pk).update(phone="503 555 0101", street="9 Quay St")
    make.customer(company, str(link.qbo_id), smith.name, "503 555 0101", "9 Quay St")
    agreed = encode(ADAPTERS["Customer"].load(company, [smith.pk])[smith.pk].values)
    Link.objects.filter(pk=link.pk).update(base_ours=agreed, base_theirs=agreed)
    Contact.objects.filter(pk=smith.pk).update(phone="503 555 0170", version=3)
    new = make.invoice(smith, "1060", "640.00")
    rent = Item.objects.create(company=company, name="Rent", full_name="Rent", type="Service")
    Link.objects.create(
        company=company, kind="item", entity="Item", record_id=rent.pk, qbo_id="7", name="Rent", state=State.AGREED
    )
    InvoiceLine.objects.filter(document__company=company).update(item=rent)
    Invoice.objects.filter(pk=new.pk).update(version=4)


def _mail(name: str) -> str:
    return "office@" + "".join(letter for letter in name.lower() if letter.isalpha()) + ".example"


def _invoice(contact: Contact, number: int) -> Invoice:
    made = make.invoice(
        contact, f"{1018 + number}", f"{850 + 37 * number}.50", date=date(2026, 10, 5) + timedelta(number)
    )
    minutes = 3 + 2 * number
    incoming = "incoming" if number % 5 == 0 else "outgoing"
    make.link(made, attempted_at=make.NOON - timedelta(minutes=minutes), direction=incoming)
    return made


def _to_be_decided(contacts: list[Contact]) -> dict[str, Link]:
    """In the results of long ago, so that the lists of today stay as they are."""
    then = make.NOON - timedelta(days=40)
    alder = contacts[0]
    link = Link.objects.get(kind="contact", record_id=alder.pk)
    facts = {"groups": ["phone", "address"]}
    Contact.objects.filter(pk=alder.pk).update(phone="503 555 0100", street="2 Mill Lane")
    agreed = encode(ADAPTERS["Customer"].load(alder.company, [alder.pk])[alder.pk].values)
    Link.objects.filter(pk=link.pk).update(base_ours=agreed, base_theirs=agreed)
    Contact.objects.filter(pk=alder.pk).update(phone="503 555 0144", street="2 Quay St")
    make.customer(
        company=alder.company, qbo_id=str(link.qbo_id), name=alder.name, phone="503 555 0199", street="9 Quay St"
    )
    Link.objects.filter(pk=link.pk).update(facts=facts)
    twin = make.invoice(contacts[1], "1101", "410.00")
    candidates = {"candidates": [{"id": "771", "label": "1101"}]}
    twins = make.link(twin, Status.NOT_SYNCED, state=State.CANDIDATE, qbo_id=None, facts=candidates, attempted_at=then)
    seen = make.seen(make.link(make.invoice(contacts[1], "1102", "410.00"), attempted_at=then, qbo_id="771"))
    Link.objects.filter(qbo_id=seen.qbo_id, entity="Invoice").update(qbo_id="772")
    gone = make.link(make.invoice(contacts[2], "1103", "95.00"), Status.NOT_SYNCED, state=State.GONE, attempted_at=then)
    link.refresh_from_db()
    _stopped(contacts, then)
    return {"conflict": link, "twins": twins, "deleted": gone, **_changed_there()}


def _changed_there() -> dict[str, Link]:
    facts = {"into": "Fairview Holdings", "winner": "941", "documents": 3, "linked_to": "Fairview Holdings"}
    elm = Link.objects.filter(kind="contact", name="Elm Park Residents")
    elm.update(reason="merged_there", facts=facts, details="It was merged with Fairview Holdings.")
    hollis = Link.objects.filter(kind="contact", name="Hollis Marine")
    details = "It was made inactive in QuickBooks with 120.00 open, which QuickBooks wrote off."
    hollis.update(reason="written_off", facts={"sum": "120.00"}, details=details)
    for link in (elm.get(), hollis.get()):
        make.customer(link.company, str(link.qbo_id), link.name)
    return {"merged": elm.get(), "written_off": hollis.get()}


def _stopped(contacts: list[Contact], then: datetime) -> None:
    for number in range(3):
        invoice = make.invoice(contacts[3], f"12{number:02}", "75.00")
        make.link(
            invoice,
            Status.FAILED,
            state=State.HELD,
            reason="mass_change",
            facts={"book": "Tieout", "change": "void"},
            attempted_at=then,
            details="Part of 3 invoices that would all be voided here.",
        )


def _failures(smith: Contact) -> Link:
    closed = make.invoice(smith, "1042", "1240.00", date=date(2026, 2, 28))
    failed = make.failed(
        closed,
        "This invoice is dated 28 Feb, and the books in QuickBooks are closed up to 31 Mar.",
        attempted_at=make.NOON - timedelta(minutes=1),
        facts={"date": "28 Feb", "closed": "31 Mar"},
    )
    make.seen(failed, total="1140.00")
    make.refused_operation(
        failed,
        code="6210",
        text="Account Period Closed, Cannot Update Through Services API",
        intuit_tid="1-65a1f0c2-7b",
    )
    twin = make.invoice(smith, "1043", "95.00")
    make.failed(
        twin, "Number 1043 is already used in QuickBooks, by a credit note of 3 May.", "quickbooks_6140", qbo_id=None
    )
    waiting = make.invoice(smith, "1044", "310.00")
    make.link(
        waiting,
        Status.NOT_SYNCED,
        state=State.WAITING,
        qbo_id=None,
        details="Waits for an invoice 1043, which is not synced yet.",
        reason="waits_for",
        facts={"entity": "Invoice", "id": str(twin.pk), "why": "not_linked", "name": "1043"},
    )
    apart = make.invoice(smith, "0987", "60.00", date=date(2026, 3, 3))
    make.link(
        apart,
        Status.NOT_SYNCED,
        state=State.UNLINKED,
        details="Unlinked by Mara Lindqvist.",
        attempted_at=make.NOON - timedelta(minutes=6),
    )
    draft = make.invoice(smith, "", "77.00", status="draft")
    make.link(
        draft, Status.SKIPPED, state=State.SKIPPED, qbo_id=None, details="Drafts stay here until they are approved."
    )
    return failed
