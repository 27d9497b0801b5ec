"""Stores in our book what was taken from theirs, and what became of each pair that needs no write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.db import DataError, IntegrityError, transaction

from tieout import clock
from tieout.kinds import Kind
from tieout.kinds.kind import encode
from tieout.subledger.values import ADAPTERS, ChangedMeanwhile
from tieout.sync.deciding.pair import Decision, Pair, State, Verdict
from tieout.sync.models import Direction, Link, Seen, Status, Taking
from tieout.sync.running import Running

from . import results
from .meanwhile import untouched

Decisions = Sequence[Decision[Any]]


@dataclass
class Step:
    """A decision on its way, and the link that it becomes part of."""

    decision: Decision[Any]
    link: Link
    record: Any = None  # what was stored in our book
    taking: Taking | None = None  # for the audit trail; stored once the link is


def take(run: Running, plan: Decisions, pairs: Sequence[Pair[Any]]) -> list[Step]:
    """Everything of this portion that asks nothing of QuickBooks, in one transaction; what is left to be written."""
    with run.lease.transaction():
        steps = _steps(run, untouched(run, plan))
        _store_records(run, steps)
        settled = [step for step in steps if step.decision.write is None]
        for step in settled:
            _settle(step)
        results.save(step.link for step in settled)
        results.note_attempts(run.row, [step.link for step in settled if _is_news(step.decision)])
        store_takings(steps)
        records = [step.record for step in steps if step.record is not None]
        if records:
            ADAPTERS[plan[0].pair.kind.entity].settle(records)
        left = [step for step in steps if step.decision.write is not None]
        if not left and (done := _looked_at(pairs)):
            _note(run, pairs[0].kind, done)
    run.row.found_error |= any(step.link.status == Status.FAILED for step in settled)
    return left


def looked_at(run: Running, pairs: Sequence[Pair[Any]]) -> None:
    if done := _looked_at(pairs):
        with run.lease.transaction():
            _note(run, pairs[0].kind, done)


def _looked_at(pairs: Sequence[Pair[Any]]) -> list[str]:
    """All that came of a look is stored, so the objects need none until they change. What resembles a record of
    ours is looked at until somebody has decided."""
    ends = [pair.theirs or pair.unreadable for pair in pairs if not (pair.candidates and pair.ours is None)]
    return [end.id for end in ends if end is not None and end.pending]


def _note(run: Running, kind: Kind[Any], looked_at: list[str]) -> None:
    rows = Seen.objects.filter(company=run.company, entity=kind.entity, qbo_id__in=looked_at, pending=True)
    rows.update(pending=False)


def _is_news(decision: Decision[Any]) -> bool:
    """Else only QuickBooks' version of something unmapped moved."""
    return bool(decision.take or decision.verdict.reason) or decision.pair.link.state is not decision.verdict.state


def _steps(run: Running, plan: Decisions) -> list[Step]:
    known = Link.objects.of(run.company).in_bulk([d.pair.link.id for d in plan if d.pair.link.id is not None])
    links = [known.get(decision.pair.link.id or 0) or _new_link(run, decision.pair) for decision in plan]
    steps = [Step(decision, link) for decision, link in zip(plan, links, strict=True)]
    _absorb_twins(run, steps)
    return steps


def _new_link(run: Running, pair: Pair[Any]) -> Link:
    return Link(company=run.company, kind=pair.kind.name, entity=pair.kind.entity)


def _absorb_twins(run: Running, steps: Iterable[Step]) -> None:
    """Two ends that each had a row of their own become one row; the history of the other goes along."""
    for step in steps:
        link, pair = step.link, step.decision.pair
        fresh = pair.theirs is not None and link.qbo_id is None and pair.ours is not None
        if fresh and pair.theirs is not None:
            twins = Link.objects.of(run.company).filter(entity=pair.kind.entity, qbo_id=pair.theirs.id)
            for twin in twins.exclude(pk=link.pk):
                if link.pk is not None:
                    twin.attempts.update(link=link)
                twin.delete()


def _store_records(run: Running, steps: Sequence[Step]) -> None:
    taking = [step for step in steps if step.decision.take]
    versions = run.company.next_versions(len(taking)) if taking else range(0)
    for step, version in zip(taking, versions, strict=True):
        verdict = _try_to_store(run, step, version)
        if verdict is not None:
            step.decision = replace(step.decision, verdict=verdict, take=frozenset(), write=None, agreed=frozenset())


def _try_to_store(run: Running, step: Step, version: int) -> Verdict | None:
    """One record that cannot be stored stops no other."""
    try:
        with transaction.atomic():
            step.record = _store_record(run, step.decision, version)
    except ChangedMeanwhile:
        return Verdict(State.WAITING, "changed_here_meanwhile")
    except (DataError, IntegrityError, ArithmeticError, ValueError) as error:
        return Verdict(State.HELD, "cannot_store", {"text": str(error)})
    step.taking = _taking(run, step)
    step.link.record_id, step.link.our_version = step.record.pk, version
    return None


def _taking(run: Running, step: Step) -> Taking:
    decision, pair = step.decision, step.decision.pair
    act = Taking.Act.VOID if "void" in decision.take else Taking.Act.UPDATE
    return Taking(
        company=run.company,
        link=step.link,
        run=run.row,
        act=Taking.Act.CREATE if pair.ours is None else act,
        groups=sorted(decision.take),
        before=encode(pair.ours.values) if pair.ours else "",
        after=encode(ours_after(decision)),
        cause=_cause(step),
    )


def _cause(step: Step) -> str:
    """A person's decision if there was one, else what happened in QuickBooks."""
    there = step.decision.pair.there
    if step.link.reason == "decided":
        return step.link.details[:200]
    event = "deleted" if there.deleted else ("new" if step.decision.pair.ours is None else "changed")
    return f"{event} in QuickBooks, version {there.sync_token}"


def store_takings(steps: Iterable[Step]) -> None:
    """Of those whose link is stored."""
    ready = [step for step in steps if step.taking is not None and step.link.pk is not None]
    Taking.objects.bulk_create((step.taking for step in ready if step.taking is not None), batch_size=300)
    for step in ready:
        step.taking = None


def _store_record(run: Running, decision: Decision[Any], version: int) -> Any:
    pair = decision.pair
    adapter = ADAPTERS[pair.kind.entity]
    if pair.ours is None:
        return adapter.create(run.company, pair.theirs_here.values, version, stub=pair.as_stub)
    return adapter.update(run.company, pair.ours, ours_after(decision), version)


def ours_after(decision: Decision[Any]) -> Any:
    """Our values once the decision is carried out."""
    pair = decision.pair
    if pair.ours is None:
        return pair.theirs_here.values
    if decision.take and pair.there.deleted:
        # What carried no money of its own was deleted there: ours is void and lets go of what it tied.
        return msgspec.structs.replace(pair.ours.values, void=True, allocations=())
    return pair.kind.with_groups(pair.ours.values, pair.theirs_here.values, decision.take)


def _settle(step: Step) -> None:
    link, decision, pair = step.link, step.decision, step.decision.pair
    bind(link, pair)
    if pair.unreadable is not None:
        results.put(link, decision.verdict, Direction.INCOMING)
        return
    values = ours_after(decision) if pair.ours or decision.take else pair.there.values
    results.describe(link, pair, values)
    if pair.ours is not None and not decision.take:
        link.our_version = pair.ours.version
    move_base(link, decision, values)
    if _is_news(decision):
        results.put(link, decision.verdict, _direction(decision))
    else:
        link.agreed_at = clock.now()


def bind(link: Link, pair: Pair[Any]) -> None:
    if pair.unreadable is not None:
        link.qbo_id = pair.unreadable.id
    if pair.ours is not None:
        link.record_id = pair.ours.id
    if pair.theirs is not None:
        link.qbo_id = pair.theirs.id
        link.sync_token = pair.theirs.sync_token
    link.stub = link.stub or pair.as_stub


def move_base(link: Link, decision: Decision[Any], ours: Any) -> None:
    """The base of what agrees now; without a base from before, only when all of it agrees."""
    pair = decision.pair
    if pair.ours is None and not decision.take:
        return
    if pair.theirs is None:
        return
    kind, agreed = pair.kind, decision.agreed
    complete = decision.verdict.state in (State.AGREED, State.VOID)
    if complete or agreed == frozenset(kind.groups):
        link.base_ours, link.base_theirs = encode(ours), encode(pair.there.values)
    elif agreed and pair.base_ours is not None and pair.base_theirs is not None:
        link.base_ours = encode(kind.with_groups(pair.base_ours, ours, agreed))
        link.base_theirs = encode(kind.with_groups(pair.base_theirs, pair.there.values, agreed))


def _direction(decision: Decision[Any]) -> Direction:
    if decision.take or decision.pair.ours is None:
        return Direction.INCOMING
    if decision.pair.theirs is None or decision.write is not None:
        return Direction.OUTGOING
    if decision.verdict.state is State.GONE or decision.verdict.facts.get("book") == "Tieout":
        return Direction.INCOMING
    return Direction.OUTGOING if decision.verdict.reason else Direction.NONE
