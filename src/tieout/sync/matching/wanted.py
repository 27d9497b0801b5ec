"""What documents in scope name: their contacts come along, and older documents that they are applied to as stubs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from tieout.kinds import BY_ENTITY
from tieout.kinds.payment import ENDS
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company
from tieout.sync.models import Link, Seen

from .scope import Scope

DOCUMENTS = ("Invoice", "CreditMemo", "Payment")


@dataclass(frozen=True)
class Wanted:
    contacts: set[str] = field(default_factory=set)
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def wanted(company: Company, scope: Scope, *, in_full: bool) -> Wanted:
    found = Wanted()
    for entity, contact, dated, updated_at, balance, body in _in_question(company, in_full=in_full):
        if scope.has_theirs(dated, updated_at, balance or Decimal(0)):
            found.contacts.add(contact)
            if entity == "Payment":
                _note_ends(found, body)
    for entity, ids in found.documents.items():
        seen = Seen.objects.filter(company=company, entity=entity, qbo_id__in=ids)
        found.contacts.update(seen.values_list("contact", flat=True))
    return found


def _in_question(company: Company, *, in_full: bool) -> Iterable[tuple[Any, ...]]:
    rows = Seen.objects.filter(company=company, entity__in=DOCUMENTS, deleted=False)
    if not in_full:
        due = Link.objects.of(company).filter(due=True, entity__in=DOCUMENTS).values("qbo_id")
        rows = rows.filter(Q(pending=True) | Q(qbo_id__in=due))
    needed = rows.values_list("entity", "contact", "date", "updated_at", "balance", "body")
    return needed.iterator(chunk_size=1000)


def _note_ends(found: Wanted, body: bytes) -> None:
    payment = BY_ENTITY["Payment"].parse(loads(bytes(body)))
    for part in payment.allocations:
        if part.entity in ENDS and part.id:
            found.documents[part.entity].add(part.id)
