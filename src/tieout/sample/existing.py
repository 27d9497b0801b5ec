"""What a bookkeeper had typed into QuickBooks before Tieout came: the first sync must recognise it, not double it."""

from __future__ import annotations

from datetime import date
from typing import Any

from tieout.subledger.models import Company

from . import plan as planning
from .firms import firm_called
from .people import people
from .plan import ITEMS, PlannedDocument

_CONTACTS = 4
_PER_CONTACT = 2


def already_in_quickbooks(company: Company, today: date) -> dict[str, list[dict[str, Any]]]:
    """`items` by name, `contacts` with the fields of a Contact, `invoices` with `lines` that name their item."""
    firm = firm_called(company.name)
    plan = planning.make(firm, today)
    names = firm.tenants[-_CONTACTS:]
    return {
        "items": [{"name": name, "type": "Service"} for name in ITEMS],
        "contacts": [person for person in people(firm) if person["name"] in names],
        "invoices": [_invoice(invoice) for name in names for invoice in _oldest(plan, name)],
    }


def _oldest(plan: planning.Plan, name: str) -> list[PlannedDocument]:
    theirs = [doc for doc in plan.invoices if doc.contact == name and doc.status == "approved"]
    return theirs[:_PER_CONTACT]


def _invoice(invoice: PlannedDocument) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "contact": invoice.contact,
        "date": invoice.date,
        "due_date": invoice.due_date,
        "memo": invoice.memo,
        "lines": [
            {
                "item": line.item,
                "description": line.description,
                "quantity": line.quantity,
                "rate": line.rate,
                "amount": line.amount,
            }
            for line in invoice.lines
        ],
        "total": invoice.total,
    }
