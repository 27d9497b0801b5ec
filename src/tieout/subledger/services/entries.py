"""Entries of our lists that QuickBooks does not have: one of QuickBooks' takes their place, or they are archived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from tieout.subledger.models import (
    CreditNote,
    CreditNoteLine,
    Document,
    Invoice,
    InvoiceLine,
    ListEntry,
    Payment,
    Record,
    Status,
    stamp_all,
)

from .changing import changing
from .refusal import refuse

Use = tuple[type[Model], str]

# Where each list is named, in records and in their lines.
USES: dict[str, Sequence[Use]] = {
    "account": [(Payment, "deposit_account")],
    "class": [(InvoiceLine, "klass"), (CreditNoteLine, "klass")],
    "item": [(InvoiceLine, "item"), (CreditNoteLine, "item")],
    "payment_method": [(Payment, "method")],
    "tax_code": [
        (Invoice, "tax_code"),
        (CreditNote, "tax_code"),
        (InvoiceLine, "tax_code"),
        (CreditNoteLine, "tax_code"),
    ],
    "term": [(Invoice, "term")],
}


def records_naming(entry: ListEntry) -> list[Record]:
    """Each once."""
    found = {(type(record), record.pk): record for record in _naming(entry)}
    return list(found.values())


def is_settled(record: Record) -> bool:
    """Paid or voided: its past may not be told anew without its tax codes and accounts."""
    if isinstance(record, Document):
        return record.status == Status.VOID or (record.balance == 0 and record.total != 0)
    return isinstance(record, Payment)


def archive(entry: ListEntry, by: str) -> None:
    if any(is_settled(record) for record in records_naming(entry)):
        raise refuse(f"“{entry}” is used on paid or voided records: choose what takes its place instead.", "entry")
    with changing(entry.company):
        _archive(entry, by)


def replace(entry: ListEntry, other: ListEntry, by: str) -> int:
    """Every record that names `entry` names `other` from now on; the number of such records."""
    if type(other) is not type(entry) or other.company_id != entry.company_id or other.archived:
        raise refuse("Choose one of the entries that are offered.", "entry")
    with changing(entry.company):
        records = records_naming(entry)
        for model, field in USES[entry.kind]:
            _rows(model, field, entry).update(**{field: other})
        _stamp(records, by)
        _archive(entry, by)
    return len(records)


def _naming(entry: ListEntry) -> Iterator[Record]:
    for model, field in USES.get(entry.kind, ()):
        rows = _rows(model, field, entry)
        if issubclass(model, Record):
            yield from rows
        else:
            documents: QuerySet[Any] = model._meta.get_field("document").related_model.objects  # type: ignore[union-attr]
            yield from documents.filter(pk__in=rows.values("document_id"))


def _rows(model: type[Model], field: str, entry: ListEntry) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(**{field: entry})
    return rows


def _stamp(records: Sequence[Record], by: str) -> None:
    if not records:
        return
    stamp_all(records[0].company, records, by)
    for record in records:
        type(record)._default_manager.filter(pk=record.pk).update(
            version=record.version, changed_by=record.changed_by, changed_at=record.changed_at
        )


def _archive(entry: ListEntry, by: str) -> None:
    entry.archived = True
    entry.save_change(by, update_fields=["archived", "version", "changed_by", "changed_at"])
