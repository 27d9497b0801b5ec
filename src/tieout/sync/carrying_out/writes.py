"""Sends what was decided: each operation is committed before it leaves, and its answer is compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tieout import clock
from tieout.quickbooks.wire.answers import Answer, Batched
from tieout.quickbooks.wire.requests import MAX_BATCH_ITEMS
from tieout.sync.deciding.pair import Verdict
from tieout.sync.models import Direction, Operation, Status
from tieout.sync.running import Running

from . import operations, results
from .confirm import Sent, confirm
from .guards import held_back
from .looked_at import note_looked_at
from .meanwhile import untouched
from .takes import Step, bind, ours_after, store_takings

SINGLES_AT_ONCE = 50
# Of the 500 requests a minute 40 may be batches, so both limits are used up when 4 go along with 46 others.
BATCHES_AT_ONCE = 4
BESIDE_BATCHES = 46


@dataclass(frozen=True)
class Ready:
    step: Step
    operation: Operation


def write(run: Running, steps: Sequence[Step]) -> None:
    for portion, batches in _portions(run, steps):
        ready = _store(run, _let_go(run, portion), batches)
        answers = _send(run, [each.operation for each in ready])
        confirm(run, [_sent(run, each, answer) for each, answer in zip(ready, answers, strict=True)])
        run.client.check()


def _let_go(run: Running, portion: Sequence[Step]) -> list[Step]:
    """Judged portion by portion, since a large run outlasts what was read at its beginning."""
    judged = list(zip(portion, held_back(run, [step.decision for step in portion]), strict=True))
    _store_held(run, [(step, verdict) for step, verdict in judged if verdict is not None])
    return [step for step, verdict in judged if verdict is None]


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
        store_takings(step for step, _ in held)
        note_looked_at(run, [step.decision.pair for step, _ in held])
    run.row.found_error = True


def _describe(step: Step) -> None:
    bind(step.link, step.decision.pair)
    results.describe(step.link, step.decision.pair, ours_after(step.decision))


def _portions(run: Running, going: Sequence[Step]) -> Iterator[tuple[Sequence[Step], int]]:
    """What is stored, sent and confirmed together, and how many batches it goes in beside single writes; a crash
    leaves at most so many outcomes unknown."""
    many = len(going) >= run.policy.batch_from
    size = BATCHES_AT_ONCE * MAX_BATCH_ITEMS + BESIDE_BATCHES if many else SINGLES_AT_ONCE
    for start in range(0, len(going), size):
        portion = going[start : start + size]
        yield portion, round(len(portion) * BATCHES_AT_ONCE / size) if many else 0


def _store(run: Running, portion: Sequence[Step], batches: int) -> list[Ready]:
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
        store_takings(portion)
        ready = [Ready(step, operations.operation(run, step.decision, step.link)) for step in portion]
        stored = [each.operation for each in ready]
        operations.mark_batches(run, stored[: batches * MAX_BATCH_ITEMS], MAX_BATCH_ITEMS)
        for operation in stored:
            operation.first_sent_at = operation.sent_at = now
        Operation.objects.bulk_create(stored, batch_size=500)
    return ready


def _send(run: Running, stored: Sequence[Operation]) -> list[Answer]:
    """One answer for each, in the same order."""
    batched = [operation for operation in stored if operation.batch_id]
    chunks = [batched[start : start + MAX_BATCH_ITEMS] for start in range(0, len(batched), MAX_BATCH_ITEMS)]
    singles = stored[len(batched) :]
    requests = [operations.batched(chunk) for chunk in chunks] + [operations.request(each) for each in singles]
    answers = run.client.send(requests)
    return [part for answer in answers for part in (answer.answers if isinstance(answer, Batched) else (answer,))]


def _sent(run: Running, ready: Ready, answer: Answer) -> Sent:
    decision = ready.step.decision
    pair = replace(decision.pair, ours=replace(decision.pair.here, values=ours_after(decision)))
    return Sent(replace(decision, pair=pair), ready.step.link, ready.operation, answer, run.choices.their_tax)
