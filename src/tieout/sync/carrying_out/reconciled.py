"""Payments that were reconciled with a bank statement: to change one would take the reconciliation apart unseen.
Nothing in the object says so; one report does, and is asked only about what went straight to a bank account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tieout.quickbooks.errors import ReadFailed
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.json import loads
from tieout.sync.deciding.pair import Act, Decision, State, Verdict
from tieout.sync.models import Seen
from tieout.sync.running import Running

TOUCHES = frozenset({"money", "void"})
BANKS = ("Bank", "Credit Card")


def reconciled(run: Running, decisions: Sequence[Decision[Any]]) -> dict[str, Verdict]:
    """What holds them, by id; one call, and none where none of them went straight to a bank account."""
    asked = [decision.pair.there for decision in decisions if _touches_money(decision)]
    banks = _banks(run, {account for theirs in asked if (account := theirs.values.deposit_account)})
    banked = [theirs for theirs in asked if theirs.values.deposit_account in banks]
    if not banked:
        return {}
    days = [theirs.values.date for theirs in banked]
    span = {"start_date": min(days).isoformat(), "end_date": max(days).isoformat()}
    try:
        answer = run.client.get(requests.report("TransactionList", cleared="Reconciled", columns="txn_type", **span))
    except ReadFailed as failed:
        unknown = Verdict(State.WAITING, "try_later", {"detail": str(failed)})
        return {theirs.id: unknown for theirs in banked}
    found = set(_ids(answer.object.get("Rows") or {}))
    return {theirs.id: Verdict(State.HELD, "reconciled") for theirs in banked if theirs.id in found}


def on_statement(decision: Decision[Any], held: Mapping[str, Verdict]) -> Verdict | None:
    theirs = decision.pair.theirs
    return held.get(theirs.id) if theirs is not None and _touches_money(decision) else None


def _touches_money(decision: Decision[Any]) -> bool:
    write, theirs = decision.write, decision.pair.theirs
    if write is None or theirs is None or not hasattr(theirs.values, "deposit_account") or theirs.values.total == 0:
        return False
    return write.act in (Act.VOID, Act.DELETE) or bool(write.groups & TOUCHES)


def _banks(run: Running, accounts: set[str]) -> set[str]:
    """Those among them that statements are of."""
    named = Seen.objects.filter(company=run.company, entity="Account", qbo_id__in=accounts, deleted=False)
    return {seen.qbo_id for seen in named if loads(bytes(seen.body)).get("AccountType") in BANKS}


def _ids(rows: dict[str, Any]) -> Iterator[str]:
    """Of payments; sections stand within sections."""
    for row in rows.get("Row", ()):
        for cell in row.get("ColData", ()):
            if cell.get("value") == "Payment" and cell.get("id"):
                yield str(cell["id"])
        yield from _ids(row.get("Rows") or {})
