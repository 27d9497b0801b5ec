"""The credit memo by which QuickBooks writes off what a customer owes who is made inactive. It is nobody's decision
yet, so neither it nor the inactivity is taken until a person accepts it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tieout.kinds.fields import amount
from tieout.kinds.kind import Object
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company
from tieout.sync.models import Link, Seen

from .pair import State

# Intuit's help: "Make a customer inactive". In English; companies in another language get another text.
NOTE = "created by qb online to adjust balance for deletion"
# QuickBooks does both in one act, so the two times are the same but for the moments that storing takes.
SAME_ACT = timedelta(minutes=1)
CONTACT, MEMO = "written_off", "write_off"  # the reasons of either

MadeInactive = Mapping[str, datetime]
"""When each inactive customer, by id, was last changed: with that it was made inactive."""


def made_inactive(company: Company, customers: Collection[str]) -> MadeInactive:
    rows = Seen.objects.filter(company=company, entity="Customer", qbo_id__in=customers, deleted=False)
    return {seen.qbo_id: seen.updated_at for seen in rows if not loads(bytes(seen.body)).get("Active", True)}


def is_one(memo: Seen, body: Object, inactive: MadeInactive) -> bool:
    """By its note, which depends on the company's language; or by what it does: it was made in the very act that made
    its customer inactive, and nothing of it is left to give."""
    if str(body.get("PrivateNote") or "").strip().casefold().startswith(NOTE):
        return True
    at, made_at = inactive.get(memo.contact), memo.created_at
    if at is None or made_at is None or abs(at - made_at) > SAME_ACT:
        return False
    return amount(body.get("TotalAmt")) > 0 and amount(body.get("RemainingCredit", body.get("Balance"))) == 0


def undecided(company: Company, customer: str) -> Iterator[Seen]:
    inactive = made_inactive(company, [customer])
    memos = Seen.objects.filter(company=company, entity="CreditMemo", contact=customer, deleted=False)
    for seen in memos:
        link = Link.objects.filter(company=company, entity=seen.entity, qbo_id=seen.qbo_id).first()
        known = link is not None and link.reason == MEMO
        if (known or is_one(seen, loads(bytes(seen.body)), inactive)) and not _is_decided(link):
            yield seen


def _is_decided(link: Link | None) -> bool:
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


def of_memo(body: Object, total: Decimal) -> Mapping[str, Any]:
    customer = body.get("CustomerRef") or {}
    return {"sum": _in_words(total), "whom": customer.get("name", ""), "customer": customer.get("value", "")}


def _in_words(total: Decimal) -> str:
    return f"{total:,.2f}"
