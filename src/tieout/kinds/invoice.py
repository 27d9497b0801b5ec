from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal

import msgspec

from . import documents
from .documents import Document
from .fields import amount, day, iso
from .kind import Kind, Object, Problem
from .limits import beyond_calendars


class Invoice(Document, frozen=True, kw_only=True):
    due_date: datetime.date | None = None
    deposit: Decimal = Decimal(0)  # paid at once, as QuickBooks' own form offers; only read


def parse(obj: Object) -> Invoice:
    deposit = amount(obj.get("Deposit"))
    return Invoice(**documents.parse_members(obj), due_date=day(obj.get("DueDate")), deposit=deposit)


def body(values: Invoice, groups: Collection[str], latest: Object | None, *, their_tax: bool) -> Object:
    written = documents.body(values, groups, latest, their_tax=their_tax)
    if "due date" in groups:
        written["DueDate"] = iso(values.due_date)
    elif "date" in groups and latest is not None:
        # Sent with every date, else QuickBooks computes one from its default term.
        written["DueDate"] = latest.get("DueDate")
    return {name: value for name, value in written.items() if value is not None}


def fill(sent: Invoice, answer: Invoice, *, their_tax: bool) -> Invoice:
    filled = documents.fill(sent, answer, their_tax=their_tax)
    return msgspec.structs.replace(filled, due_date=filled.due_date or answer.due_date)


def remarks(obj: Object) -> list[Problem]:
    deposit = amount(obj.get("Deposit"))
    return [Problem(reason="deposit_on_invoice", facts={"deposit": f"{deposit:.2f}"})] if deposit else []


def problems(invoice: Invoice) -> list[Problem]:
    return documents.problems(invoice) + beyond_calendars({"due date": invoice.due_date})


INVOICE: Kind[Invoice] = Kind(
    name="invoice",
    entity="Invoice",
    values=Invoice,
    groups={
        **documents.GROUPS,
        "due date": lambda doc: doc.due_date,
        "deposit": lambda doc: Decimal(0) if doc.void else doc.deposit,
    },
    fields={**documents.FIELDS, "due date": ("due_date",), "deposit": ("deposit",)},
    parse=parse,
    body=body,
    traits=documents.traits,
    map_refs=documents.map_refs,
    likeness=documents.likeness,
    problems=problems,
    remarks=remarks,
    doubts=documents.doubts,
    read_only=documents.read_only,
    fill=fill,
    needs=("Customer", "Item", "TaxCode", "Class"),
    money=frozenset({"money"}),
    inward_groups=frozenset({"deposit"}),
    can_void=True,
    open_amount=lambda obj: amount(obj.get("Balance")),
)
