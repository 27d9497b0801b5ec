"""Values in QuickBooks' ids as a person reads them: what it names goes by the name under which it is synced."""

from __future__ import annotations

from typing import Any

from tieout.pages.deciding.values import in_words
from tieout.pages.formatting import money
from tieout.subledger.models import Company
from tieout.sync.models import Link

ENTITIES = {
    "contact": ("Customer", "Vendor"),
    "tax_code": ("TaxCode",),
    "deposit_account": ("Account",),
    "term": ("Term",),
}


def in_their_words(company: Company, member: str, value: Any) -> str:
    member = member.replace(" ", "_")
    if value in (None, "", ()):
        return "–"
    if member in ENTITIES:
        return _named(company, ENTITIES[member], value)
    if member == "lines":
        return "\n".join(_line(company, line) for line in value)
    if member == "allocations":
        return "\n".join(
            f"{part.entity} {_named(company, (part.entity,), part.id)}: {money(part.amount, company.currency)}"
            for part in value
        )
    return in_words(company, member, value)


def _line(company: Company, line: Any) -> str:
    what = _named(company, ("Item",), line.item) if line.item else line.type.capitalize()
    return ", ".join(text for text in (what, line.description, money(line.amount, company.currency)) if text)


def _named(company: Company, entities: tuple[str, ...], id_: Any) -> str:
    link = Link.objects.of(company).filter(entity__in=entities, qbo_id=str(id_)).first()
    return (link.number or link.name or str(id_)) if link else str(id_)
