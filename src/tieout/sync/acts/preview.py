"""What the next run would do with some links, from both books as they were last read. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from tieout.kinds import BY_ENTITY
from tieout.subledger.models import Company
from tieout.sync import reasons
from tieout.sync.deciding.decide import decide
from tieout.sync.deciding.pair import Book, Decision, Pair
from tieout.sync.matching import merged
from tieout.sync.matching.ends import Portion, bring_together
from tieout.sync.matching.listed import changed_here
from tieout.sync.matching.scope import Scope
from tieout.sync.matching.wanted import wanted
from tieout.sync.models import Cursor, Link, Policy, Run
from tieout.sync.running import Running

from .acting import PORTION


@dataclass(frozen=True)
class Change:
    book: Book  # that would be written
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Outlook:
    """`act` is what would be done in QuickBooks: create, update, void, delete or nothing."""

    link: Link
    act: str
    changes: tuple[Change, ...]
    problem: str


def outlook(company: Company, links: Sequence[Link]) -> list[Outlook]:
    run = looking(company)
    decisions = {decision.pair.link.id: decision for decision in decide(pairs_of(run, links).values(), run.choices)}
    return [_outlook(link, decisions.get(link.pk)) for link in links]


def pair_of(link: Link) -> Pair[Any]:
    return pairs_of(looking(link.company), [link])[link.pk]


def pairs_of(run: Running, links: Sequence[Link]) -> dict[int, Pair[Any]]:
    """By link."""
    found: dict[int, Pair[Any]] = {}
    for entity in dict.fromkeys(link.entity for link in links):
        mine = [link.pk for link in links if link.entity == entity]
        for start in range(0, len(mine), PORTION):
            pairs = bring_together(run, BY_ENTITY[entity], Portion(links=set(mine[start : start + PORTION])))
            found |= {pair.link.id: pair for pair in pairs if pair.link.id is not None}
    return found


def looking(company: Company) -> Running:
    """A run that can only look: it has no client and no lease."""
    policy, cursor = Policy.objects.get(company=company), Cursor.objects.get(company=company)
    scope = Scope.of(policy)
    run = Running(
        company=company,
        row=Run(company=company),
        cursor=cursor,
        policy=policy,
        client=cast(Any, None),
        lease=cast(Any, None),
        scope=scope,
        ours_upto=company.version,
        wanted=wanted(company, scope, in_full=False),
    )
    run.merges = merged.find(run, reading=False)
    return run


def looking_at_all(company: Company) -> Running:
    """One that knows besides what changed, as `plans` needs it."""
    run = looking(company)
    run.changed = changed_here(run)
    return run


def _outlook(link: Link, decision: Decision[Any] | None) -> Outlook:
    if decision is None:
        return Outlook(link, "", (), "")
    act = decision.write.act.value if decision.write else ""
    problem = reasons.sentence(decision.verdict.reason, decision.verdict.facts)
    return Outlook(link, act, tuple(changes_of(decision)), problem)


def changes_of(decision: Decision[Any]) -> list[Change]:
    """In our ids on either side, so that names can be looked up."""
    pair = decision.pair
    ours = pair.ours.values if pair.ours else None
    theirs = pair.theirs_here.values or (pair.theirs.values if pair.theirs else None)
    found = []
    if decision.write is not None and ours is not None:
        found += _fields(pair, Book.THEIRS, decision.write.groups, theirs, ours)
    if decision.take and theirs is not None:
        found += _fields(pair, Book.OURS, decision.take, ours, theirs)
    return found


def _fields(pair: Pair[Any], book: Book, groups: frozenset[str], before: Any, after: Any) -> list[Change]:
    names = dict.fromkeys(name for group in pair.kind.fields if group in groups for name in pair.kind.fields[group])
    changes = [
        Change(book, name.replace("_", " "), getattr(before, name, None), getattr(after, name)) for name in names
    ]
    return [change for change in changes if change.before != change.after and not _both_blank(change)]


def _both_blank(change: Change) -> bool:
    return change.before in (None, "", ()) and change.after in (None, "", ())
