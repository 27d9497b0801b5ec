"""Sends what was decided: each operation is committed before it leaves, and its answer is compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tieout import clock
from tieout.quickbooks.answers import Answer, Batched
from tieout.quickbooks.requests import MAX_BATCH_ITEMS

from . import operations, results
from .confirm import Sent, confirm
from .guards import held_back
from .models import Direction, Link, Operation, Status
from .pair import Decision
from .running import Running
from .takes import bind, ours_after

SINGLES_AT_ONCE = 50
BATCHES_AT_ONCE = 8


@dataclass(frozen=True)
class Ready:
    decision: Decision[Any]
    link: Link
    operation: Operation


def write(run: Running, plan: Sequence[Decision[Any]], links: dict[int, Link]) -> None:
    going = [decision for decision in plan if decision.write is not None]
    if not going:
        return
    held = held_back(run, going)
    _store_held(run, [(d, links[id(d)], held[id(d)]) for d in going if id(d) in held])
    for portion in _portions(run, [d for d in going if id(d) not in held]):
        ready = _store(run, portion, links, in_batches=len(portion) > SINGLES_AT_ONCE)
        answers = _send(run, [each.operation for each in ready])
        confirm(run, [_sent(run, each, answer) for each, answer in zip(ready, answers, strict=True)])
        run.client.check()


def _store_held(run: Running, held: list[tuple[Decision[Any], Link, Any]]) -> None:
    if not held:
        return
    with run.lease.transaction():
        for decision, link, verdict in held:
            results.describe(link, decision.pair.kind, ours_after(decision))
            bind(link, decision.pair)
            results.put(link, verdict, Direction.OUTGOING)
        results.save(link for _, link, _ in held)
        results.note_attempts(run.row, [link for _, link, _ in held])
    run.row.found_error = True


def _portions(run: Running, going: list[Decision[Any]]) -> Iterator[list[Decision[Any]]]:
    """What is stored, sent and confirmed together; a crash leaves at most so many outcomes unknown."""
    batches = len(going) >= run.policy.batch_from
    size = BATCHES_AT_ONCE * MAX_BATCH_ITEMS if batches else SINGLES_AT_ONCE
    for start in range(0, len(going), size):
        yield going[start : start + size]


def _store(run: Running, portion: list[Decision[Any]], links: dict[int, Link], *, in_batches: bool) -> list[Ready]:
    """Commits the operations; from here on a crash anywhere is survived."""
    now = clock.now()
    with run.lease.transaction():
        for decision in portion:
            link = links[id(decision)]
            bind(link, decision.pair)
            results.describe(link, decision.pair.kind, ours_after(decision))
            if not decision.take:
                link.our_version = decision.pair.here.version
            link.status, link.direction, link.attempted_at = Status.SYNCING, Direction.OUTGOING, now
        results.save(links[id(decision)] for decision in portion)
        ready = [Ready(d, links[id(d)], operations.operation(run, d, links[id(d)])) for d in portion]
        stored = [each.operation for each in ready]
        if in_batches:
            operations.mark_batches(run, stored, MAX_BATCH_ITEMS)
        for operation in stored:
            operation.first_sent_at = operation.sent_at = now
        Operation.objects.bulk_create(stored, batch_size=500)
    return ready


def _send(run: Running, stored: Sequence[Operation]) -> list[Answer]:
    if not stored or not stored[0].batch_id:
        return run.client.send([operations.request(operation) for operation in stored])
    chunks = [stored[start : start + MAX_BATCH_ITEMS] for start in range(0, len(stored), MAX_BATCH_ITEMS)]
    answers: list[Answer] = []
    for batch in run.client.send([operations.batched(chunk) for chunk in chunks]):
        if not isinstance(batch, Batched):
            raise TypeError("a batch is answered item by item")
        answers.extend(batch.answers)
    return answers


def _sent(run: Running, ready: Ready, answer: Answer) -> Sent:
    decision = ready.decision
    pair = replace(decision.pair, ours=replace(decision.pair.here, values=ours_after(decision)))
    return Sent(replace(decision, pair=pair), ready.link, ready.operation, answer, run.choices.their_tax)
