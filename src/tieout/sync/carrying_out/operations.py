"""Makes of a decision the operation that carries it out: exact bytes and request id, stored before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tieout import clock
from tieout.kinds.kind import Object, encode
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.json import dumps, loads
from tieout.quickbooks.wire.requests import Request
from tieout.sync.deciding.pair import Act, Decision, Pair, Write
from tieout.sync.models import Link, Operation
from tieout.sync.running import Running

SENDERS = {
    Act.CREATE: requests.create,
    Act.UPDATE: requests.update,
    Act.VOID: requests.void,
    Act.DELETE: requests.delete,
}


def operation(run: Running, decision: Decision[Any], link: Link) -> Operation:
    pair, write = decision.pair, decision.write
    if write is None:
        raise LookupError("only a decided write becomes an operation")
    return Operation(
        company=run.company,
        link=link,
        run=run.row,
        request_id=run.new_id(),
        entity=pair.kind.entity,
        act=write.act.value,
        body=dumps(_body(decision, their_tax=run.choices.their_tax)),
        values=encode(_values(pair, write)),
        groups=sorted(write.groups),
        before=encode(pair.theirs.values) if pair.theirs else "",
        undoes_id=pair.undo.operation if pair.undo else None,
        cause=_cause(decision, link),
        our_version=link.our_version or pair.here.version,
        stored_at=clock.now(),
    )


def _values(pair: Pair[Any], write: Write) -> Any:
    if pair.ours_there.values is not None:
        return pair.ours_there.values
    if write.act not in (Act.VOID, Act.DELETE):
        raise LookupError("what is written names something that has no counterpart")
    return pair.there.values  # it carries nothing of ours, whatever ours names


def _body(decision: Decision[Any], *, their_tax: bool) -> Object:
    pair, write = decision.pair, decision.write
    if write is None:
        return {}
    if pair.theirs is None:
        return pair.kind.body(pair.ours_there.values, write.groups, None, their_tax=their_tax)
    identity: Object = {"Id": pair.theirs.id, "SyncToken": pair.theirs.sync_token, "sparse": True}
    if write.act in (Act.VOID, Act.DELETE):
        return identity
    return identity | pair.kind.body(pair.ours_there.values, write.groups, pair.theirs.body, their_tax=their_tax)


def _cause(decision: Decision[Any], link: Link) -> str:
    """A person's decision if there was one, else the edit."""
    if link.reason == "decided":
        return link.details[:200]
    by = decision.pair.here.by
    return f"changed by {by}" if by else "changed in our book"


def request(operation: Operation) -> Request:
    """The same bytes under the same id, however often."""
    return SENDERS[Act(operation.act)](operation.entity, bytes(operation.body), operation.request_id)


def batched(operations: Sequence[Operation]) -> Request:
    """One batch; a replay of some of its items repeats its id and theirs."""
    items = [request(operation) for operation in operations]
    return requests.batch(items, operations[0].batch_id, [operation.item_id for operation in operations])


def mark_batches(run: Running, operations: Sequence[Operation], size: int) -> None:
    for start in range(0, len(operations), size):
        batch_id = run.new_id()
        for number, each in enumerate(operations[start : start + size], 1):
            each.batch_id, each.item_id = batch_id, str(number)


def written_object(operation: Operation) -> Object:
    found: Object = loads(bytes(operation.body))
    return found
