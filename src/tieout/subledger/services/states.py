"""Approving and voiding: the two steps in a document's life that QuickBooks sees."""

from __future__ import annotations

from tieout.subledger.models import Allocation, Document, Invoice, Payment, Status, stamp_all

from . import balances, documents
from .changing import changing_record
from .lines import lines_of
from .numbers import next_number
from .references import check_open
from .refusal import Refusals, refuse


def approve(document: Document, by: str, *, seen_version: int | None = None) -> None:
    """Makes it final: from now on it is owed, and goes to QuickBooks."""
    with changing_record(document, seen_version):
        if document.status != Status.DRAFT:
            raise refuse(f"It is {document.get_status_display().lower()} already; only a draft can be approved.")
        wrong = Refusals()
        documents.check_full(document, wrong)
        wrong.unless(lines_of(document).exists(), "lines", "Has no lines yet.")
        check_open(document.company, [document.date], "date", wrong)
        wrong.stop()
        if not document.number and document.company.gives_numbers:
            document.number = next_number(document.company, type(document))  # type: ignore[arg-type]
        document.status = Status.APPROVED
        document.save_change(by)


def void(document: Document, by: str, *, release: bool = False, seen_version: int | None = None) -> None:
    """`release`: what is applied to it becomes unapplied again; without it, an applied document is refused."""
    with changing_record(document, seen_version):
        _check_voidable(document)
        applied = list(applied_to(document))
        if applied and not release:
            raise refuse(_what_is_applied(applied))
        _release(document, applied, by)
        document.status = Status.VOID
        document.balance = balances.open_amount(document, document.total)
        document.save_change(by)


def applied_to(document: Document) -> list[Allocation]:
    """What a dialog lists before the document is voided."""
    end = "invoice" if isinstance(document, Invoice) else "credit_note"
    found = Allocation.objects.filter(**{end: document}).select_related("payment__company")
    return list(found.order_by("payment__date", "pk"))


def _check_voidable(document: Document) -> None:
    if document.stub:
        raise refuse("It is older than the date this company syncs from, so it is kept here for reading only.")
    if document.status == Status.DRAFT:
        raise refuse("A draft is deleted, not voided.")
    if document.status == Status.VOID:
        raise refuse("It is void already.")
    wrong = Refusals()
    check_open(document.company, [document.date], "date", wrong)
    wrong.stop()


def _what_is_applied(applied: list[Allocation]) -> str:
    total = sum(allocation.amount for allocation in applied)
    return f"{total} is applied to it. Un-apply that first, or confirm that it becomes unapplied."


def _release(document: Document, applied: list[Allocation], by: str) -> None:
    """A carrier goes as a whole, since it holds no money of its own."""
    payments = {allocation.payment_id: allocation.payment for allocation in applied}
    wrong = Refusals()
    check_open(document.company, [payment.date for payment in payments.values()], "date", wrong)
    wrong.stop()
    ends = {allocation.pk: allocation for allocation in applied}
    for payment in payments.values():
        if payment.total == 0:
            ends |= {allocation.pk: allocation for allocation in payment.allocations.all()}
            payment.status = Status.VOID
    Allocation.objects.filter(pk__in=ends).delete()
    stamp_all(document.company, payments.values(), by)
    Payment.objects.bulk_update(payments.values(), ["status", "version", "changed_by", "changed_at"])
    balances.refresh_ends(ends.values())
    balances.refresh(payments=payments)
    document.refresh_from_db(fields=["balance"])
