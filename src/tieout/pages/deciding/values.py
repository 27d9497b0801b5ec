"""Values of either book as a person reads them. All are in our ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tieout.pages.formatting import day, money, plain_number
from tieout.subledger.models import Account, Company, Contact, CreditNote, Invoice, Item, Property, TaxCode, Term

MODELS: dict[str, type[Any]] = {
    "contact": Contact,
    "tax_code": TaxCode,
    "deposit_account": Account,
    "property": Property,
    "term": Term,
}
ENDS: dict[str, type[Any]] = {"Invoice": Invoice, "CreditMemo": CreditNote}


def in_words(company: Company, member: str, value: Any) -> str:
    """Several lines are told apart by line ends."""
    member = member.replace(" ", "_")
    if value in (None, "", ()):
        return "–"
    if member in MODELS:
        return _named(company, MODELS[member], value)
    if member in TEXTS:
        return "\n".join(TEXTS[member](company, part) for part in value)
    return _plain(company, value)


def _plain(company: Company, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return money(value, company.currency)
    if isinstance(value, date):
        return day(value)
    if hasattr(value, "__struct_fields__"):
        parts = (getattr(value, name) for name in value.__struct_fields__)
        return "\n".join(str(part) for part in parts if part)
    return str(value)


def _named(company: Company, model: type[Any], id_: str) -> str:
    found = model.objects.filter(company=company, pk=int(id_)).first() if str(id_).isdecimal() else None
    return str(found) if found is not None else str(id_)


def _line(company: Company, line: Any) -> str:
    what = _named(company, Item, line.item) if line.item else line.type.capitalize()
    factors = f"{plain_number(line.quantity)} × {plain_number(line.rate)} = " if line.quantity and line.rate else ""
    texts = [what, line.description, f"{factors}{money(line.amount, company.currency)}"]
    return ", ".join(text for text in texts if text)


def _allocation(company: Company, part: Any) -> str:
    model = ENDS.get(part.entity)
    named = f"{model._meta.verbose_name} {_named(company, model, part.id)}" if model else f"{part.entity} {part.id}"
    return f"{named}: {money(part.amount, company.currency)}"


TEXTS: dict[str, Callable[[Company, Any], str]] = {"lines": _line, "allocations": _allocation}
