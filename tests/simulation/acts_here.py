"""What people do in our book."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.simulation.acting import Act, Acting
from tests.simulation.world import OWNER

from tieout.subledger.models import Allocation, Contact, CreditNote, Document, Invoice, Payment, Status
from tieout.subledger.services import contacts, documents, payments, states
from tieout.subledger.services.lines import LineDraft, drafts_of

CENT = Decimal("0.01")


def enter_contact(on: Acting) -> str:
    made = contacts.create(on.company, OWNER, name=on.name(), given_name=on.tag, phone=on.words(), **_reach(on))
    return f"contact {made.pk} {made.name}"


def _reach(on: Acting) -> dict[str, str]:
    found = {}
    if on.chance.random() < 0.5:
        found["email"] = f"{on.chance.choice('abc')}@example.com"
    if on.chance.random() < 0.3:
        found |= {"street": f"{on.words()} High Street", "city": "Leeds", "postal_code": on.words()}
    return found


def edit_contact(on: Acting) -> str:
    return change_contact(on, _some(on, Contact))


def change_contact(on: Acting, contact: Contact) -> str:
    change: dict[str, Any] = on.chance.choice(
        [
            {"phone": on.words()},
            {"mobile": on.words()},
            {"email": f"{on.words().replace(' ', '')}@example.com"},
            {"company_name": f"{on.words()} Ltd"},
            {"street": on.words(), "city": on.words()},
        ]
    )
    contacts.edit(contact, OWNER, **change)
    return f"contact {contact.pk}: {change}"


def rename_contact(on: Acting) -> str:
    contact = _some(on, Contact)
    name = on.name()
    contacts.edit(contact, OWNER, name=name)
    return f"contact {contact.pk}: {name}"


def enter_invoice(on: Acting) -> str:
    return _enter(on, Invoice)


def enter_credit_note(on: Acting) -> str:
    return _enter(on, CreditNote)


def do_a_days_work(on: Acting) -> str:
    """Several at once, so that a run has more than one thing to write."""
    said = [_enter(on, Invoice, tag=f"{on.tag}{letter}") for letter in "abc"[: on.chance.randint(1, 3)]]
    return ", ".join([*said, pay(on)])


def enter_draft(on: Acting) -> str:
    return _enter(on, Invoice, approved=False)


def _enter(on: Acting, model: type[Any], *, approved: bool = True, tag: str = "") -> str:
    lines = [_line(on, tag or on.tag) for _ in range(on.chance.choice((1, 1, 2)))]
    header: dict[str, Any] = {"memo": on.chance.choice(("", on.words())), "date": on.day()}
    document = documents.create(model, on.company, OWNER, contact=_some(on, Contact), lines=lines, **header)
    if approved:
        states.approve(document, OWNER)
    return f"{model.kind} {document.pk} {document.number} of {document.date}, {document.total}"


def _line(on: Acting, description: str) -> LineDraft:
    if on.chance.random() < 0.3:
        quantity, rate = Decimal(on.chance.randint(1, 9)), Decimal(on.amount())
        return LineDraft(on.item, quantity=quantity, rate=rate, description=description)
    return LineDraft(on.item, Decimal(on.amount()), description=description)


def approve(on: Acting) -> str:
    draft = on.one(Invoice.objects.filter(company=on.company, status=Status.DRAFT).order_by("pk"))
    states.approve(draft, OWNER)
    return f"invoice {draft.pk} {draft.number}"


def edit_document(on: Acting) -> str:
    return change_document(on, _some(on, on.chance.choice((Invoice, Invoice, CreditNote))))


def change_document(on: Acting, document: Any) -> str:
    tags = [line.description for line in document.lines.all()]
    change: dict[str, Any] = on.chance.choice(
        [
            {"memo": on.words()},
            {"message": on.words()},
            {"lines": [_line(on, tags[0])]},
            {"lines": [_line(on, tag) for tag in [*tags, tags[0]]]},
            {"date": on.day()},
            {"lines": _one_cent_more(document)},
        ]
    )
    documents.edit(document, OWNER, **change)
    return f"{document.kind} {document.pk}: {', '.join(f'{k} {_word(v)}' for k, v in change.items())}, {document.total}"


def _one_cent_more(document: Any) -> list[LineDraft]:
    drafts = drafts_of(document)
    assert drafts[0].amount is not None
    return [replace(drafts[0], amount=drafts[0].amount + CENT, quantity=None, rate=None), *drafts[1:]]


def _word(value: Any) -> str:
    return "anew" if isinstance(value, list) else str(value)


def renumber(on: Acting) -> str:
    document = _some(on, Invoice)
    taken = _some(on, Invoice).number if on.chance.random() < 0.3 else ""
    number = taken or f"R-{on.words()}"[:21]
    documents.edit(document, OWNER, number=number)
    return f"invoice {document.pk}: {number}"


def void_document(on: Acting) -> str:
    document = _some(on, on.chance.choice((Invoice, Invoice, CreditNote)))
    states.void(document, OWNER, release=True)
    return f"{document.kind} {document.pk} {document.number}"


def pay(on: Acting) -> str:
    """Part of it, all of it, or more than that."""
    invoice = _open(on)
    paid = on.chance.choice((invoice.balance, min(invoice.balance, Decimal(on.amount()))))
    total = paid + on.chance.choice((0, 0, 0, 5))
    made = payments.create(
        on.company,
        OWNER,
        contact=invoice.contact,
        total=total,
        date=on.day(),
        pays=[(invoice, paid)],
        reference=on.tag,
        memo=on.chance.choice(("", on.words())),
    )
    return f"payment {made.pk} of {total}, {paid} on invoice {invoice.number}"


def pay_in_advance(on: Acting) -> str:
    contact = _some(on, Contact)
    total = Decimal(on.amount())
    made = payments.create(on.company, OWNER, contact=contact, total=total, date=on.day(), reference=on.tag)
    return f"payment {made.pk} of {total} from contact {contact.pk}"


def edit_payment(on: Acting) -> str:
    payment = _some(on, Payment)
    change: dict[str, Any] = {"memo": on.words()}
    if on.chance.random() < 0.3:
        change = {"total": payment.total + Decimal(on.amount())} if payment.total else change
    payments.edit(payment, OWNER, **change)
    return f"payment {payment.pk}: {change}"


def void_payment(on: Acting) -> str:
    payment = _some(on, Payment)
    payments.void(payment, OWNER)
    return f"payment {payment.pk}"


def apply_payment(on: Acting) -> str:
    payment = on.one(Payment.objects.filter(company=on.company, unapplied__gt=0).order_by("pk"))
    invoice = on.one(_open_invoices(on).filter(contact=payment.contact))
    amount = min(payment.unapplied, invoice.balance)
    payments.allocate(payment, invoice, amount, OWNER)
    return f"{amount} of payment {payment.pk} to invoice {invoice.number}"


def unapply(on: Acting) -> str:
    allocation = on.one(Allocation.objects.filter(payment__company=on.company).order_by("pk"))
    payments.unallocate(allocation, OWNER)
    return f"payment {allocation.payment_id}"


def apply_credit(on: Acting) -> str:
    note = on.one(CreditNote.objects.filter(company=on.company, status="approved", balance__gt=0).order_by("pk"))
    invoice = on.one(_open_invoices(on).filter(contact=note.contact))
    amount = min(note.balance, invoice.balance, Decimal(on.amount()))
    carrier = payments.apply_credit(note, invoice, amount, OWNER)
    payments.edit(carrier, OWNER, reference=on.tag)
    return f"payment {carrier.pk}: {amount} of credit note {note.number} to invoice {invoice.number}"


def _some(on: Acting, model: type[Any]) -> Any:
    rows = model.objects.filter(company=on.company).order_by("pk")
    if issubclass(model, Document):
        rows = rows.exclude(status=Status.DRAFT)
    return on.one(rows)


def _open_invoices(on: Acting) -> Any:
    return Invoice.objects.filter(company=on.company, status=Status.APPROVED, balance__gt=0).order_by("pk")


def _open(on: Acting) -> Invoice:
    found: Invoice = on.one(_open_invoices(on))
    return found


ACTS: dict[str, Act] = {
    act.__name__.replace("_", " ") + " here": act
    for act in (
        *(enter_contact, edit_contact, rename_contact, enter_invoice, enter_credit_note, do_a_days_work),
        *(enter_draft, approve),
        *(edit_document, renumber, void_document, pay, pay_in_advance, edit_payment, void_payment),
        *(apply_payment, unapply, apply_credit),
    )
}
