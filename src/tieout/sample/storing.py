"""Puts the sample into a company, through the services a person's pages use."""

from __future__ import annotations

from datetime import date
from typing import Any

from tieout.subledger.models import (
    Account,
    Company,
    Contact,
    CreditNote,
    Invoice,
    Item,
    Payment,
    PaymentMethod,
    Property,
)
from tieout.subledger.services import contacts, payments, properties, states
from tieout.subledger.services import documents as documents_service
from tieout.subledger.services.changing import changing
from tieout.subledger.services.lines import LineDraft

from . import plan as planning
from .firms import Firm, firm_called
from .people import people
from .plan import Plan, PlannedCredit, PlannedDocument, PlannedPayment

BY = "sample@tieout.invalid"


class ListsMissing(Exception):
    """Documents need an item and an account, which are QuickBooks' own and have to be read first."""


def people_and_places(company: Company) -> None:
    firm = firm_called(company.name)
    with changing(company):
        made = {person["name"]: contacts.create(company, BY, **person) for person in people(firm)}
        for number, place in enumerate(firm.places()):
            owner = made[firm.owners[number % len(firm.owners)]]
            properties.create(company, BY, name=place, street=place, owner=owner, **_town(firm))


def documents(company: Company, today: date) -> None:
    """Once; the items of `already_in_quickbooks` are used where they exist, else any service."""
    plan = planning.make(firm_called(company.name), today)
    with changing(company):
        _Books(company).store(plan)


def _town(firm: Firm) -> dict[str, str]:
    return {"city": firm.city, "state": firm.state, "postal_code": firm.postal_code}


class _Books:
    def __init__(self, company: Company) -> None:
        self.company = company
        self.contacts = {contact.name: contact for contact in Contact.objects.of(company)}
        self.places = {place.name: place for place in Property.objects.of(company)}
        self.items = _items(company)
        self.account = _deposit_account(company)
        self.method = PaymentMethod.objects.of(company).filter(name="Check", archived=False).first()
        self.documents: dict[int, Any] = {}  # by id() of the plan's

    def store(self, plan: Plan) -> None:
        for invoice in plan.invoices:
            self.document(Invoice, invoice, due_date=invoice.due_date)
        for credit_note in plan.credit_notes:
            self.document(CreditNote, credit_note)
        for carrier in plan.carriers:
            self.carrier(carrier)
        for payment in plan.payments:
            self.payment(payment)

    def document(self, model: type[Any], planned: PlannedDocument, **more: Any) -> None:
        document = documents_service.create(
            model,
            self.company,
            BY,
            contact=self.contacts[planned.contact],
            property=self.places.get(planned.place),
            number=planned.number,
            date=planned.date,
            memo=planned.memo,
            lines=[
                LineDraft(self.items[line.item], quantity=line.quantity, rate=line.rate, description=line.description)
                for line in planned.lines
            ],
            **more,
        )
        self.documents[id(planned)] = document
        if planned.status != "draft":
            states.approve(document, BY)
        if planned.status == "void":
            states.void(document, BY)

    def carrier(self, planned: PlannedCredit) -> None:
        credit_note, invoice = self.documents[id(planned.credit)], self.documents[id(planned.invoice)]
        payments.apply_credit(credit_note, invoice, planned.amount, BY, on=planned.date)

    def payment(self, planned: PlannedPayment) -> None:
        payment: Payment = payments.create(
            self.company,
            BY,
            contact=self.contacts[planned.contact],
            date=planned.date,
            total=planned.total,
            reference=planned.reference,
            deposit_account=self.account,
            method=self.method,
            pays=[(self.documents[id(invoice)], amount) for invoice, amount in planned.pays],
        )
        if planned.bounced:
            payments.void(payment, BY)


def _items(company: Company) -> dict[str, Item]:
    services = Item.objects.of(company).filter(archived=False, type="Service").order_by("name")
    by_name = {item.name: item for item in services}
    if not by_name:
        raise ListsMissing(f"{company} has no service items yet. Connect it, so that QuickBooks' lists are read first.")
    any_service = next(iter(by_name.values()))
    return {name: by_name.get(name, any_service) for name in planning.ITEMS}


def _deposit_account(company: Company) -> Account:
    accounts = Account.objects.of(company).filter(archived=False)
    found = accounts.filter(subtype="UndepositedFunds").first() or accounts.filter(type="Bank").first()
    if found is None:
        raise ListsMissing(
            f"{company} has no account to pay money into. Connect it, so that the accounts are read first."
        )
    return found
