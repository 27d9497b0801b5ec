"""Short ways to records, through the services wherever a person would."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tieout.subledger.models import Account, Company, Contact, CreditNote, Invoice, Item, Payment
from tieout.subledger.services import contacts, documents, payments, states
from tieout.subledger.services.lines import LineDraft

BY = "anna@example.com"
DAY = date(2026, 3, 1)


def make_company(name: str) -> Company:
    return Company.objects.create(name=name)


def make_contact(company: Company, name: str, **values: str) -> Contact:
    return contacts.create(company, BY, name=name, **values)


def make_item(company: Company, name: str, **values: Any) -> Item:
    item = Item(company=company, name=name, full_name=name, type="Service", **values)
    item.save_change("QuickBooks")
    return item


def make_account(company: Company, name: str, type: str) -> Account:
    account = Account(company=company, name=name, full_name=name, type=type)
    account.save_change("QuickBooks")
    return account


def draft(contact: Contact, amount: str = "100.00", model: type = Invoice, **header: Any) -> Any:
    item = Item.objects.filter(company=contact.company).first() or make_item(contact.company, "Rent")
    header = {"date": DAY, "lines": [LineDraft(item, Decimal(amount))], **header}
    return documents.create(model, contact.company, BY, contact=contact, **header)


def invoice(contact: Contact, amount: str = "100.00", **header: Any) -> Invoice:
    made: Invoice = draft(contact, amount, Invoice, **header)
    states.approve(made, BY)
    return made


def credit_note(contact: Contact, amount: str = "100.00", **header: Any) -> CreditNote:
    made: CreditNote = draft(contact, amount, CreditNote, **header)
    states.approve(made, BY)
    return made


def payment(contact: Contact, total: str, pays: list[tuple[Invoice, str]] | None = None, **values: Any) -> Payment:
    return payments.create(
        contact.company,
        BY,
        **{"contact": contact, "date": DAY, "total": Decimal(total), **values},
        pays=[(invoice, Decimal(amount)) for invoice, amount in pays or []],
    )
