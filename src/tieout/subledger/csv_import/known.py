"""Invoices that are here already, under their number or one they had before QuickBooks renumbered them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from tieout.subledger.models import Company, CreditNote, Invoice, InvoiceLine
from tieout.subledger.services.lines import LineDraft
from tieout.subledger.services.numbers import describe

from .parsing import Parsed

_LINE = ("description", "quantity", "rate", "amount", "service_date")


class KnownInvoices:
    def __init__(self, company: Company) -> None:
        self.company = company
        self.former = _former_numbers(Invoice.objects.of(company))

    def compare(self, chunk: list[Parsed]) -> Iterator[tuple[Parsed, str | None]]:
        """None: not here yet. Empty: here with the same content. Else a sentence about the difference."""
        numbers = [parsed.number for parsed in chunk]
        there = self._invoices(numbers)
        credited = {note.number: note for note in CreditNote.objects.of(self.company).filter(number__in=numbers)}
        for parsed in chunk:
            if parsed.number in there:
                yield parsed, _difference(there[parsed.number], parsed)
            elif parsed.number in credited:
                yield parsed, f"Is already the number of {describe(credited[parsed.number])}."
            else:
                yield parsed, None

    def _invoices(self, numbers: list[str]) -> dict[str, Invoice]:
        renumbered = {self.former[number]: number for number in numbers if number in self.former}
        found = Invoice.objects.of(self.company).prefetch_related("lines").select_related("contact")
        by_number = {renumbered[invoice.pk]: invoice for invoice in found.filter(pk__in=renumbered)}
        return by_number | {invoice.number: invoice for invoice in found.filter(number__in=numbers)}


def _former_numbers(invoices: QuerySet[Invoice]) -> dict[str, int]:
    rows = invoices.exclude(former_numbers="").values_list("pk", "former_numbers")
    return {number: pk for pk, numbers in rows.iterator() for number in numbers.split("\n")}


def _difference(there: Invoice, parsed: Parsed) -> str:
    pairs: dict[str, tuple[Any, Any]] = {
        "customer": (there.contact_id, parsed.contact.pk),
        "date": (there.date, parsed.date),
        "due date": (there.due_date, parsed.due_date),
        "terms": (there.term_id, parsed.term.pk if parsed.term else None),
        "memo": (there.memo, parsed.memo),
        "lines": (
            [(line.item_id, *_content(line)) for line in there.lines.all()],
            [(line.item.pk, *_content(line)) for line in parsed.lines],
        ),
    }
    others = [name for name, (ours, theirs) in pairs.items() if ours != theirs]
    return f"The invoice of this number is already here with other content: {', '.join(others)}." if others else ""


def _content(line: InvoiceLine | LineDraft) -> tuple[Any, ...]:
    return tuple(getattr(line, name) for name in _LINE)
