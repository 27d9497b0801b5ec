"""What is checked on data of this very run before a write may go out. Each returns the verdict that holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tieout.sync.deciding.pair import Act, Decision, Key, State, Verdict, dated
from tieout.sync.models import Operation, Seen
from tieout.sync.running import Running

from .reconciled import on_statement, reconciled
from .side_effects import links_there, side_effect
from .taken_names import name_taken, taken_names
from .taken_numbers import number_taken, taken_numbers


def held_back(run: Running, decisions: Sequence[Decision[Any]]) -> list[Verdict | None]:
    """One for each decision; None lets it go. What is held by what is known already costs no call."""
    known = _by_what_is_known(run, decisions)
    if all(known):
        return known
    going = [decision for decision, verdict in zip(decisions, known, strict=True) if verdict is None]
    asked = iter(_by_asking(run, going))
    return [verdict or next(asked) for verdict in known]


def _by_what_is_known(run: Running, decisions: Sequence[Decision[Any]]) -> list[Verdict | None]:
    open_amounts = _open_amounts(run, decisions)
    names, numbers = taken_names(run, decisions), taken_numbers(run, decisions)
    return [
        name_taken(decision, names)
        or number_taken(decision, numbers)
        or _over_applied(decision, open_amounts)
        or _below_applied(decision)
        for decision in decisions
    ]


def _by_asking(run: Running, decisions: Sequence[Decision[Any]]) -> list[Verdict | None]:
    """QuickBooks' preferences and what was reconciled there, as they are now."""
    preferences = run.preferences()
    lock = run.lock_date(preferences)
    statements, links = reconciled(run, decisions), links_there(run, decisions)
    applies_credits = (preferences.get("SalesFormsPrefs") or {}).get("AutoApplyCredit")
    coming_back = _coming_back(decisions) if applies_credits else set()
    return [
        _closed(decision, lock)
        or on_statement(decision, statements)
        or _comes_back(decision, coming_back)
        or side_effect(decision, links, lock)
        for decision in decisions
    ]


def _closed(decision: Decision[Any], lock: date | None) -> Verdict | None:
    """Dated on or before the closing date, before or after the change."""
    pair = decision.pair
    sides = [pair.ours and pair.ours.values, pair.theirs and pair.theirs.values, pair.base_theirs]
    days = [day for side in sides if side is not None and (day := dated(side)) is not None]
    if lock is None or not days or min(days) > lock:
        return None
    return Verdict(State.HELD, "closed_period", {"date": str(min(days)), "closed": str(lock)})


def _coming_back(decisions: Iterable[Decision[Any]]) -> set[int | None]:
    """By link, what QuickBooks applied by itself: it applies that again as soon as it is taken apart."""
    untied = {decision.pair.link.id for decision in decisions if _unties(decision)}
    ours = Operation.objects.filter(link__in=untied, act=Act.CREATE.value, state=Operation.State.CONFIRMED)
    return untied - set(ours.values_list("link_id", flat=True)) if untied else set()


def _comes_back(decision: Decision[Any], coming_back: Collection[int | None]) -> Verdict | None:
    if _unties(decision) and decision.pair.link.id in coming_back:
        return Verdict(State.HELD, "applied_by_quickbooks")
    return None


def _unties(decision: Decision[Any]) -> bool:
    write, ours = decision.write, decision.pair.ours
    if write is None or write.act is not Act.DELETE or ours is None:
        return False
    return decision.pair.kind.weightless(ours.values)


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
