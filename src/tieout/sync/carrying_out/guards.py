"""What is checked on data of this very run before a write may go out. Each returns the verdict that holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tieout.kinds.fields import folded
from tieout.quickbooks.wire.answers import Object
from tieout.quickbooks.wire.json import loads
from tieout.sync.deciding.pair import Act, Decision, State, Verdict, dated
from tieout.sync.matching import second_name
from tieout.sync.models import Link, Operation, Seen
from tieout.sync.running import Running

from .reconciled import on_statement, reconciled
from .taken_numbers import number_taken, taken_numbers

NAMES = {"Customer": "Customer", "Vendor": "Supplier"}


def held_back(run: Running, decisions: Sequence[Decision[Any]]) -> list[Verdict | None]:
    """One for each decision; None lets it go. What is held by what is known already costs no call."""
    open_amounts, holders = _open_amounts(run, decisions), _holders(run, decisions)
    numbers = taken_numbers(run, decisions)
    known = [
        _name_taken(run, decision, holders)
        or number_taken(decision, numbers)
        or _over_applied(decision, open_amounts)
        or _below_applied(decision)
        for decision in decisions
    ]
    if all(known):
        return known
    preferences = run.preferences()
    lock = run.lock_date(preferences)
    statements = reconciled(run, [each for each, held in zip(decisions, known, strict=True) if held is None])
    applies_credits = bool((preferences.get("SalesFormsPrefs") or {}).get("AutoApplyCredit"))
    return [
        verdict
        or _closed(decision, lock)
        or on_statement(decision, statements)
        or (_comes_back(decision) if applies_credits else None)
        or _side_effect(run, decision, lock)
        or _takes_apart(run, decision)
        for decision, verdict in zip(decisions, known, strict=True)
    ]


def _closed(decision: Decision[Any], lock: date | None) -> Verdict | None:
    """Dated on or before the closing date, before or after the change."""
    pair = decision.pair
    sides = [pair.ours and pair.ours.values, pair.theirs and pair.theirs.values, pair.base_theirs]
    days = [day for side in sides if side is not None and (day := dated(side)) is not None]
    if lock is None or not days or min(days) > lock:
        return None
    return Verdict(State.HELD, "closed_period", {"date": str(min(days)), "closed": str(lock)})


Holders = Mapping[str, Sequence[tuple[str, str, str]]]  # by folded name: entity, id and name as shown


def _holders(run: Running, decisions: Sequence[Decision[Any]]) -> Holders:
    """Of the names that are to be written; an inactive one may have given its name up."""
    wanted = {name for decision in decisions if (name := _name_written(decision))}
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    if wanted:
        rows = Seen.objects.filter(company=run.company, entity__in=NAMES, name__in=wanted, deleted=False)
        for seen in rows:
            body = loads(bytes(seen.body))
            if body.get("Active", True):
                found[seen.name].append((seen.entity, seen.qbo_id, str(body.get("DisplayName", ""))))
    return found


def _name_written(decision: Decision[Any]) -> str:
    write, there = decision.write, decision.pair.ours_there.values
    return folded(there.name) if write and there and "name" in write.groups else ""


def _name_taken(run: Running, decision: Decision[Any], holders: Holders) -> Verdict | None:
    mine = (decision.pair.kind.entity, decision.pair.theirs.id if decision.pair.theirs else "")
    for entity, id_, name in holders.get(_name_written(decision), ()):
        if (entity, id_) != mine:
            facts = {"holder": f"{NAMES[entity]} {name}", "entity": entity, "id": id_}
            itself = _is_itself(run, decision, entity, id_)
            return Verdict(State.HELD, second_name.REASON if itself else "name_taken", facts)
    return None


def _is_itself(run: Running, decision: Decision[Any], entity: str, id_: str) -> bool:
    """Whether the very same contact has the name already, in its other role."""
    links = Link.objects.of(run.company).filter(entity=entity, qbo_id=id_, record_id=decision.pair.here.id)
    return links.exclude(state=State.UNLINKED).exists()


def _comes_back(decision: Decision[Any]) -> Verdict | None:
    """What QuickBooks applied by itself it applies again as soon as it is taken apart."""
    write, link = decision.write, decision.pair.link
    ties = decision.pair.ours is not None and decision.pair.kind.weightless(decision.pair.ours.values)
    if write is None or write.act is not Act.DELETE or not ties:
        return None
    ours = Operation.objects.filter(link=link.id, act=Act.CREATE.value, state=Operation.State.CONFIRMED)
    return None if ours.exists() else Verdict(State.HELD, "applied_by_quickbooks")


def _side_effect(run: Running, decision: Decision[Any], lock: date | None) -> Verdict | None:
    """A void or delete frees what is applied; none of that may be unlinked, unknown here, or in a closed period."""
    if decision.write is None or decision.write.act not in (Act.VOID, Act.DELETE):
        return None
    for entity, id_ in _tied_to(decision.pair.there.body):
        link = Link.objects.of(run.company).filter(entity=entity, qbo_id=id_).first()
        facts = {"entity": entity, "id": id_}
        if link is None or not link.is_linked:
            return Verdict(State.HELD, "touches_unlinked", facts)
        if lock is not None and link.date is not None and link.date <= lock:
            return Verdict(State.HELD, "closed_period", facts | {"date": str(link.date), "closed": str(lock)})
    return None


def _takes_apart(run: Running, decision: Decision[Any]) -> Verdict | None:
    """What a payment paid there and would pay no longer, or otherwise, must be linked: its balance moves too."""
    write, theirs = decision.write, decision.pair.theirs
    if write is None or theirs is None or write.act is not Act.UPDATE or "allocations" not in write.groups:
        return None
    before, after = set(theirs.values.allocations), set(_allocations(decision))
    for part in sorted(before - after, key=lambda part: (part.entity, part.id)):
        link = Link.objects.of(run.company).filter(entity=part.entity, qbo_id=part.id).first()
        if link is None or not link.is_linked:
            return Verdict(State.HELD, "touches_unlinked", {"entity": part.entity, "id": part.id})
    return None


def _below_applied(decision: Decision[Any]) -> Verdict | None:
    """QuickBooks would take apart what is applied to a document above its new total, or for another customer; some of
    that nobody here may have seen."""
    write, theirs = decision.write, decision.pair.theirs
    there = decision.pair.ours_there.values
    is_document = theirs is not None and hasattr(theirs.values, "lines")
    if write is None or write.act is not Act.UPDATE or "money" not in write.groups or not is_document or there is None:
        return None
    applied = decision.pair.there.values.total - decision.pair.kind.open_amount(decision.pair.there.body)
    if applied <= 0 or (applied <= there.total and there.contact == decision.pair.there.values.contact):
        return None
    return Verdict(State.HELD, "below_applied", {"total": f"{there.total:.2f}", "applied": f"{applied:.2f}"})


def _tied_to(body: Object) -> set[tuple[str, str]]:
    """What QuickBooks shows as linked to a document; on its lines too."""
    found = list(body.get("LinkedTxn") or [])
    for line in body.get("Line") or []:
        found += line.get("LinkedTxn") or []
    return {(str(each.get("TxnType")), str(each.get("TxnId"))) for each in found}


Key = tuple[str, str]


def _open_amounts(run: Running, decisions: Sequence[Decision[Any]]) -> Mapping[Key, Decimal]:
    named: dict[str, set[str]] = {}
    for decision in decisions:
        for part in _allocations(decision):
            named.setdefault(part.entity, set()).add(part.id)
    found: dict[Key, Decimal] = {}
    for entity, ids in named.items():
        rows = Seen.objects.filter(company=run.company, entity=entity, qbo_id__in=ids)
        found |= {(entity, id_): amount for id_, amount in rows.values_list("qbo_id", "balance") if amount is not None}
    return found


def _allocations(decision: Decision[Any]) -> tuple[Any, ...]:
    write = decision.write
    there = decision.pair.ours_there.values
    if write is None or write.act is Act.VOID or "allocations" not in write.groups or there is None:
        return ()
    return tuple(there.allocations)


def _over_applied(decision: Decision[Any], open_amounts: Mapping[Key, Decimal]) -> Verdict | None:
    """More than a document still has open there: somebody has paid it otherwise meanwhile."""
    applied = _applied_already(decision)
    for part in _allocations(decision):
        key = (part.entity, part.id)
        left = open_amounts.get(key)
        if left is not None and part.amount > left + applied.get(key, Decimal(0)):
            facts = {"entity": part.entity, "id": part.id, "amount": str(part.amount), "open": str(left)}
            return Verdict(State.HELD, "already_paid", facts)
    return None


def _applied_already(decision: Decision[Any]) -> dict[Key, Decimal]:
    theirs = decision.pair.theirs
    parts = getattr(theirs.values, "allocations", ()) if theirs is not None else ()
    return {(part.entity, part.id): part.amount for part in parts}
