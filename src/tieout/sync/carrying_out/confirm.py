"""What an answer means for the link: bound and agreed, refused, or of unknown outcome."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.functional import cached_property

from tieout import clock
from tieout.kinds.kind import Object, encode
from tieout.quickbooks.wire.answers import Answer, Done, NotSent, Refused
from tieout.quickbooks.wire.faults import Fault, Next, next_step
from tieout.subledger.values import ADAPTERS, ChangedMeanwhile
from tieout.sync import reasons
from tieout.sync.deciding.pair import Act, Decision, State, Verdict
from tieout.sync.matching import refs
from tieout.sync.models import Direction, Link, Operation, Seen, Status, Taking
from tieout.sync.observing.taking_in import mark_deleted, take_in_all
from tieout.sync.running import Running

from . import results
from .looked_at import note_looked_at

# How QuickBooks names the document that has a number already.
_CLASH = re.compile(r"DocNumber=(?P<number>\S+) .*TxnType=(?P<type>.+?)(?: \S+)? TxnId=(?P<id>\d+)")
OPERATION_FIELDS = ("state", "answered_at", "http_status", "answer", "sent_at")


@dataclass(frozen=True)
class Sent:
    decision: Decision[Any]
    link: Link
    operation: Operation
    answer: Answer
    their_tax: bool

    @cached_property
    def answered(self) -> Any:
        """What QuickBooks says it stored, as values; for what was done."""
        if not isinstance(self.answer, Done):
            raise LookupError("this write was not answered with an object")
        return self.decision.pair.kind.parse(self.answer.object)


def confirm(run: Running, sent: Sequence[Sent]) -> None:
    """One transaction for link, base, result and the object as answered."""
    if not sent:
        return
    with run.lease.transaction():
        done = [each for each in sent if isinstance(each.answer, Done)]
        _take_in_answers(run, done)
        for each in sent:
            _settle(run, each)
        _complete_ours(run, done)
        _move_open_amounts(run, done)
        results.save(each.link for each in sent)
        results.note_attempts(run.row, [each.link for each in sent])
        note_looked_at(run, [each.decision.pair for each in sent if not isinstance(each.answer, NotSent)])
        # An upsert of whole rows, since a bulk update spells out a CASE per field and row and takes ten times as long.
        Operation.objects.bulk_create(
            [each.operation for each in sent],
            batch_size=300,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=OPERATION_FIELDS,
        )
    run.row.writes += len(done)
    run.row.found_error |= any(each.link.status == Status.FAILED for each in sent)


def _take_in_answers(run: Running, done: Sequence[Sent]) -> None:
    by_entity: dict[str, list[Object]] = defaultdict(list)
    for each in done:
        if isinstance(each.answer, Done) and each.operation.act != Act.DELETE:
            by_entity[each.operation.entity].append(each.answer.object)
    take_in_all(run.company, by_entity, clock.now(), pending=False)


def _settle(run: Running, each: Sent) -> None:
    operation = each.operation
    operation.answered_at = clock.now()
    match each.answer:
        case Done():
            operation.state = Operation.State.CONFIRMED
            operation.answer = {"intuit_tid": each.answer.tid}
            if each.operation.act == Act.DELETE:
                _deleted(run, each)
            else:
                _agree(each, each.answer.object)
        case Refused(fault):
            operation.state = Operation.State.REFUSED
            operation.http_status, operation.answer = fault.status, facts_of(fault)
            results.put(each.link, refused(fault), Direction.OUTGOING)
        case NotSent(why):
            operation.state, operation.answer = Operation.State.REFUSED, {"text": why}
            results.put(each.link, Verdict(_state_before(each), "not_sent", {"text": why}), Direction.OUTGOING)
        case answer:
            operation.state, operation.answer = Operation.State.UNCERTAIN, {"text": getattr(answer, "why", "")}
            results.put(each.link, Verdict(State.UNCERTAIN, "waits_for_answer"), Direction.OUTGOING)


def _state_before(each: Sent) -> State:
    """Nothing was changed, so it stands where it stood; it is looked at again."""
    return State.NEW if each.decision.pair.theirs is None else State.WAITING


def refused(fault: Fault) -> Verdict:
    facts = facts_of(fault)
    match next_step(fault):
        case Next.STALE:
            return Verdict(State.WAITING, "changed_meanwhile", facts)
        case Next.RETRY_LATER | Next.RECONNECT:
            return Verdict(State.WAITING, "try_later", facts)
        case _:
            return Verdict(State.HELD, reasons.for_fault(fault), facts)


def facts_of(fault: Fault) -> dict[str, Any]:
    """Its raw texts, and the id by which Intuit finds the call."""
    clash = _CLASH.search(fault.detail) if fault.code == "6140" else None
    return {
        **({"clash": clash.groupdict()} if clash else {}),
        "code": fault.code,
        "message": fault.message,
        "detail": fault.detail,
        "element": fault.element,
        "intuit_tid": fault.tid,
    }


def _deleted(run: Running, each: Sent) -> None:
    each.link.our_version = each.operation.our_version
    mark_deleted(run.company, each.operation.entity, [str(each.link.qbo_id)], clock.now(), pending=False)
    results.put(each.link, each.decision.verdict, Direction.OUTGOING)


def _agree(each: Sent, obj: Object) -> None:
    """Compares every group that was sent with what QuickBooks says it stored. A difference is held, not repaired."""
    link, decision, operation = each.link, each.decision, each.operation
    pair, kind = decision.pair, decision.pair.kind
    answer = each.answered
    link.qbo_id, link.sync_token = str(obj["Id"]), str(obj.get("SyncToken", ""))
    link.our_version = operation.our_version
    differing = _differing(each)
    if differing:
        facts = {"groups": sorted(differing)}
        results.put(link, Verdict(State.HELD, "stored_differently", facts), Direction.OUTGOING)
        return
    if decision.verdict.state in (State.AGREED, State.VOID):
        link.base_ours, link.base_theirs = encode(pair.here.values), encode(answer)
    elif pair.base_ours is not None and pair.base_theirs is not None:
        link.base_ours = encode(kind.with_groups(pair.base_ours, pair.here.values, decision.agreed))
        link.base_theirs = encode(kind.with_groups(pair.base_theirs, answer, decision.agreed))
    results.put(link, decision.verdict, Direction.OUTGOING)


def _differing(each: Sent) -> frozenset[str]:
    write = each.decision.write
    if write is None:
        return frozenset()
    if write.act is Act.VOID:
        return frozenset() if each.answered.void else frozenset({"void"})
    return each.decision.pair.kind.changed(_filled(each), each.answered) & write.groups


def _filled(each: Sent) -> Any:
    pair = each.decision.pair
    return pair.kind.fill(pair.ours_there.values, each.answered, their_tax=each.their_tax)


def _complete_ours(run: Running, done: Sequence[Sent]) -> None:
    """What QuickBooks assigned of itself (a number, tax, an account) is taken into our record."""
    assigned = [(each, group) for each in done if (group := _assigned(each)) and each.link.status == Status.SYNCED]
    if not assigned:
        return
    kind = assigned[0][0].decision.pair.kind
    table = refs.load(run.company, kind, [], [each.answered for each, _ in assigned])
    versions = run.company.next_versions(len(assigned))
    adapter = ADAPTERS[kind.entity]
    moved, takings = [], []
    for (each, groups), version in zip(assigned, versions, strict=True):
        before, here = each.decision.pair.here.values, table.here(kind, each.answered).values
        after = kind.with_groups(before, here, groups) if here is not None else before
        record = _complete(run, each, after, version) if here is not None else None
        if record is not None:
            takings.append(_taking(run, each, after))
            moved += [record] if adapter.moves(before, after) else []
    Taking.objects.bulk_create(takings, batch_size=300)
    if moved:
        adapter.settle(moved)


def _assigned(each: Sent) -> frozenset[str]:
    decision = each.decision
    if not isinstance(each.answer, Done) or each.operation.act in (Act.VOID, Act.DELETE):
        return frozenset()
    kind = decision.pair.kind
    return kind.changed(decision.pair.ours_there.values, _filled(each)) - kind.inward_groups


def _complete(run: Running, each: Sent, values: Any, version: int) -> Any:
    """Left for the next look when a person changed the record while it was on its way."""
    held = each.decision.pair.here
    adapter = ADAPTERS[each.operation.entity]
    if held.version != each.link.our_version:
        return None
    try:
        record = adapter.update(run.company, held, values, version)
    except ChangedMeanwhile:
        each.link.due = True
        return None
    each.link.our_version = version
    each.link.base_ours = encode(values)
    results.describe(each.link, each.decision.pair, values)
    return record


def _taking(run: Running, each: Sent, values: Any) -> Taking:
    """What QuickBooks did by itself is told under the write that it answered."""
    held, kind = each.decision.pair.here, each.decision.pair.kind
    return Taking(
        company=run.company,
        link=each.link,
        run=run.row,
        act=Taking.Act.UPDATE,
        groups=sorted(kind.changed(held.values, values)),
        before=encode(held.values),
        after=encode(values),
        cause="assigned by QuickBooks in its answer",
        request_id=each.operation.request_id,
    )


def _move_open_amounts(run: Running, done: Sequence[Sent]) -> None:
    """A payment moves what its documents have open there; the next read shows the same."""
    for each in done:
        if isinstance(each.answer, Done) and hasattr(each.decision.pair.kind.values, "allocations"):
            for key, amount in _applied_more(each).items():
                rows = Seen.objects.filter(company=run.company, entity=key[0], qbo_id=key[1])
                rows.update(balance=F("balance") - amount)


def _applied_more(each: Sent) -> dict[tuple[str, str], Decimal]:
    more: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    pair = each.decision.pair
    if each.operation.act != Act.DELETE:
        for part in each.answered.allocations:
            more[part.entity, part.id] += part.amount
    for part in pair.theirs.values.allocations if pair.theirs else ():
        more[part.entity, part.id] -= part.amount
    return {key: amount for key, amount in more.items() if amount}
