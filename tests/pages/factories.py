"""Rows as a run would have left them, for the tests of pages and the screenshots. Every name is made up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import msgspec

from tieout.quickbooks.models import Connection
from tieout.subledger.models import (
    Allocation,
    Company,
    Contact,
    CreditNote,
    Invoice,
    InvoiceLine,
    Membership,
    Payment,
    Record,
    Role,
    User,
)
from tieout.sync.models import Attempt, Cursor, Link, Operation, Policy, Run, Seen, State, Status, Task, Trigger

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
_numbers = count(1)
JSON = msgspec.json.Encoder(decimal_format="number")


def company(name: str = "Harbour Lettings", **fields: Any) -> Company:
    made = Company.objects.create(name=name, version=1, **fields)  # that of all records made here
    Policy.objects.create(company=made, sync_from=date(2026, 1, 1))
    Cursor.objects.create(company=made, next_run_at=NOON + timedelta(minutes=20))
    return made


def connection(of: Company, **fields: Any) -> Connection:
    defaults = {
        "realm_id": f"93414520{next(_numbers):08}",
        "company_name": f"{of.name} LLC",
        "status": Connection.Status.CONNECTED,
        "sandbox": "http://127.0.0.1:8080",
        "client_id": "client",
        "connected_at": NOON - timedelta(days=40),
        "refresh_expires_at": NOON + timedelta(days=60),
    }
    return Connection.objects.create(company=of, **(defaults | fields))


def person(email: str = "mara@example.com", role: Role | None = None, of: Company | None = None) -> User:
    made = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD)
    if of is not None:
        Membership.objects.create(user=made, company=of, role=role or Role.OWNER)
    return made


def contact(of: Company, name: str = "Smith Ltd", **fields: Any) -> Contact:
    return Contact.objects.create(company=of, name=name, version=1, **fields)


def invoice(of: Contact, number: str = "1042", total: str = "120.00", **fields: Any) -> Invoice:
    amount = Decimal(total)
    defaults = {"date": date(2026, 11, 2), "due_date": date(2026, 12, 2), "status": "approved", "currency": "USD"}
    made = Invoice.objects.create(
        company=of.company, contact=of, number=number, total=amount, balance=amount, version=1, **(defaults | fields)
    )
    InvoiceLine.objects.create(
        document=made, position=1, description="Rent", quantity=Decimal(1), rate=amount, amount=amount
    )
    return made


def credit_note(of: Contact, number: str = "C-7", total: str = "20.00", **fields: Any) -> CreditNote:
    amount = Decimal(total)
    defaults = {"date": date(2026, 11, 5), "status": "approved", "currency": "USD"}
    return CreditNote.objects.create(
        company=of.company, contact=of, number=number, total=amount, balance=amount, **(defaults | fields)
    )


def payment(of: Invoice, total: str = "50.00", **fields: Any) -> Payment:
    amount = Decimal(total)
    defaults = {"date": date(2026, 11, 9), "currency": "USD", "reference": "CHQ 11"}
    made = Payment.objects.create(company=of.company, contact=of.contact, total=amount, **(defaults | fields))
    Allocation.objects.create(payment=made, invoice=of, amount=amount)
    Invoice.objects.filter(pk=of.pk).update(balance=of.balance - amount)
    return made


ENTITIES = {"contact": "Customer", "invoice": "Invoice", "credit_note": "CreditMemo", "payment": "Payment"}


def link(record: Record, status: Status = Status.SYNCED, **fields: Any) -> Link:
    """Linked and agreed, unless told otherwise."""
    named = getattr(record, "contact", record)
    defaults = {
        "kind": record.kind,
        "entity": ENTITIES[record.kind],
        "record_id": record.pk,
        "qbo_id": str(900 + next(_numbers)),
        "state": State.AGREED if status == Status.SYNCED else State.HELD,
        "direction": "outgoing",
        "attempted_at": NOON,
        "agreed_at": NOON if status == Status.SYNCED else None,
        "number": getattr(record, "number", getattr(record, "reference", "")),
        "name": getattr(named, "name", ""),
        "date": getattr(record, "date", None),
        "total": getattr(record, "total", None),
    }
    return Link.objects.create(company=record.company, status=status, **(defaults | fields))


def failed(record: Record, details: str, reason: str = "closed_period", **fields: Any) -> Link:
    made = link(record, Status.FAILED, reason=reason, details=details, failing_since=NOON, **fields)
    Attempt.objects.create(link=made, at=NOON, status=Status.FAILED, direction="outgoing", details=details)
    return made


def refused_operation(of: Link, **answer: Any) -> Operation:
    return Operation.objects.create(
        company=of.company,
        link=of,
        request_id=f"{next(_numbers):032}",
        entity=of.entity,
        act="update",
        body=b"{}",
        cause="edit by mara@example.com",
        state=Operation.State.REFUSED,
        stored_at=NOON,
        http_status=400,
        answer=answer,
    )


def seen(of: Link, total: str | None = None, **fields: Any) -> Seen:
    """The object as QuickBooks has it: equal to ours, but for a total that is given."""
    amount = Decimal(total) if total else of.total
    balance = Decimal(total) if total else amount
    body: dict[str, Any] = {
        "Id": of.qbo_id,
        "SyncToken": "3",
        "DisplayName": of.name,
        "CustomerRef": {"value": _customer_of(of), "name": of.name},
        "DocNumber": of.number,
        "TxnDate": of.date.isoformat() if of.date else None,
        "TotalAmt": amount,
        "Balance": balance,
        "Line": [],
    }
    defaults = {"sync_token": "3", "updated_at": NOON, "read_at": NOON, "date": of.date, "number": of.number}
    return Seen.objects.create(
        company=of.company,
        entity=of.entity,
        qbo_id=of.qbo_id or "",
        body=JSON.encode(body),
        total=amount,
        balance=balance,
        **(defaults | fields),
    )


def _customer_of(document: Link) -> str:
    links = Link.objects.filter(company=document.company, entity="Customer", name=document.name)
    return next((link.qbo_id for link in links if link.qbo_id), "1")


def customer(company: Company, qbo_id: str, name: str, phone: str = "", street: str = "") -> Seen:
    body = {
        "Id": qbo_id,
        "SyncToken": "3",
        "DisplayName": name,
        "PrimaryPhone": {"FreeFormNumber": phone},
        "PrimaryEmailAddr": {
            "Address": next((each.email for each in Contact.objects.filter(company=company, name=name)), "")
        },
        "BillAddr": {"Id": "5", "Line1": street, "City": "Portland"},
    }
    times = {"updated_at": NOON, "read_at": NOON, "pending": False}
    return Seen.objects.create(
        company=company,
        entity="Customer",
        qbo_id=qbo_id,
        name=name.casefold(),
        sync_token="3",
        body=JSON.encode(body),
        **times,
    )


def run(of: Company, at: datetime = NOON, ending: str = Run.Ending.DONE, **fields: Any) -> Run:
    ended = None if ending == Run.Ending.RUNNING else at + timedelta(seconds=40)
    return Run.objects.create(
        company=of,
        trigger=fields.pop("trigger", Trigger.AUTOMATIC),
        started_at=at,
        ended_at=ended,
        ending=ending,
        **fields,
    )


def task(company: Company, by: User, **fields: Any) -> Task:
    """Unlinked three, one of which was unlinked already."""
    told = [{"link": Link.objects.of(company).earliest("pk").pk, "why": "It was unlinked already."}]
    report = {"done": 3, "refused": 1, "told": told}
    ended = {"state": Task.State.DONE, "done": 4, "total": 4, "ended_at": NOON, "started_at": NOON, "moved_at": NOON}
    defaults = {"what": Task.What.UNLINK, "report": JSON.encode(report).decode(), **ended}
    return Task.objects.create(company=company, by=by, **(defaults | fields))
