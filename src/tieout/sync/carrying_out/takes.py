"""Stores in our book what was taken from theirs, and what became of each pair that needs no write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.db import DataError, IntegrityError, transaction

from tieout import clock
from tieout.kinds.kind import encode
from tieout.subledger.values import ADAPTERS, ChangedMeanwhile, New
from tieout.sync.deciding.pair import Book, Decision, Pair, State, Verdict
from tieout.sync.models import Direction, Link, Status, Taking
from tieout.sync.running import Running

from . import results
from .looked_at import note_looked_at
from .meanwhile import with_links

Decisions = Sequence[Decision[Any]]
CANNOT_BE_STORED = (DataError, IntegrityError, ArithmeticError, ValueError)


@dataclass
class Step:
    """A decision on its way, and the link that it becomes part of."""

    decision: Decision[Any]
    link: Link
    version: int = 0  # for what is stored in our book
    record: Any = None  # what was stored there
    taking: Taking | None = None  # for the audit trail; stored once the link is


def take(run: Running, plan: Decisions, pairs: Sequence[Pair[Any]]) -> list[Step]:
    """Everything of this portion that asks nothing of QuickBooks, in one transaction; what is left to be written."""
    with run.lease.transaction():
        steps = _steps(run, plan)
        _store_records(run, steps)
        settled = [step for step in steps if step.decision.write is None]
        for step in settled:
            _settle(step)
        results.save(step.link for step in settled)
        results.note_attempts(run.row, [step.link for step in settled if _is_news(step.decision)])
        store_takings(steps)
        left = [step for step in steps if step.decision.write is not None]
        writing = {step.decision.pair.there.id for step in left if step.decision.pair.theirs is not None}
        note_looked_at(run, [pair for pair in pairs if pair.theirs is None or pair.theirs.id not in writing])
    run.row.found_error |= any(step.link.status == Status.FAILED for step in settled)
    return left


def _is_news(decision: Decision[Any]) -> bool:
    """Else only QuickBooks' version of something unmapped moved."""
    return bool(decision.take or decision.verdict.reason) or decision.pair.link.state is not decision.verdict.state


def _steps(run: Running, plan: Decisions) -> list[Step]:
    going = with_links(run, plan)
    steps = [Step(decision, link or _new_link(run, decision.pair)) for decision, link in going]
    _absorb_twins(run, steps)
    return steps


def _new_link(run: Running, pair: Pair[Any]) -> Link:
    return Link(company=run.company, kind=pair.kind.name, entity=pair.kind.entity)


def _absorb_twins(run: Running, steps: Iterable[Step]) -> None:
    """Two ends that each had a row of their own become one row; the history of the other goes along."""
    fresh = {step.decision.pair.there.id: step.link for step in steps if _is_fresh(step)}
    twins = Link.objects.of(run.company).filter(entity__in={link.entity for link in fresh.values()}, qbo_id__in=fresh)
    for twin in twins if fresh else ():
        link = fresh[str(twin.qbo_id)]
        if link.pk is not None:
            twin.attempts.update(link=link)
        twin.delete()


def _is_fresh(step: Step) -> bool:
    pair = step.decision.pair
    return pair.theirs is not None and step.link.qbo_id is None and pair.ours is not None


def _store_records(run: Running, steps: Sequence[Step]) -> None:
    taking = [step for step in steps if step.decision.take]
    if not taking:
        return
    for step, version in zip(taking, run.company.next_versions(len(taking)), strict=True):
        step.version = version
    _create_at_once(run, [step for step in taking if step.decision.takes_new])
    for step in taking:
        verdict = _try_to_store(run, step) if step.record is None else None
        if verdict is None:
            step.taking = _taking(run, step)
            step.link.record_id, step.link.our_version = step.record.pk, step.version
        else:
            step.decision = replace(step.decision, verdict=verdict, take=frozenset(), write=None, agreed=frozenset())
    _balance(taking)


def _create_at_once(run: Running, steps: Sequence[Step]) -> None:
    """Where one of them cannot be stored, none is; then each is tried by itself."""
    if not steps:
        return
    pairs = [step.decision.pair for step in steps]
    new = [
        New[Any](pair.theirs_here.values, step.version, pair.as_stub) for pair, step in zip(pairs, steps, strict=True)
    ]
    with suppress(*CANNOT_BE_STORED), transaction.atomic():
        records = ADAPTERS[pairs[0].kind.entity].create(run.company, new)
        for step, record in zip(steps, records, strict=True):
            step.record = record


def _try_to_store(run: Running, step: Step) -> Verdict | None:
    """One record that cannot be stored stops no other."""
    try:
        with transaction.atomic():
            step.record = _store_record(run, step)
    except ChangedMeanwhile:
        return Verdict(State.WAITING, "changed_here_meanwhile")
    except CANNOT_BE_STORED as error:
        return Verdict(State.HELD, "cannot_store", {"text": str(error)})
    return None


def _store_record(run: Running, step: Step) -> Any:
    pair = step.decision.pair
    adapter = ADAPTERS[pair.kind.entity]
    if pair.ours is None:
        (record,) = adapter.create(run.company, [New[Any](pair.theirs_here.values, step.version, pair.as_stub)])
        return record
    return adapter.update(run.company, pair.ours, ours_after(step.decision), step.version)


def _balance(taken: Sequence[Step]) -> None:
    adapter = ADAPTERS[taken[0].decision.pair.kind.entity]
    moved = [step.record for step in taken if step.record is not None and adapter.moves(*_before_and_after(step))]
    if moved:
        adapter.settle(moved)


def _before_and_after(step: Step) -> tuple[Any, Any]:
    pair = step.decision.pair
    return pair.ours and pair.ours.values, ours_after(step.decision)


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
    if decision.verdict.state is State.GONE or decision.verdict.facts.get("book") == Book.OURS:
        return Direction.INCOMING
    return Direction.OUTGOING if decision.verdict.reason else Direction.NONE
