"""What is void here and cannot be voided in QuickBooks from outside: a person says what is to happen there instead."""

from __future__ import annotations

from dataclasses import replace

from tieout.kinds.kind import V

from .pair import Across, Act, Decision, State, Verdict, Way, Write
from .undo import waits_for_unapplying

REASON = "cannot_void_there"


def without_void(decision: Decision[V]) -> Decision[V]:
    way = decision.pair.link.way
    if way is None:
        return replace(decision, verdict=Verdict(State.HELD, REASON))
    if waits := waits_for_unapplying(decision.pair):
        return replace(decision, verdict=waits)
    return _zeroing(decision) if way is Way.ZERO else _deleting(decision)


def _deleting(decision: Decision[V]) -> Decision[V]:
    everything = frozenset(decision.pair.kind.groups)
    verdict = Verdict(State.VOID, "deleted_there_void_here")
    return replace(decision, write=Write(Act.DELETE, frozenset({"void"})), agreed=everything, verdict=verdict)


def _zeroing(decision: Decision[V]) -> Decision[V]:
    """As QuickBooks leaves what it voids itself; its answer shows whether it took that."""
    pair = decision.pair
    there, write = pair.kind.zeroed(pair.there.values), Write(Act.UPDATE, frozenset({"money", "memo"}))
    if refusal := pair.kind.read_only(there, pair.there.values, write.groups):
        return replace(decision, verdict=Verdict(State.HELD, refusal.reason, refusal.facts))
    pair = replace(pair, ours_there=Across(there))
    return replace(decision, pair=pair, write=write, agreed=frozenset(pair.kind.groups), verdict=Verdict(State.VOID))
