"""Balances and unapplied amounts: kept beside their records, always computed anew from the allocations.

They raise no version: what a person changed is the payment that holds the allocation, and its version rises.
Call `refresh` in the transaction that changed totals, states or allocations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from django.db.models import Q, QuerySet, Sum

from tieout.subledger.models import Allocation, CreditNote, Document, Invoice, Payment, Status

D = TypeVar("D", Invoice, CreditNote)
_CHUNK = 500  # ids per query; SQLite's limit on variables is far above


def refresh(invoices: Iterable[int] = (), credit_notes: Iterable[int] = (), payments: Iterable[int] = ()) -> None:
    """By primary keys; any number of them."""
    for chunk in _chunks(invoices):
        _refresh_documents(Invoice, "invoice", chunk)
    for chunk in _chunks(credit_notes):
        _refresh_documents(CreditNote, "credit_note", chunk)
    for chunk in _chunks(payments):
        _refresh_payments(chunk)


def refresh_ends(allocations: Iterable[Allocation]) -> None:
    listed = list(allocations)
    refresh(
        invoices={a.invoice_id for a in listed if a.invoice_id is not None},
        credit_notes={a.credit_note_id for a in listed if a.credit_note_id is not None},
    )


def open_amount(document: Document, applied: Decimal) -> Decimal:
    """A void document owes nothing; what its total was stays as history."""
    return Decimal(0) if document.status == Status.VOID else document.total - applied


def unapplied(total: Decimal, credits: Decimal, paid: Decimal, other: Decimal) -> Decimal:
    """What is left of a payment.

    Which side a settlement by something foreign stands on is not kept: it is the side that leaves the payment
    not overdrawn.
    """
    left = total + credits - paid
    return left - other if left >= 0 else left + other


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    listed = sorted(set(ids))
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]


def _refresh_documents(model: type[D], end: str, ids: list[int]) -> None:
    rows = Allocation.objects.filter(**{f"{end}__in": ids}).values_list(end).annotate(sum=Sum("amount"))
    applied: dict[int, Decimal] = dict(rows.order_by())
    changed: dict[Decimal, list[int]] = defaultdict(list)
    for document in model.objects.filter(pk__in=ids).only(*_fields(model)):
        paid_at_once = document.deposit if isinstance(document, Invoice) else Decimal(0)
        balance = open_amount(document, applied.get(document.pk, Decimal(0)) + paid_at_once)
        if document.balance != balance:
            changed[balance].append(document.pk)
    for balance, documents in changed.items():  # mostly nothing is left, so few statements do
        model.objects.filter(pk__in=documents).update(balance=balance)


def _fields(model: type[Document]) -> tuple[str, ...]:
    """What is read to reckon a balance."""
    return ("status", "total", "balance", *(("deposit",) if model is Invoice else ()))


def _refresh_payments(ids: list[int]) -> None:
    sums = _sums_by_payment(ids)
    changed: dict[Decimal, list[int]] = defaultdict(list)
    for payment in Payment.objects.filter(pk__in=ids).only("status", "total", "unapplied"):
        left = _left(payment, sums.get(payment.pk, (Decimal(0),) * 3))
        if payment.unapplied != left:
            changed[left].append(payment.pk)
    for left, payments in changed.items():
        Payment.objects.filter(pk__in=payments).update(unapplied=left)


def _left(payment: Payment, sums: tuple[Decimal, ...]) -> Decimal:
    if payment.status == Status.VOID:
        return Decimal(0)
    credits, paid, other = sums
    return unapplied(payment.total, credits, paid, other)


def _sums_by_payment(ids: list[int]) -> dict[int, tuple[Decimal, ...]]:
    """(credits, paid, other) by payment."""
    rows: QuerySet[Allocation] = Allocation.objects.filter(payment__in=ids)
    sums = rows.values("payment").annotate(
        credits=Sum("amount", filter=Q(credit_note__isnull=False)),
        paid=Sum("amount", filter=Q(invoice__isnull=False)),
        foreign=Sum("amount", filter=~Q(other="")),
    )
    return {
        row["payment"]: tuple(row[name] or Decimal(0) for name in ("credits", "paid", "foreign"))
        for row in sums.order_by()
    }
