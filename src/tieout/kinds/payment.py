"""A payment received, and the carrier (total 0) that sets credit notes against invoices."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

import msgspec

from .documents import is_void, like_void
from .fields import amount, of_groups, ref, text, to_ref, without_blanks, without_nothing
from .kind import Kind, Likeness, Object, Problem, RefMapper, Traits, Values
from .limits import beyond_calendars, control_characters, too_large, too_long

DAYS_APART = 7
LONGEST = {"reference": 21, "memo": 4000}
ENDS = ("Invoice", "CreditMemo")
"""What our allocations can name; everything else is a settlement that is only read."""


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    entity: str
    id: str | None
    amount: Decimal


class Payment(Values, frozen=True, kw_only=True):
    contact: str | None
    currency: str = ""
    date: datetime.date
    total: Decimal
    deposit_account: str | None = None
    reference: str = ""
    memo: str = ""
    allocations: tuple[Allocation, ...] = ()  # one per document, whatever QuickBooks split
    void: bool = False
    deposited: bool = False  # in a bank deposit, which locks it


def _allocations(obj: Object) -> tuple[Allocation, ...]:
    sums: dict[tuple[str, str], Decimal] = {}
    for line in obj.get("Line") or []:
        for linked in line.get("LinkedTxn") or []:
            end = (text(linked.get("TxnType")), text(linked.get("TxnId")))
            sums[end] = sums.get(end, Decimal(0)) + amount(line.get("Amount"))
    return tuple(Allocation(entity=entity, id=id_, amount=sums[entity, id_]) for entity, id_ in sorted(sums))


def parse(obj: Object) -> Payment:
    return Payment(
        contact=ref(obj.get("CustomerRef")),
        currency=ref(obj.get("CurrencyRef")) or "",
        date=datetime.date.fromisoformat(str(obj["TxnDate"])[:10]),
        total=amount(obj.get("TotalAmt")),
        deposit_account=ref(obj.get("DepositToAccountRef")),
        reference=text(obj.get("PaymentRefNum")),
        memo=text(obj.get("PrivateNote")),
        allocations=_allocations(obj),
        void=is_void(obj) and not obj.get("Line"),
        deposited=any(linked.get("TxnType") == "Deposit" for linked in obj.get("LinkedTxn") or []),
    )


def _write_lines(payment: Payment) -> list[Object]:
    return [
        {"Amount": part.amount, "LinkedTxn": [{"TxnId": part.id, "TxnType": part.entity}]}
        for part in payment.allocations
    ]


def body(values: Payment, groups: Collection[str], latest: Object | None, *, their_tax: bool) -> Object:  # noqa: ARG001
    writers: dict[str, Object] = {
        "money": without_nothing(
            {
                "CustomerRef": to_ref(values.contact),
                "TotalAmt": values.total,
                "TxnDate": values.date.isoformat(),
                "DepositToAccountRef": to_ref(values.deposit_account),
            }
        ),
        "reference": {"PaymentRefNum": values.reference},
        "memo": {"PrivateNote": values.memo},
        "allocations": {"Line": _write_lines(values)},
    }
    written = of_groups(writers, groups)
    if latest is None:
        return without_blanks(written)
    if "allocations" in groups or "money" in groups:
        # A changed total without its lines would leave them to QuickBooks' guess; what is not ours to change stays.
        kept = {name: latest[name] for name in ("CustomerRef", "TotalAmt", "Line") if name in latest}
        return kept | written
    return written


def _money(payment: Payment) -> object:
    if payment.void:
        return "void"
    return (payment.contact, payment.total, payment.date, payment.deposit_account)


def _sums(payment: Payment) -> object:
    return () if payment.void else tuple(sorted((p.entity, p.id or "", p.amount) for p in payment.allocations))


def map_refs(payment: Payment, map_ref: RefMapper) -> Payment:
    parts = tuple(
        msgspec.structs.replace(part, id=map_ref(part.entity, part.id)) if part.entity in ENDS else part
        for part in payment.allocations
    )
    return msgspec.structs.replace(
        payment,
        contact=map_ref("Customer", payment.contact),
        deposit_account=map_ref("Account", payment.deposit_account),
        allocations=parts,
    )


def fill(sent: Payment, answer: Payment, *, their_tax: bool) -> Payment:  # noqa: ARG001 - payments carry no tax
    changes: dict[str, Any] = {"currency": answer.currency, "deposited": answer.deposited}
    if sent.deposit_account is None:
        changes["deposit_account"] = answer.deposit_account
    return msgspec.structs.replace(sent, **changes)


def traits(payment: Payment) -> Traits:
    return Traits(number=payment.reference, contact=payment.contact or "", date=payment.date, total=payment.total)


def likeness(ours: Payment, theirs: Payment) -> Likeness:
    if theirs.void:
        same = (ours.contact, ours.date, ours.reference) == (theirs.contact, theirs.date, theirs.reference)
        return like_void(ours, theirs, is_named=same and ours.reference != "")
    if (ours.contact, ours.total) != (theirs.contact, theirs.total):
        return Likeness.NONE
    pays_the_same = _sums(ours) == _sums(theirs) or (ours.void and ours.total != 0)  # a void sets free what was paid
    if (ours.date, ours.reference) == (theirs.date, theirs.reference) and pays_the_same:
        return Likeness.SURE
    if ours.total == 0:
        # Two carriers are the same act only where they touch the same documents.
        return Likeness.CANDIDATE if _sums(ours) == _sums(theirs) else Likeness.NONE
    near = abs((ours.date - theirs.date).days) < DAYS_APART
    return Likeness.CANDIDATE if near else Likeness.NONE


FIELDS = {
    "money": ("contact", "currency", "total", "date", "deposit_account"),
    "reference": ("reference",),
    "memo": ("memo",),
    "allocations": ("allocations",),
    "void": ("void",),
    "deposited": ("deposited",),
}


def problems(payment: Payment) -> list[Problem]:
    if payment.void:
        return []
    found = too_long(payment, LONGEST) + control_characters(payment, FIELDS)
    found += too_large({"total": payment.total}) + beyond_calendars({"date": payment.date})
    if payment.total < 0:
        found.append(Problem(reason="negative_total", facts={"total": str(payment.total)}))
    if any(part.amount <= 0 for part in payment.allocations):
        found.append(Problem(reason="allocation_not_positive", group="allocations"))
    if open_rest(payment) < 0:
        found.append(Problem(reason="over_applied", facts={"total": str(payment.total)}))
    return found


def open_rest(payment: Payment) -> Decimal:
    """Total and credits taken up, less what is paid with them."""
    credits = sum((p.amount for p in payment.allocations if p.entity == "CreditMemo"), Decimal(0))
    paid = sum((p.amount for p in payment.allocations if p.entity != "CreditMemo"), Decimal(0))
    return payment.total + credits - paid


def read_only(ours: Payment, theirs: Payment | None, groups: Collection[str]) -> Problem | None:
    if theirs is not None and theirs.deposited:
        return Problem(reason="deposited")
    if "allocations" in groups and any(part.entity not in ENDS for part in ours.allocations):
        return Problem(reason="settled_otherwise")
    return None


PAYMENT: Kind[Payment] = Kind(
    name="payment",
    entity="Payment",
    values=Payment,
    groups={
        "money": _money,
        "reference": lambda payment: payment.reference,
        "memo": lambda payment: "" if payment.void else payment.memo,
        "allocations": _sums,
        "void": lambda payment: payment.void,
        "deposited": lambda payment: payment.deposited,
    },
    fields=FIELDS,
    parse=parse,
    body=body,
    traits=traits,
    map_refs=map_refs,
    likeness=likeness,
    problems=problems,
    read_only=read_only,
    fill=fill,
    needs=("Customer", "Account", "Invoice", "CreditMemo"),
    money=frozenset({"money", "allocations"}),
    inward_groups=frozenset({"deposited"}),
    can_void=True,
    open_amount=lambda obj: amount(obj.get("UnappliedAmt")),
    weightless=lambda payment: payment.total == 0,
    ties_nothing=lambda payment: payment.total == 0 and (payment.void or not payment.allocations),
)
