from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from tieout.kinds.credit_note import CreditNote
from tieout.kinds.documents import Line
from tieout.kinds.invoice import Invoice
from tieout.kinds.kind import Held
from tieout.subledger import models
from tieout.subledger.models import Company, Status
from tieout.subledger.services import balances

from .adapter import Adapter, pk, ref

SAME_NAMES = ("date", "number", "memo", "message", "tax", "total")


def _line_values(line: models.Line) -> Line:
    return Line(
        type=line.type,
        item=ref(line.item_id),
        description=line.description,
        quantity=line.quantity,
        rate=line.rate,
        amount=line.amount,
        tax_code=ref(line.tax_code_id),
        klass=ref(line.klass_id),
        service_date=line.service_date,
    )


class DocumentAdapter(Adapter[Any, Any]):
    def __init__(self, model: type[Any], line_model: type[Any], values: type[Any]) -> None:
        self.model, self.line_model, self.values = model, line_model, values  # type: ignore[misc]
        self.extra = ("due_date", "deposit") if values is Invoice else ()

    def related(self, records: Any) -> Any:
        return records.annotate(whom=F("contact__name")).prefetch_related("lines")

    def held(self, company: Company, record: Any) -> Held[Any]:
        values = self.values(
            **{name: getattr(record, name) for name in (*SAME_NAMES, *self.extra)},
            contact=ref(record.contact_id),
            currency=record.currency,
            tax_code=ref(record.tax_code_id),
            lines=tuple(_line_values(line) for line in record.lines.all()),
            void=record.status == Status.VOID,
            former_numbers=tuple(record.former_numbers.split("\n")) if record.former_numbers else (),
        )
        return Held(
            id=record.pk,
            version=record.version,
            values=values,
            by=record.changed_by,
            draft=record.status == Status.DRAFT,
            stub=record.stub,
            open=record.balance != 0,
            label=record.number,
            whom=record.whom,
        )

    def assign(self, record: Any, values: Any) -> None:
        if record.number and record.number != values.number:
            record.former_numbers = "\n".join(filter(None, [record.former_numbers, record.number]))
        new = record.pk is None
        for name in (*SAME_NAMES, *self.extra):
            # A void keeps our amounts as history; QuickBooks' are zero then.
            if new or not values.void or name not in ("tax", "total", "memo"):
                setattr(record, name, getattr(values, name))
        record.contact_id = pk(values.contact)
        record.currency = values.currency or record.company.currency
        record.tax_code_id = pk(values.tax_code)
        record.status = Status.VOID if values.void else Status.APPROVED
        if new:  # so nothing is applied to it yet
            record.balance = balances.open_amount(record, _paid_at_once(values))

    def complete(self, made: Sequence[tuple[Any, Any]]) -> None:
        self.line_model.objects.bulk_create(
            [
                self.line_model(document=record, position=position, **_line_members(line))
                for record, values in made
                for position, line in enumerate(values.lines, 1)
            ],
            batch_size=500,
        )

    def renew(self, record: Any, before: Any, after: Any) -> None:
        if before.lines == after.lines or (after.void and before.lines):
            return
        record.lines.all().delete()
        self.complete([(record, after)])

    def moves(self, before: Any, after: Any) -> bool:
        return before is not None and _amounts(before) != _amounts(after)

    def settle(self, records: Sequence[Any]) -> None:
        ids = [record.pk for record in records]
        if self.model is models.Invoice:
            balances.refresh(invoices=ids)
        else:
            balances.refresh(credit_notes=ids)

    def alike(self, company: Company, values: Iterable[Any]) -> list[int]:
        wanted = list(values)
        numbers = {doc.number for doc in wanted if doc.number}
        contacts = {pk(doc.contact) for doc in wanted if doc.contact}
        same = (
            Q(number__in=numbers)
            | Q(former_numbers__in=numbers)  # of one that was renumbered once; an index holds no more than that
            | Q(contact__in=contacts, date__in={doc.date for doc in wanted})
        )
        found = self.model.objects.of(company).filter(same).exclude(status=Status.DRAFT)
        return list(found.values_list("pk", flat=True))


def _paid_at_once(values: Any) -> Decimal:
    return getattr(values, "deposit", Decimal(0))


def _amounts(values: Any) -> tuple[Any, ...]:
    return values.total, values.void, _paid_at_once(values)


def _line_members(line: Line) -> dict[str, Any]:
    return {
        "type": line.type,
        "item_id": pk(line.item),
        "description": line.description,
        "quantity": line.quantity,
        "rate": line.rate,
        "amount": line.amount,
        "tax_code_id": pk(line.tax_code),
        "klass_id": pk(line.klass),
        "service_date": line.service_date,
    }


ADAPTERS: dict[str, Adapter[Any, Any]] = {
    "Invoice": DocumentAdapter(models.Invoice, models.InvoiceLine, Invoice),
    "CreditMemo": DocumentAdapter(models.CreditNote, models.CreditNoteLine, CreditNote),
}
