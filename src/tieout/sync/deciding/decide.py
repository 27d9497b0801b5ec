"""What happens to each pair: the exact writes, takes, conflicts and waits. Pure, so that a preview shows the same.

The rules, kind by kind, and the test that shows each: docs/what-happens.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tieout.kinds.kind import V

from . import losing
from .pair import Act, Book, Decision, Missing, Pair, Policy, State, Verdict, Write, dated
from .remarks import remarked
from .undo import stands_there, undoing
from .without_void import without_void

VOID_IN_CLOSED = (Book.OURS, "void_in_closed")
"""What a person may release: see `acts.releasing`."""
LEFT_ALONE = {State.UNLINKED, State.SKIPPED, State.UNCERTAIN}


def decide(pairs: Iterable[Pair[Any]], policy: Policy) -> list[Decision[Any]]:
    """One decision for each pair about which there is anything to do or to say."""
    decisions = (_decide(pair, policy) for pair in pairs if pair.link.state not in LEFT_ALONE)
    return [remarked(decision) for decision in decisions if decision is not None]


def _decide(pair: Pair[V], policy: Policy) -> Decision[V] | None:
    if pair.link.is_undone:
        return None
    if pair.unreadable is not None:
        return _held(pair, "unreadable", {"id": pair.unreadable.id, "text": pair.unreadable.why})
    if pair.ours is not None and pair.theirs is not None:
        return _both(pair, policy)
    if pair.ours is not None:
        return _ours_only(pair, policy)
    if pair.theirs is not None:
        return _theirs_only(pair, policy)
    return None


def _held(pair: Pair[V], reason: str, facts: Mapping[str, Any] | None = None, state: State = State.HELD) -> Decision[V]:
    return Decision(pair, Verdict(state, reason, facts or {}))


def _waiting(pair: Pair[V], missing: tuple[Missing, ...]) -> Decision[V]:
    first = missing[0]
    facts = {"entity": first.entity, "id": first.id, "why": first.why, "name": first.name}
    return Decision(pair, Verdict(State.WAITING, "waits_for", facts))


# One side only


def _ours_only(pair: Pair[V], policy: Policy) -> Decision[V] | None:
    ours, kind = pair.here, pair.kind
    if ours.draft or ours.stub or not kind.outward:
        return None
    if getattr(ours.values, "void", False) or kind.ties_nothing(ours.values):
        return _nothing_to_send(pair)
    if pair.left_out:
        return _held(pair, pair.left_out, state=State.NEW)
    if pair.candidates:
        return _held(pair, "possible_duplicate", {"candidates": list(pair.candidates)}, State.CANDIDATE)
    if problems := kind.problems(ours.values):
        return _held(pair, problems[0].reason, problems[0].facts)
    if pair.ours_there.values is None:
        return _waiting(pair, pair.ours_there.missing)
    if refusal := kind.read_only(pair.ours_there.values, None, kind.groups.keys()):
        return _held(pair, refusal.reason, refusal.facts)
    groups = frozenset(kind.groups) - kind.inward_groups - {"void"}
    if not policy.sends_numbers:
        groups -= {"number"}
    return Decision(pair, Verdict(State.AGREED), write=Write(Act.CREATE, groups), agreed=frozenset(kind.groups))


def _nothing_to_send(pair: Pair[V]) -> Decision[V] | None:
    """What was said of it before, a refusal or a wish to send it again, is over."""
    return _held(pair, "nothing_to_send", state=State.NEW) if pair.link.id is not None else None


def _theirs_only(pair: Pair[V], policy: Policy) -> Decision[V] | None:
    theirs, kind = pair.there, pair.kind
    if theirs.deleted and pair.link.id is not None:
        return _held(pair, "gone_before", state=State.NEW)
    if theirs.deleted or pair.left_out or pair.candidates:
        return None
    if currencies := _other_currency(pair, policy):
        return _held(pair, "other_currency", currencies)
    if pair.written_off is not None:
        return _held(pair, "write_off", pair.written_off)
    if pair.theirs_here.values is None:
        return _waiting(pair, pair.theirs_here.missing)
    if doubts := kind.doubts(theirs.values):
        return _held(pair, doubts[0].reason, doubts[0].facts)
    state = State.VOID if getattr(theirs.values, "void", False) else State.AGREED
    everything = frozenset(kind.groups)
    return Decision(pair, Verdict(state), take=everything, agreed=everything)


def _other_currency(pair: Pair[Any], policy: Policy) -> dict[str, str]:
    # An account in another currency is only a name on our side until somebody uses it.
    currency = pair.there.values.currency if pair.kind.outward else ""
    return {"currency": currency, "home": policy.home_currency} if currency not in ("", policy.home_currency) else {}


# Both sides


def _both(pair: Pair[V], policy: Policy) -> Decision[V] | None:
    if pair.undo is not None and stands_there(pair):
        return undoing(pair, pair.undo)
    if pair.merged is not None:
        return _held(pair, "merged_there", pair.merged)
    if pair.there.deleted:
        return _deleted_there(pair)
    if undecided := [missing for missing in pair.ours_there.missing if missing.why in ("merged", "gone")]:
        return _waiting(pair, tuple(undecided))  # else its disappearance would cross before anybody has chosen
    if currencies := _other_currency(pair, policy):
        return _held(pair, "other_currency", currencies)
    if pair.base_ours is None or pair.base_theirs is None:
        return _first_comparison(pair, policy)
    kind, ours, theirs = pair.kind, pair.here, pair.there
    changed_here = kind.changed(pair.base_ours, ours.values) - kind.inward_groups
    changed_there = kind.changed(pair.base_theirs, theirs.values)
    if pair.written_off is not None:
        return _written_off(pair, _three_way(pair, policy, changed_here, changed_there - {"active"}), pair.written_off)
    return _three_way(pair, policy, changed_here, changed_there)


def _written_off(pair: Pair[V], others: Decision[V] | None, facts: Mapping[str, Any]) -> Decision[V]:
    """All but the inactivity crosses."""
    held = _held(pair, "written_off", facts)
    return held if others is None else replace(others, verdict=held.verdict)


def _lasting(pair: Pair[V], changed: frozenset[str]) -> frozenset[str]:
    """Of what is void on either side only the void and the money count, and a void is a change of all of that. A note
    written over a void one would take away the word by which QuickBooks marks the void."""
    if not any(getattr(side.values, "void", False) for side in (pair.here, pair.there)):
        return changed
    settled = pair.kind.money | {"void"}
    return settled if "void" in changed else changed & settled


def _deleted_there(pair: Pair[V]) -> Decision[V] | None:
    ours = pair.here
    if getattr(ours.values, "void", False):
        return Decision(pair, Verdict(State.VOID, "deleted_there_void_here"))
    if pair.kind.weightless(ours.values):
        return Decision(pair, Verdict(State.VOID, "taken_apart_there"), take=frozenset({"void"}))
    # QuickBooks deletes no name: it was merged with one that none of its documents tells us.
    if pair.kind.has_active:
        return _held(pair, "name_gone", state=State.GONE)
    if pair.candidates:
        return _held(pair, "replaced_there", {"candidates": list(pair.candidates)}, State.GONE)
    return _held(pair, "deleted_there", state=State.GONE)


def _first_comparison(pair: Pair[V], policy: Policy) -> Decision[V] | None:
    """Two that were just recognised as one: what only one side knows is completed, what differs asks. What our side
    leaves to QuickBooks differs from nothing there."""
    kind, theirs = pair.kind, pair.there.values
    there = pair.ours_there.values
    if there is None:
        return _waiting(pair, pair.ours_there.missing)
    if not kind.outward:
        return _three_way(pair, policy, frozenset(), frozenset(kind.groups))
    differing_here = kind.changed(kind.fill(there, theirs, their_tax=False), theirs)
    differing_here -= kind.blank(there) | kind.inward_groups
    return _three_way(pair, policy, differing_here, kind.changed(there, theirs) - kind.blank(theirs))


def _three_way(
    pair: Pair[V], policy: Policy, changed_here: frozenset[str], changed_there: frozenset[str]
) -> Decision[V] | None:
    changed_here, changed_there = _lasting(pair, changed_here), _lasting(pair, changed_there)
    if pair.link.state in (State.AGREED, State.VOID) and not changed_here and not changed_there:
        return _token_only(pair)
    both = changed_here & changed_there
    equal = _equal_now(pair, both)
    apart = both - equal
    if apart and "void" in changed_here | changed_there:
        apart = (changed_here | changed_there) - equal  # else a part of what the void is about would cross
    stands = {group: policy.stands(pair.kind, group) for group in apart}
    settled = {group: side for group, side in stands.items() if side != "ask"}
    writes = (changed_here - equal - apart) | {group for group, side in settled.items() if side == "ours"}
    takes = (changed_there - equal - apart) | {group for group, side in settled.items() if side == "theirs"}
    decision = _writing(_taking(_plain(pair, equal), takes, policy), writes, policy)
    return _with_conflicts(_noting(decision, settled, policy), frozenset(stands.keys() - settled.keys()))


def _token_only(pair: Pair[V]) -> Decision[V] | None:
    """Nothing that is mapped changed; only remember which version of theirs was looked at."""
    if pair.link.sync_token == pair.there.sync_token:
        return None
    return Decision(pair, Verdict(pair.link.state))


def _equal_now(pair: Pair[V], groups: frozenset[str]) -> frozenset[str]:
    """A customer who is inactive, or whose own write is in doubt, stops a write and no comparison."""
    there, theirs = pair.ours_there.compared, pair.theirs
    if there is None or theirs is None:
        return frozenset()
    return groups - pair.kind.changed(there, theirs.values)


def _noting(decision: Decision[V], settled: Mapping[str, str], policy: Policy) -> Decision[V]:
    """What the company's choice has settled is said, with the value that lost; and a change in a closed period."""
    done = {group: side for group, side in settled.items() if group in decision.agreed}
    if decision.verdict.reason:
        return decision
    if not done:
        closed = _closed(decision.pair, policy) if decision.take else None
        verdict = replace(decision.verdict, reason="changed_in_closed", facts=closed) if closed else decision.verdict
        return replace(decision, verdict=verdict)
    return replace(decision, verdict=Verdict(decision.verdict.state, "settled", losing.settled(decision.pair, done)))


def _plain(pair: Pair[V], equal: frozenset[str]) -> Decision[V]:
    return Decision(pair, Verdict(_resting(pair)), agreed=equal)


def _resting(pair: Pair[V]) -> State:
    ours, theirs = pair.ours, pair.theirs
    void_here = ours is not None and getattr(ours.values, "void", False)
    void_there = theirs is not None and getattr(theirs.values, "void", False)
    return State.VOID if void_here and void_there else State.AGREED


def _closed(pair: Pair[Any], policy: Policy) -> dict[str, str] | None:
    """Whether it is dated, before or after, in a period that is closed."""
    sides = (pair.ours and pair.ours.values, pair.theirs and pair.theirs.values)
    days = [day for side in sides if side is not None and (day := dated(side)) is not None]
    if policy.closed_until is None or not days or min(days) > policy.closed_until:
        return None
    return {"date": str(min(days)), "closed": str(policy.closed_until)}


def _taking(decision: Decision[V], groups: frozenset[str], policy: Policy) -> Decision[V]:
    if not groups:
        return decision
    pair = decision.pair
    theirs = pair.there
    void = getattr(theirs.values, "void", False)
    if "void" in groups and not void:
        return replace(decision, verdict=Verdict(State.HELD, "amounts_again"))
    if "void" in groups and VOID_IN_CLOSED not in pair.link.released and (closed := _closed(pair, policy)):
        facts = {"book": VOID_IN_CLOSED[0], "change": VOID_IN_CLOSED[1], **closed}
        return replace(decision, verdict=Verdict(State.HELD, "void_in_closed", facts))
    if pair.theirs_here.values is None:
        return replace(decision, verdict=_waiting(pair, pair.theirs_here.missing).verdict)
    if not void and (doubts := pair.kind.doubts(theirs.values)):
        return replace(decision, verdict=Verdict(State.HELD, doubts[0].reason, doubts[0].facts))
    state = State.VOID if void else decision.verdict.state
    return replace(decision, verdict=Verdict(state), take=groups, agreed=decision.agreed | groups)


def _writing(decision: Decision[V], groups: frozenset[str], policy: Policy) -> Decision[V]:
    if not groups or decision.verdict.reason:
        return decision
    pair = decision.pair
    if pair.kind.ties_nothing(pair.here.values):
        return _deleting(decision)
    if "void" in groups:
        return _voiding(decision)
    if not policy.sends_numbers:
        groups -= {"number"}
    if obstacle := _obstacle(pair, groups):
        return replace(decision, verdict=obstacle)
    write = Write(Act.UPDATE, groups)
    return replace(decision, write=write, agreed=decision.agreed | groups)


def _deleting(decision: Decision[V]) -> Decision[V]:
    """The only delete that is done without asking: it holds no money, and all it tied is linked."""
    everything = frozenset(decision.pair.kind.groups)
    write = Write(Act.DELETE, frozenset({"allocations"}))
    return replace(decision, write=write, agreed=everything, verdict=Verdict(State.VOID))


def _voiding(decision: Decision[V]) -> Decision[V]:
    pair = decision.pair
    ours, theirs = pair.here, pair.there
    if not ours.values.void:  # type: ignore[attr-defined]
        return replace(decision, verdict=Verdict(State.HELD, "amounts_again_here"))
    if not pair.kind.can_void:
        return without_void(decision)
    if refusal := pair.kind.read_only(ours.values, theirs.values, {"void"}):
        return replace(decision, verdict=Verdict(State.HELD, refusal.reason, refusal.facts))
    everything = frozenset(pair.kind.groups)
    return replace(decision, write=Write(Act.VOID, frozenset({"void"})), agreed=everything, verdict=Verdict(State.VOID))


def _obstacle(pair: Pair[V], groups: frozenset[str]) -> Verdict | None:
    ours, theirs, there = pair.here, pair.there, pair.ours_there.values
    # What came from QuickBooks may have a form that it would not take from us; only what is written matters.
    if problems := [each for each in pair.kind.problems(ours.values) if not each.group or each.group in groups]:
        return Verdict(State.HELD, problems[0].reason, problems[0].facts)
    if there is None:
        return _waiting(pair, pair.ours_there.missing).verdict
    if refusal := pair.kind.read_only(there, theirs.values, groups):
        return Verdict(State.HELD, refusal.reason, refusal.facts)
    return None


def _with_conflicts(decision: Decision[V], conflicts: frozenset[str]) -> Decision[V]:
    if not conflicts:
        return decision
    noted = decision.verdict.facts if decision.verdict.reason == "settled" else {}
    verdict = Verdict(State.CONFLICT, "conflict", {**noted, "groups": sorted(conflicts)})
    # A void would settle a conflict unseen; with money in conflict no new allocation goes out either.
    unsettled = {"void", "allocations"} if "money" in conflicts else {"void"}
    write = decision.write
    if write is not None:
        left = write.groups - unsettled
        write = Write(write.act, left) if left and write.act is not Act.VOID else None
    take = decision.take - {"void"}
    written = write.groups if write else frozenset[str]()
    equal = decision.agreed - decision.take - (decision.write.groups if decision.write else frozenset())
    agreed = (equal | take | written) - conflicts
    return replace(decision, verdict=verdict, write=write, take=take, agreed=agreed)
