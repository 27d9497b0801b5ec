"""What a whole run would write in either book, from both as they were last read. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tieout.subledger.models import Company
from tieout.sync import reasons
from tieout.sync.deciding.pair import Book, Decision, State
from tieout.sync.deciding.plan import plans

from .preview import Change, changes_of, looking_at_all

# In the order in which a person wants to see them.
WRITES = ("create", "update", "void", "delete")
AFTERWARDS, STOPS = "afterwards", "stops"


@dataclass(frozen=True)
class Planned:
    """One write: `act` in `book`. Or one that waits for another of the same run, or stops for a person."""

    kind: str
    book: str
    act: str
    link_id: int | None
    record_id: int | None
    qbo_id: str | None
    label: str
    whom: str
    total: Decimal | None
    changes: tuple[Change, ...]
    why: str


@dataclass
class Group:
    book: str
    act: str
    kind: str
    planned: list[Planned] = field(default_factory=list)

    @property
    def total(self) -> Decimal | None:
        totals = [each.total for each in self.planned if each.total is not None]
        return sum(totals, Decimal(0)) if totals else None


def planned(company: Company) -> Iterator[Planned]:
    run = looking_at_all(company)
    for _, _, plan in plans(run):
        for decision in plan:
            yield from _planned(decision)


def grouped(plan: Iterator[Planned]) -> list[Group]:
    found: dict[tuple[str, str, str], Group] = {}
    for each in plan:
        key = (each.book, each.act, each.kind)
        found.setdefault(key, Group(*key)).planned.append(each)
    order = [*WRITES, AFTERWARDS, STOPS]
    return sorted(found.values(), key=lambda group: (group.book == "", group.book, order.index(group.act)))


def _planned(decision: Decision[Any]) -> Iterator[Planned]:
    changes, state = changes_of(decision), decision.verdict.state
    if decision.write is not None:
        mine = tuple(change for change in changes if change.book == Book.THEIRS)
        yield _one(decision, Book.THEIRS, decision.write.act.value, mine)
    if decision.take:
        mine = tuple(change for change in changes if change.book == Book.OURS)
        yield _one(decision, Book.OURS, "create" if decision.takes_new else "update", mine)
    if decision.write is None and not decision.take:
        if state is State.WAITING and decision.verdict.reason == "waits_for":
            yield _one(decision, Book.THEIRS if decision.pair.ours else Book.OURS, AFTERWARDS, ())
        elif state in (State.HELD, State.CONFLICT, State.CANDIDATE, State.GONE):
            yield _one(decision, "", STOPS, ())


def _one(decision: Decision[Any], book: str, act: str, changes: tuple[Change, ...]) -> Planned:
    pair = decision.pair
    values = pair.ours.values if pair.ours else pair.theirs.values if pair.theirs else None
    record_id = pair.ours.id if pair.ours else None
    number = getattr(values, "number", "") or getattr(values, "reference", "")
    name = getattr(values, "full_name", "") or getattr(values, "name", "")
    return Planned(
        kind=pair.kind.name,
        book=book,
        act=act,
        link_id=pair.link.id,
        record_id=record_id,
        qbo_id=pair.theirs.id if pair.theirs else None,
        label=number or name,
        whom=pair.ours.whom if pair.ours else "",
        total=getattr(values, "total", None),
        changes=changes,
        why=reasons.sentence(decision.verdict.reason, decision.verdict.facts) if decision.verdict.reason else "",
    )
