"""Stops a run that would change suspiciously much at once, until a person has seen what and how much.

Counted per run, kind and direction. Wholly new records are no danger of this sort and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tieout.kinds import BOTH_WAYS, Kind
from tieout.sync.matching.listed import Listed
from tieout.sync.matching.match import linked, of_links
from tieout.sync.models import Link
from tieout.sync.running import Running

from .decide import decide
from .pair import Act, Book, Decision, State, Verdict

GONE = "gone"
DONE = {
    "void": "voided",
    "delete": "deleted",
    "money": "changed in their amounts",
    "counterparty": "moved to another account",
    "number": "renumbered",
    "inactive": "made inactive",
    GONE: "gone",
    "void_in_closed": "voided in a closed period",  # held one by one, and released by the same hands
}

Change = tuple[str, str]  # (book that would be changed, key of DONE)


@dataclass(frozen=True)
class Guard:
    """What of one kind is stopped in this run, with how many there are of it."""

    limit: int = 0
    stopped: Mapping[Change, int] = field(default_factory=dict)

    def held(self, decision: Decision[Any]) -> Decision[Any]:
        for change in sorted(changes(decision)):
            if change in self.stopped:
                verdict = _verdict(decision, change, self.stopped[change], self.limit)
                return replace(decision, verdict=verdict, take=frozenset(), write=None, agreed=frozenset())
        return decision


def guard(run: Running, kind: Kind[Any], listed: Listed) -> Guard:
    """Decides all linked ones of the kind once beforehand, where there are enough of them to be too many."""
    if kind.name not in BOTH_WAYS or len(listed) <= run.policy.mass_count:
        return Guard()
    if len(links := linked(run, kind, listed)) <= run.policy.mass_count:
        return Guard()
    limit = _limit(run, kind)
    counts: Counter[Change] = Counter()
    for pairs in of_links(run, kind, links):
        for decision in decide(pairs, run.choices):
            counts.update(changes(decision))
    return Guard(limit, {change: number for change, number in counts.items() if number > limit})


def _limit(run: Running, kind: Kind[Any]) -> int:
    linked = Link.objects.of(run.company).filter(entity=kind.entity, record_id__isnull=False, qbo_id__isnull=False)
    share = linked.exclude(state=State.UNLINKED).count() * run.policy.mass_percent // 100
    return max(run.policy.mass_count, share)


def changes(decision: Decision[Any]) -> set[Change]:
    """What it would do that is counted, but for what a person has released."""
    if decision.pair.ours is None or decision.pair.theirs is None or decision.pair.undo is not None:
        return set()  # what is undone, a person has just seen
    found: set[Change] = {(Book.THEIRS, change) for change in _outward(decision)}
    found |= {(Book.OURS, change) for change in _inward(decision)}
    return found - decision.pair.link.released


def _outward(decision: Decision[Any]) -> Iterator[str]:
    write = decision.write
    if write is None:
        return
    if write.act in (Act.VOID, Act.DELETE):
        yield write.act.value
    elif write.act is Act.UPDATE:
        yield from _edited(decision, write.groups, decision.pair.ours_there.values, decision.pair.there.values)


def _inward(decision: Decision[Any]) -> Iterator[str]:
    pair, take = decision.pair, decision.take
    if decision.verdict.state is State.GONE:
        yield GONE
    elif "void" in take:
        yield "delete" if pair.there.deleted else "void"
    elif take:
        yield from _edited(decision, take, pair.theirs_here.values, pair.here.values)


def _edited(decision: Decision[Any], groups: frozenset[str], after: Any, before: Any) -> Iterator[str]:
    if "number" in groups and before.number:
        yield "number"
    if "active" in groups and not after.active:
        yield "inactive"
    if "money" in groups:
        if getattr(after, "contact", None) != getattr(before, "contact", None):
            yield "counterparty"
        elif decision.pair.kind.groups["money"](after) != decision.pair.kind.groups["money"](before):
            yield "money"


def _verdict(decision: Decision[Any], change: Change, count: int, limit: int) -> Verdict:
    book, what = change
    facts = {
        "book": book,
        "change": what,
        "done": DONE[what],
        "kinds": _many(decision.pair.kind.name),
        "count": count,
        "limit": limit,
    }
    return Verdict(State.HELD, "many_gone" if what == GONE else "mass_change", facts)


def _many(kind: str) -> str:
    """As a sentence calls them; contacts are accounts to practices."""
    return "accounts" if kind == "contact" else f"{kind.replace('_', ' ')}s"
