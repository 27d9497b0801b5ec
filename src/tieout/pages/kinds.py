"""What the pages know of each kind of record: its words, and where its own page is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from tieout.subledger.models import Contact, CreditNote, Invoice, Payment, Record


@dataclass(frozen=True)
class PageKind:
    kind: str
    one: str
    many: str
    model: type[Record] | None = None
    page: str = ""  # the URL name of a record's page; lists that only QuickBooks edits have none


KINDS = {
    listed.kind: listed
    for listed in [
        PageKind("contact", "Contact", "Contacts", Contact, "account"),
        PageKind("invoice", "Invoice", "Invoices", Invoice, "invoice"),
        PageKind("credit_note", "Credit note", "Credit notes", CreditNote, "credit-note"),
        PageKind("payment", "Payment", "Payments", Payment, "payment"),
        PageKind("account", "Ledger account", "Ledger accounts"),
        PageKind("item", "Product or service", "Products and services"),
        PageKind("tax_code", "Tax code", "Tax codes"),
        PageKind("class", "Class", "Classes"),
        PageKind("term", "Term", "Terms"),
        PageKind("payment_method", "Payment method", "Payment methods"),
    ]
}

MARK = 10**12  # a number that is in no address


def words(kind: str) -> PageKind:
    """A kind that has no entry yet is still shown, by its own name."""
    return KINDS.get(kind) or PageKind(kind, kind.replace("_", " ").capitalize(), kind.replace("_", " ") + "s")


def named(record: Record) -> str:
    """As a sentence names it: "Invoice 1042"; what has no number yet goes by its id."""
    own = getattr(record, "name", "") or getattr(record, "number", "") or getattr(record, "reference", "")
    return own if record.kind == "contact" else f"{words(record.kind).one} {own or f'id {record.pk}'}"


def record_url(company_id: int, kind: str, record_id: int | None) -> str:
    page = words(kind).page
    return address(page, company_id, record_id) if page and record_id else ""


def address(name: str, *ids: int) -> str:
    return _form(name, len(ids)).format(*ids)


@lru_cache
def _form(name: str, ids: int) -> str:
    """Made once for each page: `reverse` would take most of the time of a long list."""
    marks = [MARK + at for at in range(ids)]
    form = reverse(name, args=marks)
    for at, mark in enumerate(marks):
        form = form.replace(str(mark), f"{{{at}}}")
    return form
