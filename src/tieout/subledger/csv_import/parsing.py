"""The rows of one invoice, checked by the rules that a person's own typing meets."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from tieout.kinds.fields import folded
from tieout.kinds.limits import LARGEST, MOST_LINES
from tieout.subledger.models import Company, Contact, Invoice, InvoiceLine, Item, Record, Term
from tieout.subledger.services import contacts
from tieout.subledger.services.lines import LineDraft, check_line
from tieout.subledger.services.references import check_date, check_open, check_reference
from tieout.subledger.services.refusal import Refusals
from tieout.subledger.services.texts import check_texts

from .cells import BadCell, date_reader, number
from .options import Options
from .reading import Row
from .report import ImportReport

COLUMNS = (
    *("*InvoiceNo", "*Customer", "*InvoiceDate", "*DueDate", "Terms", "Location", "Memo"),
    *("Item(Product/Service)", "ItemDescription", "ItemQuantity", "ItemRate", "*ItemAmount", "Service Date"),
)
_OF_THE_INVOICE = ("*Customer", "*InvoiceDate", "*DueDate", "Terms", "Memo")
_COLUMN_OF = {
    "number": "*InvoiceNo",
    "contact": "*Customer",
    "name": "*Customer",
    "date": "*InvoiceDate",
    "due_date": "*DueDate",
    "term": "Terms",
    "memo": "Memo",
    "item": "Item(Product/Service)",
    "description": "ItemDescription",
    "quantity": "ItemQuantity",
    "rate": "ItemRate",
    "amount": "*ItemAmount",
    "service_date": "Service Date",
}
_SEVEN_PLACES = Decimal("0.0000001")
R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True)
class Parsed:
    line: int
    number: str
    contact: Contact  # not stored yet where the customer is new
    date: datetime.date
    due_date: datetime.date
    term: Term | None
    memo: str
    lines: list[LineDraft]

    @property
    def total(self) -> Decimal:
        return sum((line.amount or Decimal(0) for line in self.lines), Decimal(0))


class Parser:
    def __init__(self, company: Company, options: Options, report: ImportReport) -> None:
        self.company, self.options, self.report = company, options, report
        self.read_date = date_reader(options.date_format)
        self.contacts = _by_names(Contact.objects.of(company).only("name", "archived", "company"))
        self.items = _by_names(Item.objects.of(company))
        self.terms = _by_names(Term.objects.of(company))

    def parse(self, rows: list[Row]) -> Parsed | None:
        """None where any row is bad; the report then says which and why."""
        before = self.report.error_count
        header = self._header(rows[0])
        for row in rows[1:]:
            self._agree(rows[0], row)
        lines = [self._line(row) for row in rows]
        if self.report.error_count > before or header is None:
            return None
        parsed = replace(header, lines=lines)
        self._check_whole(rows[0], parsed)
        return parsed if self.report.error_count == before else None

    def _header(self, row: Row) -> Parsed | None:
        cells = _Cells(row)
        day = cells.read("date", self.read_date)
        due = cells.read("due_date", self.read_date)
        contact = self._contact(cells)
        term = self._named(self.terms, "term", cells) if cells["term"] else None
        check_texts(Invoice, {"number": cells["number"], "memo": cells["memo"]}, cells.wrong)
        cells.wrong.unless(cells["number"], "number", "Is needed.")
        check_date(day, "date", cells.wrong)
        check_date(due, "due_date", cells.wrong)
        if self.options.approve and day is not None:
            check_open(self.company, [day], "date", cells.wrong)
        cells.report(self.report)
        if day is None or due is None or contact is None:
            return None
        return Parsed(row.line, cells["number"], contact, day, due, term, cells["memo"], [])

    def _contact(self, cells: _Cells) -> Contact | None:
        name = cells["contact"]
        if not name or not self.contacts[folded(name)]:
            made = Contact(company=self.company, name=name)
            contacts.check(made, cells.wrong)
            if "name" in cells.wrong.errors:
                return None
            self.contacts[folded(name)].append(made)
        return self._named(self.contacts, "contact", cells)

    def _named(self, known: dict[str, list[R]], field: str, cells: _Cells) -> R | None:
        found = known.get(folded(cells[field]), [])
        active = [record for record in found if not getattr(record, "archived", False)] or found
        if len(active) == 1:
            check_reference(self.company, active[0], field, cells.wrong)
            return active[0]
        several = f"There are {len(active)} of this name; give one of them another."
        cells.wrong.add(field, several if active else "Is not known here; QuickBooks' lists have none of this name.")
        return None

    def _agree(self, first: Row, row: Row) -> None:
        """Terms and memo may be left out after the first row."""
        for column in _OF_THE_INVOICE:
            left_out = not column.startswith("*") and not row[column]
            if row[column] != first[column] and not left_out:
                reason = f"Differs from line {first.line} of the same invoice, which has “{first[column]}”."
                self.report.add_error(row.line, column, row[column], reason)

    def _line(self, row: Row) -> LineDraft:
        cells = _Cells(row)
        if row.problem:
            self.report.add_error(row.line, "", "", row.problem)
        if not row["*InvoiceNo"]:
            cells.wrong.add("number", "Is needed.")
        if row["Location"]:
            self.report.add_error(row.line, "Location", row["Location"], "Locations are not kept here. Leave it empty.")
        line = _derived(
            LineDraft(
                item=self._item(cells),
                description=cells["description"],
                quantity=cells.read_optional("quantity", number),
                rate=cells.read_optional("rate", number),
                amount=cells.read("amount", number),
                service_date=cells.read_optional("service_date", self.read_date),
            )
        )
        if not cells.wrong.errors:
            check_line(self.company, line, InvoiceLine, cells.wrong)
        cells.report(self.report)
        return line

    def _item(self, cells: _Cells) -> Item:
        if not cells["item"]:
            cells.wrong.add("item", "Is needed: QuickBooks files every line under a product or service.")
            return Item()
        return self._named(self.items, "item", cells) or Item()

    def _check_whole(self, row: Row, parsed: Parsed) -> None:
        if not 0 <= parsed.total <= LARGEST:
            reason = f"The lines come to {parsed.total}; a total must be between 0 and {LARGEST:,}."
            self.report.add_error(row.line, "*ItemAmount", row["*ItemAmount"], reason)
        if len(parsed.lines) > MOST_LINES:
            self.report.add_error(row.line, "*InvoiceNo", parsed.number, f"Has more than {MOST_LINES:,} lines.")


class _Cells:
    """One row's cells by field, and what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self.row, self.wrong = row, Refusals()

    def __getitem__(self, field: str) -> str:
        return self.row[_COLUMN_OF[field]]

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        if not self[field]:
            self.wrong.add(field, "Is needed.")
        return self.read_optional(field, reader)

    def read_optional(self, field: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self[field]) if self[field] else None
        except BadCell as bad:
            self.wrong.add(field, str(bad))
            return None

    def report(self, report: ImportReport) -> None:
        for field, reason in self.wrong.errors.items():
            column = _COLUMN_OF[field]
            report.add_error(self.row.line, column, self.row[column], reason)


def _derived(line: LineDraft) -> LineDraft:
    """Of quantity and rate, one left out follows from the other and the amount; the check says if it does not."""
    if line.amount is None or (line.quantity is None) == (line.rate is None):
        return line
    given = line.quantity if line.quantity is not None else line.rate
    found = (line.amount / given).quantize(_SEVEN_PLACES) if given else Decimal(0)
    return replace(line, rate=found) if line.rate is None else replace(line, quantity=found)


def _by_names(records: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        names = (getattr(record, name, "") for name in ("name", "full_name"))
        for name in {folded(name) for name in names if name}:
            found[name].append(record)
    return found
