from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F

from tieout.kinds.kind import Held
from tieout.kinds.payment import Allocation, Payment
from tieout.subledger import models
from tieout.subledger.models import Company, Status
from tieout.subledger.services import balances

from .adapter import Adapter, pk, ref

SAME_NAMES = ("date", "total", "reference", "memo", "deposited")


def _allocation_values(rows: Iterable[models.Allocation]) -> tuple[Allocation, ...]:
    sums: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        end = _end(row)
        sums[end] = sums.get(end, Decimal(0)) + row.amount
    return tuple(Allocation(entity=entity, id=id_, amount=sums[entity, id_]) for entity, id_ in sorted(sums))


def _end(row: models.Allocation) -> tuple[str, str]:
    if row.invoice_id is not None:
        return "Invoice", str(row.invoice_id)
    if row.credit_note_id is not None:
        return "CreditMemo", str(row.credit_note_id)
    entity, _, id_ = row.other.partition(" ")
    return entity, id_


def _allocation_row(payment: models.Payment, part: Allocation) -> models.Allocation:
    row = models.Allocation(payment=payment, amount=part.amount)
    if part.entity == "Invoice":
        row.invoice_id = pk(part.id)
    elif part.entity == "CreditMemo":
        row.credit_note_id = pk(part.id)
    else:
        row.other = f"{part.entity} {part.id}"
    return row


class PaymentAdapter(Adapter[models.Payment, Payment]):
    model = models.Payment

    def related(self, records: Any) -> Any:
        return records.annotate(whom=F("contact__name")).prefetch_related("allocations")

    def held(self, company: Company, record: models.Payment) -> Held[Payment]:
        values = Payment(
            **{name: getattr(record, name) for name in SAME_NAMES},
            contact=ref(record.contact_id),
            currency=record.currency,
            deposit_account=ref(record.deposit_account_id),
            allocations=_allocation_values(record.allocations.all()),
            void=record.status == Status.VOID,
        )
        return Held(
            id=record.pk,
            version=record.version,
            values=values,
            by=record.changed_by,
            draft=record.status == Status.DRAFT,
            open=record.unapplied != 0,
            label=record.reference,
            whom=record.whom,  # type: ignore[attr-defined]
        )

    def assign(self, record: models.Payment, values: Payment) -> None:
        new = record.pk is None
        for name in SAME_NAMES:
            if new or not values.void or name not in ("total", "memo"):
                setattr(record, name, getattr(values, name))
        record.contact_id = int(values.contact or 0)
        record.currency = values.currency or record.company.currency
        record.deposit_account_id = pk(values.deposit_account)
        record.status = Status.VOID if values.void else Status.APPROVED
        if new and not values.allocations and not values.void:
            record.unapplied = record.total

    def complete(self, made: Sequence[tuple[models.Payment, Payment]]) -> None:
        rows = [_allocation_row(record, part) for record, values in made for part in values.allocations]
        models.Allocation.objects.bulk_create(rows, batch_size=500)

    def renew(self, record: models.Payment, before: Payment, after: Payment) -> None:
        if before.allocations == after.allocations:
            return
        released = list(record.allocations.all())
        record.allocations.all().delete()
        self.complete([(record, after)])
        balances.refresh_ends(released)

    def moves(self, before: Payment | None, after: Payment) -> bool:
        if before is None:
            return bool(after.allocations)
        return (before.total, before.void, before.allocations) != (after.total, after.void, after.allocations)

    def settle(self, records: Sequence[models.Payment]) -> None:
        ids = [record.pk for record in records]
        balances.refresh(payments=ids)
        balances.refresh_ends(models.Allocation.objects.filter(payment__in=ids))

    def alike(self, company: Company, values: Iterable[Any]) -> list[int]:
        wanted = list(values)
        found = models.Payment.objects.of(company).filter(
            contact__in={pk(payment.contact) for payment in wanted if payment.contact},
            total__in={payment.total for payment in wanted},
        )
        return list(found.exclude(status=Status.DRAFT).values_list("pk", flat=True))


ADAPTERS: dict[str, Adapter[Any, Any]] = {"Payment": PaymentAdapter()}
