"""The record in both books side by side, as far as both are known here: nothing is asked of QuickBooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from tieout.pages.kinds import words
from tieout.subledger.models import Record
from tieout.sync.models import Link, Seen

DECODER = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)


@dataclass(frozen=True)
class Fact:
    label: str
    ours: Any
    theirs: Any
    comparable: bool = True

    @property
    def differs(self) -> bool:
        return self.comparable and self.ours != self.theirs


@dataclass(frozen=True)
class BothBooks:
    record: Record | None
    seen: Seen | None
    facts: list[Fact]


def both_books(link: Link) -> BothBooks:
    record = _record(link)
    seen = Seen.objects.filter(company=link.company_id, entity=link.entity, qbo_id=link.qbo_id).first()
    both = record is not None and seen is not None
    theirs = _their_facts(seen) if seen else {}
    ours = _our_facts(record) if record else {}
    shared = [label for label in ("Name", "Number", "Date", "Total", "Balance") if label in ours or label in theirs]
    facts = [Fact(label, ours.get(label), theirs.get(label), both and label in ours) for label in shared]
    version = Fact("Version", record.version if record else None, seen.sync_token if seen else None, False)
    changed = Fact("Last changed", record.changed_at if record else None, _changed(seen), False)
    return BothBooks(record, seen, [*facts, version, changed])


def _record(link: Link) -> Record | None:
    model = words(link.kind).model
    if model is None or link.record_id is None:
        return None
    related = ["contact"] if hasattr(model, "contact") else []
    return model.objects.select_related(*related).filter(company=link.company_id, pk=link.record_id).first()


def _our_facts(record: Record) -> dict[str, Any]:
    contact = getattr(record, "contact", None)
    facts = {
        "Name": contact.name if contact else getattr(record, "name", None),
        "Number": getattr(record, "number", getattr(record, "reference", None)),
        "Date": getattr(record, "date", None),
        "Total": getattr(record, "total", None),
        "Balance": getattr(record, "balance", getattr(record, "unapplied", None)),
    }
    return {label: value for label, value in facts.items() if value not in (None, "")}


def _their_facts(seen: Seen) -> dict[str, Any]:
    body = DECODER.decode(bytes(seen.body)) if seen.body else {}
    reference = body.get("CustomerRef") or body.get("VendorRef") or {}
    facts = {
        "Name": body.get("DisplayName") or reference.get("name") or seen.name or None,
        "Number": body.get("DocNumber", body.get("PaymentRefNum", seen.number or None)),
        "Date": seen.date,
        "Total": seen.total,
        # A customer's balance is what they owe in all; our contact has no such figure to set beside it.
        "Balance": body.get("UnappliedAmt") if seen.entity == "Payment" else seen.balance,
    }
    return {label: value for label, value in facts.items() if value not in (None, "")}


def _changed(seen: Seen | None) -> datetime | None:
    return seen.updated_at if seen else None
