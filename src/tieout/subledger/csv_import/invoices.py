"""Invoices from a file with the columns of QuickBooks' own template, one row per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tieout.kinds.fields import folded
from tieout.subledger.models import Company, Contact, Invoice, InvoiceLine, Status, stamp_all
from tieout.subledger.services.lines import as_rows

from .known import KnownInvoices
from .options import Options
from .parsing import COLUMNS, Parsed, Parser
from .reading import Row
from .report import ImportReport

_CHUNK = 500


class InvoiceTaker:
    columns = COLUMNS

    def __init__(self, company: Company, options: Options, report: ImportReport) -> None:
        self.company, self.options, self.report = company, options, report
        self.parser = Parser(company, options, report)
        self.known = KnownInvoices(company)
        self.seen: set[str] = set()
        self.made: set[str] = set()  # folded names of new contacts; a dry run meets them again and again

    def take(self, rows: Iterable[Row]) -> None:
        chunk: list[Parsed] = []
        for group in _by_number(rows):
            parsed = self._parse(group)
            if parsed is not None:
                chunk.append(parsed)
            if len(chunk) >= _CHUNK:
                self._take_chunk(chunk)
                chunk = []
        self._take_chunk(chunk)

    def _parse(self, group: list[Row]) -> Parsed | None:
        number, line = group[0]["*InvoiceNo"], group[0].line
        if number in self.seen:
            reason = "The rows of one invoice must stand together, and this number has come before."
            self.report.add_error(line, "*InvoiceNo", number, reason)
            return None
        self.seen.add(number)
        return self.parser.parse(group)

    def _take_chunk(self, chunk: list[Parsed]) -> None:
        fresh = []
        for parsed, difference in self.known.compare(chunk):
            if difference is None:
                fresh.append(parsed)
            elif difference:
                self.report.add_error(parsed.line, "*InvoiceNo", parsed.number, difference)
            else:
                self.report.already_there += 1
        self.report.taken += len(fresh)
        self._make_contacts(fresh)
        if self.options.stores:
            self._store(fresh)

    def _make_contacts(self, fresh: list[Parsed]) -> None:
        new = {folded(parsed.contact.name): parsed.contact for parsed in fresh if parsed.contact.pk is None}
        if self.options.stores:
            stamp_all(self.company, new.values(), self.options.by)
            Contact.objects.bulk_create(new.values())
        self.made |= set(new)
        self.report.contacts_made = len(self.made)

    def _store(self, fresh: list[Parsed]) -> None:
        invoices = [self._invoice(parsed) for parsed in fresh]
        stamp_all(self.company, invoices, self.options.by)
        Invoice.objects.bulk_create(invoices)
        InvoiceLine.objects.bulk_create(
            InvoiceLine(document=invoice, **row)
            for invoice, parsed in zip(invoices, fresh, strict=True)
            for row in as_rows(parsed.lines)
        )

    def _invoice(self, parsed: Parsed) -> Invoice:
        return Invoice(
            company=self.company,
            currency=self.company.currency,
            status=Status.APPROVED if self.options.approve else Status.DRAFT,
            contact=parsed.contact,
            number=parsed.number,
            date=parsed.date,
            due_date=parsed.due_date,
            term=parsed.term,
            memo=parsed.memo,
            total=parsed.total,
            balance=parsed.total,
        )


def _by_number(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """A row without a number is an error of the invoice above it, which then is not taken in half."""
    last = ""

    def number(row: Row) -> str:
        nonlocal last
        last = row["*InvoiceNo"] or last
        return last

    for _, group in groupby(rows, number):
        yield list(group)
