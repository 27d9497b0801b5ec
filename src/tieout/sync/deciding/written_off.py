"""The credit memo by which QuickBooks writes off what a customer owes who is made inactive. It is nobody's decision
yet, so neither it nor the inactivity is taken until a person accepts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tieout.kinds.kind import Object
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company
from tieout.sync.models import Link, Seen

from .pair import State

# Intuit's help: "Make a customer inactive". In English, as the documentation gives it.
NOTE = "created by qb online to adjust balance for deletion"
CONTACT, MEMO = "written_off", "write_off"  # the reasons of either


def is_one(body: Object) -> bool:
    return str(body.get("PrivateNote") or "").strip().casefold().startswith(NOTE)


def undecided(company: Company, customer: str) -> Iterator[Seen]:
    memos = Seen.objects.filter(company=company, entity="CreditMemo", contact=customer, deleted=False)
    for seen in memos:
        if is_one(loads(bytes(seen.body))) and not _is_decided(seen):
            yield seen


def _is_decided(seen: Seen) -> bool:
    link = Link.objects.filter(company=seen.company_id, entity=seen.entity, qbo_id=seen.qbo_id).first()
    return link is not None and (
        link.record_id is not None or link.chosen or link.state in (State.UNLINKED, State.SKIPPED)
    )


def of_customer(company: Company, customer: str) -> Mapping[str, Any] | None:
    memos = list(undecided(company, customer))
    if not memos:
        return None
    return {
        "sum": _in_words(sum((memo.total or Decimal(0) for memo in memos), Decimal(0))),
        "label": ", ".join(memo.number or memo.qbo_id for memo in memos),
        "memos": [memo.qbo_id for memo in memos],
    }


def of_memo(body: Object, total: Decimal) -> Mapping[str, Any] | None:
    if not is_one(body):
        return None
    customer = body.get("CustomerRef") or {}
    return {"sum": _in_words(total), "whom": customer.get("name", ""), "customer": customer.get("value", "")}


def _in_words(total: Decimal) -> str:
    return f"{total:,.2f}"
