"""A person takes a write back: what was made is voided or deleted, what was changed gets the values it had. Our
record is not changed, so it is held afterwards; else the next run would send it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tieout.kinds.kind import V

from .pair import Across, Act, Decision, Pair, State, Undo, Verdict, Write

REASON = "undone"


def undoing(pair: Pair[V], undo: Undo) -> Decision[V]:
    if undo.act is not Act.UPDATE and (waits := waits_for_unapplying(pair)):
        return Decision(pair, waits)
    groups = {"void"} if undo.act is Act.VOID else undo.groups
    if refusal := pair.kind.read_only(pair.there.values, pair.there.values, groups):
        return Decision(pair, Verdict(State.HELD, refusal.reason, refusal.facts))
    values = undo.before if undo.act is Act.UPDATE else pair.there.values
    write = Write(undo.act, frozenset(groups))
    return Decision(replace(pair, ours_there=Across(values)), verdict(undo.act, write.groups, undo.by), write=write)


def waits_for_unapplying(pair: Pair[Any]) -> Verdict | None:
    """What is set against a document would be torn from it by its void or deletion."""
    applied = applied_to(pair)
    return Verdict(State.WAITING, "waits_for_unapplying", {"applied": f"{applied:.2f}"}) if applied else None


def applied_to(pair: Pair[Any]) -> Decimal:
    """What is set against a document there; of a payment it is part of the very write that is taken back."""
    theirs, kind = pair.there, pair.kind
    if not hasattr(theirs.values, "lines"):
        return Decimal(0)
    return Decimal(theirs.values.total - kind.open_amount(theirs.body))


def stands_there(pair: Pair[Any]) -> bool:
    """As we wrote it. Its version says less: that moves as well with what is applied to it."""
    theirs, base = pair.theirs, pair.base_theirs
    return theirs is not None and not theirs.deleted and base is not None and not pair.kind.changed(base, theirs.values)


def verdict(act: Act, groups: frozenset[str], by: str) -> Verdict:
    """An undone change is a difference to choose about; what was made is as if somebody had deleted it there."""
    facts = {"by": by, "done": DONE[act]}
    if act is Act.UPDATE:
        return Verdict(State.HELD, REASON, facts | {"groups": sorted(groups)})
    return Verdict(State.GONE, REASON, facts)


DONE = {Act.UPDATE: "changed back", Act.VOID: "voided", Act.DELETE: "deleted"}


@dataclass(frozen=True)
class Inverse:
    """How a write is taken back; `why_not`: a sentence, where it cannot be."""

    act: Act | None
    why_not: str = ""


def inverse(act: Act, *, can_void: bool, is_name: bool, deleting: bool) -> Inverse:
    if act is Act.UPDATE:
        return Inverse(Act.UPDATE)
    if act is not Act.CREATE:
        return Inverse(None, f"QuickBooks cannot take a {act} back.")
    if is_name:
        return Inverse(None, "QuickBooks deletes no names. Make it inactive there.")
    if deleting:
        return Inverse(Act.DELETE)
    if not can_void:
        return Inverse(None, "QuickBooks offers no way to void this kind from outside. It can be deleted there.")
    return Inverse(Act.VOID)
