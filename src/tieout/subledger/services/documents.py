"""Invoices and credit notes: making, editing and deleting them; `states` approves and voids them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from tieout.kinds.limits import LARGEST
from tieout.subledger.models import (
    Company,
    CreditNote,
    CreditNoteLine,
    Document,
    Invoice,
    InvoiceLine,
    LineType,
    Status,
)
from tieout.subledger.money import exponent, fits

from .changing import changing, changing_record
from .lines import LineDraft, as_rows, check_lines, complete, drafts_of, lines_of, tax_of
from .numbers import check_number
from .references import check_currency, check_date, check_open, check_reference
from .refusal import Refusals, refuse
from .texts import check_texts, tidy

# `tax` may be given; else it is computed from the tax codes. Due date and terms are an invoice's alone.
HEADER: Final = frozenset(
    "contact property number date memo message tax_code tax due_date term".split()  # noqa: SIM905
)
_REFERENCES: Final = ("contact", "property", "tax_code", "term")
D = TypeVar("D", Invoice, CreditNote)


def create(model: type[D], company: Company, by: str, *, lines: Sequence[LineDraft], **header: Any) -> D:
    """A draft. `header`: any of HEADER; contact and date are needed."""
    with changing(company):
        document = model(company=company, currency=company.currency)
        wrong = Refusals()
        changed = _set_header(document, header)
        _check_header(document, changed, wrong)
        _put_lines(document, lines, header.get("tax"), wrong)
        wrong.stop()
        document.balance = document.total
        document.save_change(by)
        _add_lines(document, lines)
    return document


def edit(
    document: Document,
    by: str,
    *,
    lines: Sequence[LineDraft] | None = None,
    seen_version: int | None = None,
    **header: Any,
) -> None:
    """Changes what is given; lines are replaced as a whole. `seen_version` is what the person had on screen."""
    with changing_record(document, seen_version):
        _check_editable(document)
        before = _Before.of(document)
        changed = _set_header(document, header)
        lines = _lines_to_put(document, lines, changed)
        if not changed and lines is None:
            return
        wrong = Refusals()
        _check_header(document, changed, wrong)
        if lines is not None:
            _put_lines(document, lines, header.get("tax"), wrong)
        before.check(document, wrong)
        wrong.stop()
        document.balance = document.total - before.applied
        document.save_change(by)
        if lines is not None:
            _store_lines(document, lines)


def delete(document: Document, seen_version: int | None = None) -> None:
    """Only a draft; what was approved is voided instead, so that both books keep a trace of it."""
    with changing_record(document, seen_version):
        if document.status != Status.DRAFT:
            raise refuse("Only a draft can be deleted. Void it instead.")
        document.delete()


def check_full(document: Document, wrong: Refusals) -> None:
    """All that is checked of a draft, once more: its references may have become inactive since."""
    _check_header(document, HEADER, wrong)
    check_lines(document.company, drafts_of(document), _line_model(document), wrong)


@dataclass(frozen=True)
class _Before:
    """What an edit is measured against."""

    date: date
    contact_id: int
    applied: Decimal

    @classmethod
    def of(cls, document: Document) -> _Before:
        return cls(document.date, document.contact_id, document.total - document.balance)

    def check(self, document: Document, wrong: Refusals) -> None:
        if document.status == Status.APPROVED:
            check_open(document.company, [self.date, document.date], "date", wrong)
        if not self.applied:
            return
        if document.contact_id != self.contact_id:
            wrong.add("contact", f"{self.applied} is applied to it. Un-apply that before you change who it is for.")
        if document.total < self.applied:
            wrong.add("lines", f"Comes to {document.total}, less than the {self.applied} applied to it.")


def _check_editable(document: Document) -> None:
    if document.stub:
        raise refuse("It is older than the date this company syncs from, so it is kept here for reading only.")
    if document.status == Status.VOID:
        raise refuse("It is void. Make a new one instead.")
    wrong = Refusals()
    check_currency(document.company, document.currency, wrong)
    wrong.stop()


def _set_header(document: Document, header: dict[str, Any]) -> set[str]:
    """Returns what is different now."""
    if unknown := [name for name in header if name not in HEADER or not hasattr(type(document), name)]:
        raise TypeError(f"{document._meta.verbose_name} has no {', '.join(unknown)}")
    changed = set()
    for name, given in header.items():
        if name == "tax" and given is None:
            continue
        value = tidy(given) if isinstance(given, str) else given
        if getattr(document, f"{name}_id" if name in _REFERENCES else name) != _comparable(value):
            setattr(document, name, value)
            changed.add(name)
    return changed


def _comparable(value: Any) -> Any:
    return getattr(value, "pk", value)


def _check_header(document: Document, fields: frozenset[str] | set[str], wrong: Refusals) -> None:
    wrong.unless(document.contact_id, "contact", "Is needed.")
    wrong.unless(document.date, "date", "Is needed.")
    for name in fields & {*_REFERENCES} & {field.name for field in document._meta.fields}:
        check_reference(document.company, getattr(document, name), name, wrong)
    texts = {name: getattr(document, name) for name in ("number", "memo", "message")}
    check_texts(type(document), texts, wrong)
    if "number" in fields:
        check_number(document, wrong)
    check_date(document.date, "date", wrong)
    if isinstance(document, Invoice) and document.date:
        _settle_due_date(document, fields)
        check_date(document.due_date, "due_date", wrong)


def _settle_due_date(invoice: Invoice, fields: frozenset[str] | set[str]) -> None:
    """QuickBooks would fill in a due date of its own, so there always is one."""
    terms_moved = bool(fields & {"term", "date"}) and "due_date" not in fields and invoice.term is not None
    if invoice.due_date is None or terms_moved:
        days = invoice.term.days if invoice.term is not None else None
        invoice.due_date = invoice.date + timedelta(days=days or 0)


def _lines_to_put(
    document: Document, lines: Sequence[LineDraft] | None, changed: set[str]
) -> Sequence[LineDraft] | None:
    """None where the lines stay as they are and so does the tax on them."""
    stored = drafts_of(document)
    if lines is not None and [complete(line, document.currency) for line in lines] == stored:
        lines = None
    if lines is None and changed & {"tax", "tax_code"}:
        lines = stored
    if (lines is not None or "contact" in changed) and _has_foreign_lines(document):
        raise refuse("It has discounts, subtotals or bundles, which only QuickBooks can change. Change it there.")
    return lines


def _has_foreign_lines(document: Document) -> bool:
    return lines_of(document).exclude(type=LineType.ITEM).exists()


def _put_lines(document: Document, lines: Sequence[LineDraft], tax: Decimal | None, wrong: Refusals) -> None:
    """Sets tax and total."""
    full = [complete(line, document.currency) for line in lines]
    known = lines_of(document) if document.pk else ()
    check_lines(document.company, full, _line_model(document), wrong, known)
    if any(field.startswith("lines") for field in wrong.errors):
        return
    net = sum((line.amount or Decimal(0) for line in full), Decimal(0))
    document.tax = tax_of(full, document.tax_code, document.currency) if tax is None else tax
    document.total = net + document.tax
    _check_total(document, wrong)


def _check_total(document: Document, wrong: Refusals) -> None:
    if not fits(document.tax, document.currency):
        wrong.add("tax", f"{document.currency} amounts have at most {exponent(document.currency)} decimals.")
    if not 0 <= document.total <= LARGEST:
        wrong.add("lines", f"Come to {document.total}; a total must be between 0 and {LARGEST:,}.")


def _line_model(document: Document) -> type[InvoiceLine] | type[CreditNoteLine]:
    return InvoiceLine if isinstance(document, Invoice) else CreditNoteLine


def _store_lines(document: Document, lines: Sequence[LineDraft]) -> None:
    lines_of(document).delete()
    _add_lines(document, lines)


def _add_lines(document: Document, lines: Sequence[LineDraft]) -> None:
    rows = as_rows(complete(line, document.currency) for line in lines)
    if isinstance(document, Invoice):
        InvoiceLine.objects.bulk_create([InvoiceLine(document=document, **fields) for fields in rows])
    elif isinstance(document, CreditNote):
        CreditNoteLine.objects.bulk_create([CreditNoteLine(document=document, **fields) for fields in rows])
