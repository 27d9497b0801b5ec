"""Sends what was decided: each operation is committed before it leaves, and its answer is compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tieout import clock
from tieout.quickbooks.answers import Answer, Batched
from tieout.quickbooks.requests import MAX_BATCH_ITEMS

from . import operations, results
from .confirm import Sent, confirm
from .guards import held_back
from .meanwhile import untouched
from .models import Direction, Operation, Status
from .pair import Verdict
from .running import Running
from .takes import Step, bind, ours_after

SINGLES_AT_ONCE = 50
BATCHES_AT_ONCE = 8


@dataclass(frozen=True)
class Ready:
    step: Step
    operation: Operation


def write(run: Running, steps: Sequence[Step]) -> None:
    if not steps:
        return
    verdicts = held_back(run, [step.decision for step in steps])
    judged = list(zip(steps, verdicts, strict=True))
    _store_held(run, [(step, verdict) for step, verdict in judged if verdict is not None])
    for portion in _portions(run, [step for step, verdict in judged if verdict is None]):
        ready = _store(run, portion, in_batches=len(portion) > SINGLES_AT_ONCE)
        answers = _send(run, [each.operation for each in ready])
        confirm(run, [_sent(run, each, answer) for each, answer in zip(ready, answers, strict=True)])
        run.client.check()


def _store_held(run: Running, held: Sequence[tuple[Step, Verdict]]) -> None:
    if not held:
        return
    with run.lease.transaction():
        still = {id(decision) for decision in untouched(run, [step.decision for step, _ in held])}
        held = [(step, verdict) for step, verdict in held if id(step.decision) in still]
        links = [step.link for step, _ in held]
        for step, verdict in held:
            _describe(step)
            results.put(step.link, verdict, Direction.OUTGOING)
        results.save(links)
        results.note_attempts(run.row, links)
    run.row.found_error = True


def _describe(step: Step) -> None:
    bind(step.link, step.decision.pair)
    results.describe(step.link, step.decision.pair, ours_after(step.decision))


def _portions(run: Running, going: Sequence[Step]) -> Iterator[Sequence[Step]]:
    """What is stored, sent and confirmed together; a crash leaves at most so many outcomes unknown."""
    batches = len(going) >= run.policy.batch_from
    size = BATCHES_AT_ONCE * MAX_BATCH_ITEMS if batches else SINGLES_AT_ONCE
    for start in range(0, len(going), size):
        yield going[start : start + size]


def _store(run: Running, portion: Sequence[Step], *, in_batches: bool) -> list[Ready]:
    """Commits the operations; from here on a crash anywhere is survived."""
    now = clock.now()
    with run.lease.transaction():
        still = {id(decision) for decision in untouched(run, [step.decision for step in portion])}
        portion = [step for step in portion if id(step.decision) in still]
        for step in portion:
            _describe(step)
            if not step.decision.take:
                step.link.our_version = step.decision.pair.here.version
            step.link.status, step.link.direction, step.link.attempted_at = Status.SYNCING, Direction.OUTGOING, now
        results.save(step.link for step in portion)
        ready = [Ready(step, operations.operation(run, step.decision, step.link)) for step in portion]
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
    decision = ready.step.decision
    pair = replace(decision.pair, ours=replace(decision.pair.here, values=ours_after(decision)))
    return Sent(replace(decision, pair=pair), ready.step.link, ready.operation, answer, run.choices.their_tax)
