"""Finds out what became of operations whose answer never came: looked for first, then sent again under the same id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from tieout import clock
from tieout.kinds import BY_ENTITY
from tieout.kinds.kind import Object, decode, encode
from tieout.quickbooks import reading
from tieout.quickbooks.wire.answers import Answer, Batched, Done, NotSent, Refused
from tieout.quickbooks.wire.json import loads
from tieout.sync.carrying_out import operations, results
from tieout.sync.carrying_out.confirm import facts_of
from tieout.sync.carrying_out.operations import written_object
from tieout.sync.deciding import undo
from tieout.sync.deciding.known_void import as_void
from tieout.sync.deciding.pair import Act, State, Verdict, dated
from tieout.sync.matching import refs
from tieout.sync.models import Direction, Link, Operation, Seen
from tieout.sync.running import Running

from .made_by import edited_since, equal, is_as_meant
from .taking_in import mark_deleted, take_in

BEFORE_SENDING = timedelta(minutes=5)  # clocks differ, and a commit may carry an earlier time
OPEN = (Operation.State.STORED, Operation.State.UNCERTAIN)


def settle(run: Running) -> None:
    """Leaves no operation of an earlier run in doubt, but for those that may not be sent again yet."""
    rows = Operation.objects.filter(company=run.company, state__in=OPEN)
    if not rows.exists():
        return
    doubtful = list(rows.select_related("link").order_by("pk"))
    left = _look_for_creates(run, [each for each in doubtful if each.act == Act.CREATE])
    left += _look_at_changes(run, [each for each in doubtful if each.act != Act.CREATE])
    again = [each for each in left if _may_be_sent_again(each)]
    left = [each for each in left if not _may_be_sent_again(each)] + _send_again(run, _still_open(run, again))
    with run.lease.transaction():
        for each in left:
            results.put(each.link, Verdict(State.UNCERTAIN, "waits_for_answer"), Direction.OUTGOING)
        results.save(each.link for each in left)
    run.client.check()


def _may_be_sent_again(operation: Operation) -> bool:
    last = operation.sent_at or operation.stored_at
    return clock.now() - last >= timedelta(seconds=settings.RESEND_AFTER_S)


# Creates: is what they would have made there?


def _look_for_creates(run: Running, creates: Sequence[Operation]) -> list[Operation]:
    by_entity: dict[str, list[Operation]] = defaultdict(list)
    for operation in creates:
        by_entity[operation.entity].append(operation)
    return [left for entity, listed in by_entity.items() for left in _look_for(run, entity, listed)]


def _look_for(run: Running, entity: str, creates: Sequence[Operation]) -> list[Operation]:
    """Equal ones are interchangeable: of k equal creates and m equal objects, as many as there are of both pair up."""
    made = _made_since(run, entity, min(each.first_sent_at or each.stored_at for each in creates))
    missing = []
    for operation in creates:
        if (found := equal(operation, made)) is not None:
            del made[found["Id"]]
            _adopt(run, operation, found)
        else:
            missing.append(operation)
    # Only what no equal create claims can be one that was edited there meanwhile.
    left = []
    for operation in missing:
        if (near := edited_since(operation, made)) is not None:
            del made[near["Id"]]
            _hand_over(run, operation, near)
        else:
            left.append(operation)
    return left


def _made_since(run: Running, entity: str, first_sent: Any) -> dict[str, Object]:
    since = first_sent - BEFORE_SENDING
    found: dict[str, Object] = {}
    for page in reading.pages(run.client, entity, since, "MetaData.CreateTime"):
        with run.lease.transaction():
            take_in(run.company, entity, page, clock.now())
        found |= {str(obj["Id"]): obj for obj in page}
    linked = Link.objects.of(run.company).filter(entity=entity, record_id__isnull=False, qbo_id__in=found)
    bound = set(linked.values_list("qbo_id", flat=True))
    return {id_: obj for id_, obj in found.items() if id_ not in bound}


def _adopt(run: Running, operation: Operation, obj: Object) -> None:
    """It was carried out: the link is as if the answer had come. The next look takes what QuickBooks assigned."""
    kind, link = BY_ENTITY[operation.entity], operation.link
    meant, there = decode(kind, operation.values), kind.parse(obj)
    here = refs.load(run.company, kind, [], [meant]).here(kind, meant).values
    with run.lease.transaction():
        take_in(run.company, operation.entity, [obj], clock.now())
        if not _is_free(run, link, str(obj["Id"])):
            _close(operation, Operation.State.CONFIRMED)
            results.put(link, _taken_otherwise(obj), Direction.OUTGOING)
            results.save([link])
            return
        link.qbo_id, link.sync_token = str(obj["Id"]), str(obj.get("SyncToken", ""))
        if here is not None:
            _begin_base(run, operation)
            _rebase(operation, here, there)
        link.our_version = operation.our_version
        results.put(link, _verdict(operation), Direction.OUTGOING)
        link.due = True
        results.save([link])
        results.note_attempts(run.row, [link])
        _close(operation, Operation.State.CONFIRMED)


def _adopt_deletion(run: Running, operation: Operation) -> None:
    link = operation.link
    with run.lease.transaction():
        mark_deleted(run.company, operation.entity, [str(link.qbo_id)], clock.now(), pending=False)
        link.our_version = operation.our_version
        results.put(link, _verdict(operation), Direction.OUTGOING)
        results.save([link])
        results.note_attempts(run.row, [link])
        _close(operation, Operation.State.CONFIRMED)


def _verdict(operation: Operation) -> Verdict:
    if operation.undoes_id is not None:
        by = operation.link.set_by
        return undo.verdict(Act(operation.act), frozenset(operation.groups), by.email if by else "")
    return Verdict(State.VOID if operation.act in (Act.VOID, Act.DELETE) else State.AGREED)


def _is_free(run: Running, link: Link, qbo_id: str) -> bool:
    """A row that only knew QuickBooks' end gives way; one that binds it to another record of ours does not."""
    others = Link.objects.of(run.company).filter(entity=link.entity, qbo_id=qbo_id).exclude(pk=link.pk)
    others.filter(record_id__isnull=True).delete()
    return not others.exists()


def _taken_otherwise(obj: Object) -> Verdict:
    label = str(obj.get("DocNumber") or obj.get("DisplayName") or obj["Id"])
    return Verdict(State.HELD, "possible_duplicate", {"candidates": [{"id": str(obj["Id"]), "label": label}]})


def _begin_base(run: Running, operation: Operation) -> None:
    """Two that were said to be one had no base before the first write. Where they did not agree then, each counts as
    changed from what the other had, so that a person is still asked about it."""
    kind, link = BY_ENTITY[operation.entity], operation.link
    before = decode(kind, operation.before)
    if operation.act != Act.UPDATE or link.base_ours or before is None:
        return
    theirs_here = refs.load(run.company, kind, [], [before]).here(kind, before).values
    if theirs_here is not None:
        link.base_ours, link.base_theirs = encode(theirs_here), operation.values


def _rebase(operation: Operation, here: Any, there: Any) -> None:
    """Only what was written has agreed. What else differs there was changed since, by QuickBooks or by a person."""
    kind, link, groups = BY_ENTITY[operation.entity], operation.link, set(operation.groups)
    before_ours, before_theirs = decode(kind, link.base_ours), decode(kind, link.base_theirs)
    if before_ours is None or before_theirs is None:
        link.base_ours = encode(here)
        # Against this base, what QuickBooks assigned of itself shows as its change and is taken.
        meant = decode(kind, operation.values)
        link.base_theirs = encode(kind.with_groups(there, meant, groups | kind.inward_groups))
        return
    link.base_ours = encode(kind.with_groups(before_ours, here, groups))
    void = operation.act == Act.VOID  # which settles everything
    link.base_theirs = encode(as_void(there) if void else kind.with_groups(before_theirs, there, groups))


def _hand_over(run: Running, operation: Operation, obj: Object) -> None:
    """It may be ours and edited since, or an entry of their own: what differs from what was sent is asked about."""
    link = operation.link
    with run.lease.transaction():
        take_in(run.company, operation.entity, [obj], clock.now())
        _is_free(run, link, str(obj["Id"]))
        link.qbo_id = str(obj["Id"])
        link.base_ours, link.base_theirs = _base_of_alike(run, operation, obj)
        link.state, link.due = State.NEW.value, True
        results.save([link])
        _close(operation, Operation.State.CONFIRMED)


def _base_of_alike(run: Running, operation: Operation, obj: Object) -> tuple[str, str]:
    """Where it differs, each side counts as changed from what the other has. What was left to QuickBooks is theirs."""
    kind = BY_ENTITY[operation.entity]
    meant, there = decode(kind, operation.values), kind.parse(obj)
    table = refs.load(run.company, kind, [], [meant, there])
    here, theirs_here = table.here(kind, meant).values, table.here(kind, there).values
    if here is None or theirs_here is None:
        return "", ""  # what it names is no record of ours yet; then all that differs is asked about
    sent = (frozenset(operation.groups) | {"void"}) & kind.groups.keys()  # what is sent as new is not void
    asked = kind.changed(kind.fill(meant, there, their_tax=True), there) & sent - kind.blank(meant)
    base_ours = kind.with_groups(here, theirs_here, asked)
    return encode(base_ours), encode(kind.with_groups(there, meant, sent | kind.inward_groups))


def _close(operation: Operation, state: Operation.State, answer: dict[str, Any] | None = None) -> None:
    operation.state, operation.answered_at = state, clock.now()
    operation.answer = answer or operation.answer
    operation.save(update_fields=["state", "answered_at", "answer"])


# Updates, voids and deletes: SyncToken lets them happen once


def _look_at_changes(run: Running, changes: Sequence[Operation]) -> list[Operation]:
    left = []
    for operation in changes:
        seen = Seen.objects.filter(company=run.company, entity=operation.entity, qbo_id=operation.link.qbo_id).first()
        sent_for = str(written_object(operation).get("SyncToken", ""))
        if seen is not None and seen.deleted and operation.act == Act.DELETE:
            _adopt_deletion(run, operation)
        elif seen is not None and seen.deleted:
            # Sent again, it would be answered as the first time, as if the object lived.
            _decide_anew(run, operation, {"text": "deleted in QuickBooks meanwhile"})
        elif seen is None or seen.sync_token == sent_for:
            left.append(operation)
        elif operation.act != Act.DELETE and is_as_meant(operation, loads(bytes(seen.body))):
            _adopt(run, operation, loads(bytes(seen.body)))
        else:
            _decide_anew(run, operation, {"text": "changed in QuickBooks meanwhile"})
    return left


def _decide_anew(run: Running, operation: Operation, answer: dict[str, Any]) -> None:
    link = operation.link
    with run.lease.transaction():
        _close(operation, Operation.State.REFUSED, answer)
        link.state = State.NEW.value if link.qbo_id is None else State.WAITING.value
        link.due = True
        results.save([link])


# Sending again


def _still_open(run: Running, again: Sequence[Operation]) -> list[Operation]:
    """The books may have been closed since: what was not carried out till then is decided anew, and held."""
    lock = run.lock_date(run.preferences()) if again else None
    closed = [each for each in again if lock is not None and _is_dated_until(each, lock)]
    for operation in closed:
        _decide_anew(run, operation, {"text": "the books were closed meanwhile"})
    return [each for each in again if each not in closed]


def _is_dated_until(operation: Operation, lock: date) -> bool:
    kind = BY_ENTITY[operation.entity]
    sides = (decode(kind, operation.values), decode(kind, operation.before))
    days = [day for side in sides if side is not None and (day := dated(side)) is not None]
    return bool(days) and min(days) <= lock


def _send_again(run: Running, again: Sequence[Operation]) -> list[Operation]:
    """The same bytes under the same id; those whose outcome is still unknown."""
    still = []
    for operation, answer in _answers(run, again):
        match answer:
            case Done() if operation.act == Act.DELETE:
                _adopt_deletion(run, operation)
            case Done():
                _adopt(run, operation, answer.object)
            case Refused(fault):
                _decide_anew(run, operation, facts_of(fault))
            case _:
                still.append(operation)
    return still


def _answers(run: Running, again: Sequence[Operation]) -> Iterator[tuple[Operation, Answer]]:
    for group in _travelling_together(again):
        with run.lease.transaction():
            for operation in group:
                operation.sent_at = clock.now()
            Operation.objects.bulk_update(group, ["sent_at"])
        if group[0].batch_id:
            (batch,) = run.client.send([operations.batched(group)])
            answers = batch.answers if isinstance(batch, Batched) else (NotSent("no answer"),) * len(group)
        else:
            answers = tuple(run.client.send([operations.request(operation) for operation in group]))
        yield from zip(group, answers, strict=True)


def _travelling_together(again: Iterable[Operation]) -> list[list[Operation]]:
    groups: dict[str, list[Operation]] = defaultdict(list)
    for operation in again:
        groups[operation.batch_id].append(operation)
    return list(groups.values())
