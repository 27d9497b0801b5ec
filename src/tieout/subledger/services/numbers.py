"""Document numbers: invoices and credit notes of a company share one row of them, as in QuickBooks."""

from __future__ import annotations

import re

from tieout.subledger.models import Company, CreditNote, Document, Invoice

from .refusal import Refusals

_FIRST = "1001"
_ENDS_IN_DIGITS = re.compile(r"(.*?)(\d+)", re.DOTALL)


def next_number(company: Company, model: type[Invoice] | type[CreditNote]) -> str:
    """The one after the number given last to a document of this kind. Call it while holding the company."""
    number = _after(_last(company, model))
    while holder(company, number) is not None:
        number = _after(number)
    return number


def holder(company: Company, number: str, besides: Document | None = None) -> Document | None:
    """The document that has the number, if any."""
    for model in (Invoice, CreditNote):
        others = model.objects.filter(company=company, number=number).only("company", "contact", "date", "number")
        if isinstance(besides, model):
            others = others.exclude(pk=besides.pk)
        if (found := others.first()) is not None:
            return found
    return None


def check_number(document: Document, wrong: Refusals) -> None:
    if not document.number:
        return
    found = holder(document.company, document.number, besides=document)
    if found is not None:
        wrong.add("number", f"{found.number} is already the number of {describe(found)}.")


def describe(document: Document) -> str:
    return f"the {document._meta.verbose_name} of {document.date.isoformat()} for {document.contact}"


def _last(company: Company, model: type[Invoice] | type[CreditNote]) -> str:
    numbered = model.objects.filter(company=company, number__regex=r"[0-9]$").order_by("-pk")
    return numbered.values_list("number", flat=True).first() or ""


def _after(number: str) -> str:
    match = _ENDS_IN_DIGITS.fullmatch(number)
    if match is None:
        return _FIRST
    head, digits = match.groups()
    return f"{head}{int(digits) + 1:0{len(digits)}d}"
