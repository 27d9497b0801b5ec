from __future__ import annotations

from . import documents
from .documents import Document
from .fields import amount
from .kind import Kind, Object


class CreditNote(Document, frozen=True, kw_only=True):
    pass


def parse(obj: Object) -> CreditNote:
    return CreditNote(**documents.parse_members(obj))


CREDIT_NOTE: Kind[CreditNote] = Kind(
    name="credit_note",
    entity="CreditMemo",
    values=CreditNote,
    groups=documents.GROUPS,
    fields=documents.FIELDS,
    parse=parse,
    body=documents.body,
    traits=documents.traits,
    map_refs=documents.map_refs,
    likeness=documents.likeness,
    problems=documents.problems,
    doubts=documents.doubts,
    read_only=documents.read_only,
    fill=documents.fill,
    needs=("Customer", "Item", "TaxCode", "Class"),
    money=frozenset({"money"}),
    zeroed=documents.zeroed,
    open_amount=lambda obj: amount(obj.get("RemainingCredit", obj.get("Balance"))),
)
