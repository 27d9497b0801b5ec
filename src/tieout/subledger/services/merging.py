"""Makes two contacts one, as somebody has done in QuickBooks."""

from __future__ import annotations

from typing import Any

from tieout.subledger.models import Contact, CreditNote, Invoice, Payment, Property, stamp_all

from .changing import changing
from .refusal import refuse


def merge(contact: Contact, into: Contact, by: str) -> None:
    """All that belongs to `contact` belongs to `into` from now on; the former is archived, nothing is deleted."""
    if contact.pk == into.pk or contact.company_id != into.company_id:
        raise refuse("Only two accounts of one company can be merged.")
    with changing(contact.company):
        for model in (Invoice, CreditNote, Payment):
            _move(model, "contact", contact, into, by)
        _move(Property, "owner", contact, into, by)
        contact.refresh_from_db()
        contact.archived = True
        contact.save_change(by)


def _move(model: type[Any], field: str, contact: Contact, into: Contact, by: str) -> None:
    moved = list(model.objects.of(contact.company).filter(**{field: contact}))
    for record in moved:
        setattr(record, field, into)
    stamp_all(contact.company, moved, by)
    model.objects.bulk_update(moved, [field, "version", "changed_by", "changed_at"], batch_size=200)
