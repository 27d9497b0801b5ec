"""The transaction every change of a record happens in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tieout.subledger.models import Company, Contact, CreditNote, Invoice, Payment, Record

from .refusal import refuse


@contextmanager
def changing(company: Company) -> Iterator[Company]:
    """One writer per company at a time: what is checked inside still holds when it commits."""
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update())
        yield company


@contextmanager
def changing_record(record: Record, seen_version: int | None = None) -> Iterator[None]:
    """As `changing`, with the record read anew; refused when it is past the version that the person saw."""
    with changing(record.company) as company:
        try:
            record.refresh_from_db()
        except type(record).DoesNotExist:
            raise refuse("It was deleted meanwhile.") from None
        record.company = company  # which is as it stands now, and need not be asked for again
        if seen_version is not None and record.version != seen_version:
            who = record.changed_by or "someone"
            raise refuse(f"{who} changed it since you opened it. Look at the new version, then change it again.")
        yield


def changed_since(company: Company, version: int) -> list[Record]:
    """Records of the kinds that people change."""
    models: tuple[type[Record], ...] = (Contact, Invoice, CreditNote, Payment)
    return [record for model in models for record in model.objects.of(company).filter(version__gt=version)]
