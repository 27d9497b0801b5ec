"""The lines of a document, as a person gives them and as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tieout.kinds.limits import LARGEST, MOST_LINES
from tieout.subledger.models import (
    Class,
    Company,
    CreditNoteLine,
    Document,
    InvoiceLine,
    Item,
    Line,
    LineType,
    TaxCode,
)
from tieout.subledger.money import exponent, fits

from . import totals
from .references import check_date, check_reference
from .refusal import Refusals
from .texts import check_texts

_PLACES = Decimal("0.0000001")


@dataclass(frozen=True)
class LineDraft:
    """The amount may be left out where quantity and rate are given, and the other way round."""

    item: Item
    amount: Decimal | None = None
    quantity: Decimal | None = None
    rate: Decimal | None = None
    description: str = ""
    tax_code: TaxCode | None = None
    klass: Class | None = None
    service_date: date | None = None


def complete(line: LineDraft, currency: str) -> LineDraft:
    if line.amount is None and line.quantity is not None and line.rate is not None:
        return replace(line, amount=totals.line_amount(line.quantity, line.rate, currency))
    return line


def check_lines(
    company: Company, lines: Sequence[LineDraft], model: type[Line], wrong: Refusals, known: Iterable[Line] = ()
) -> None:
    """`known`: the lines so far, whose references may have become inactive since."""
    wrong.unless(len(lines) <= MOST_LINES, "lines", f"Has {len(lines)} lines; QuickBooks takes at most {MOST_LINES:,}.")
    items = {line.item_id for line in known}
    for place, line in enumerate(lines, 1):
        mine = Refusals()
        check_line(company, line, model, mine, new_item=line.item.pk not in items)
        for field, sentence in mine.errors.items():
            wrong.add(f"lines.{place}.{field}", sentence)


def check_line(company: Company, line: LineDraft, model: type[Line], wrong: Refusals, new_item: bool = True) -> None:
    if new_item:
        check_reference(company, line.item, "item", wrong)
    check_reference(company, line.tax_code, "tax_code", wrong)
    check_reference(company, line.klass, "klass", wrong)
    check_date(line.service_date, "service_date", wrong)
    check_texts(model, {"description": line.description}, wrong)
    check_amounts(line, company.currency, wrong)


def check_amounts(line: LineDraft, currency: str, wrong: Refusals) -> None:
    for field in ("quantity", "rate"):
        check_factor(getattr(line, field), field, wrong)
    if line.amount is None:
        wrong.add("amount", "Is needed, or both quantity and rate.")
    elif not fits(line.amount, currency):
        wrong.add("amount", f"{currency} amounts have at most {exponent(currency)} decimals and 11 digits before.")
    elif not wrong.errors and line.quantity is not None and line.rate is not None:
        product = totals.line_amount(line.quantity, line.rate, currency)
        wrong.unless(
            product == line.amount,
            "amount",
            f"Is {line.amount}, but {line.quantity:f} × {line.rate:f} comes to {product}.",
        )


def check_factor(value: Decimal | None, field: str, wrong: Refusals) -> None:
    if value is None:
        return
    if not value.is_finite() or abs(value) > LARGEST:
        wrong.add(field, f"Must be a number of at most {LARGEST:,}.")
    elif value != value.quantize(_PLACES):
        wrong.add(field, "Has more than seven decimals; QuickBooks keeps seven.")


def as_rows(lines: Iterable[LineDraft]) -> list[dict[str, Any]]:
    """The fields of InvoiceLine or CreditNoteLine, but for the document."""
    return [
        {"position": position, "type": LineType.ITEM}
        | {field.name: getattr(line, field.name) for field in fields(line)}
        for position, line in enumerate(lines, 1)
    ]


def lines_of(document: Document) -> QuerySet[InvoiceLine] | QuerySet[CreditNoteLine]:
    lines: QuerySet[InvoiceLine] | QuerySet[CreditNoteLine] = document.lines.all()  # type: ignore[attr-defined]
    return lines


def percent(line_code: TaxCode | None, document_code: TaxCode | None) -> Decimal:
    """Of a line: its own code's rate, or the document's where the code only marks the line as taxed."""
    if line_code is None:
        return Decimal(0)
    if line_code.rate is not None:
        return line_code.rate
    if line_code.name == "TAX" and document_code is not None and document_code.rate is not None:
        return document_code.rate
    return Decimal(0)


def tax_of(lines: Iterable[LineDraft], document_code: TaxCode | None, currency: str) -> Decimal:
    taxed = ((line.amount or Decimal(0), percent(line.tax_code, document_code)) for line in lines)
    return totals.tax(taxed, currency)


def drafts_of(document: Document) -> list[LineDraft]:
    """The lines that have an item, as they are stored; none for a document that is not stored yet."""
    if document.pk is None:
        return []
    return [
        LineDraft(**{field.name: getattr(line, field.name) for field in fields(LineDraft)})
        for line in lines_of(document).select_related("item", "tax_code", "klass")
        if line.item is not None
    ]
