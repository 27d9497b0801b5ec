"""What came back for a request, as one of few things that can follow.

A status of 200 proves nothing: a write is Done only when the answer shows the object it should have made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias

from . import faults
from .faults import Fault
from .json import BadJson, loads
from .requests import Request

Object: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    object: Object = field(default_factory=dict)  # of a create, update, void, delete, read
    rows: list[Object] = field(default_factory=list)  # of a query
    count: int | None = None  # of a count query
    changes: dict[str, list[Object]] = field(default_factory=dict)  # of a cdc: by entity
    time: datetime | None = None  # QuickBooks' own, when it answered
    tid: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Definitely not carried out."""

    fault: Fault
    also: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent, and the answer does not tell whether it was carried out."""

    why: str
    status: int | None = None
    tid: str = ""
    code: str = ""  # of QuickBooks' fault, if it gave one


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing left this machine; the same request may be sent at any time."""

    why: str


@dataclass(frozen=True, slots=True)
class Batched:
    """One answer per item of a batch, in the order of the items, as if each had been sent by itself."""

    answers: tuple[Answer, ...]


Answer: TypeAlias = Done | Refused | Unknown | NotSent | Batched


def parse(request: Request, status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    """A batch that failed as a whole gives what it failed with; see `per_item`."""
    tid = headers.get("intuit_tid", "")
    try:
        value = loads(body)
    except BadJson:
        return _without_json(status, tid, body)
    if found := faults.faults_in(value, status, tid):
        return _refusal(found, status)
    if not 200 <= status < 300:
        return _without_json(status, tid, body)
    if not isinstance(value, dict):
        return Unknown("The answer is not a JSON object.", status, tid)
    return _expected(request, value, status, tid)


def per_item(request: Request, answer: Answer) -> Answer:
    """What became of a batch as a whole became of each of its items."""
    if not request.items or isinstance(answer, Batched):
        return answer
    return Batched(tuple(answer for _ in request.items))


def _without_json(status: int, tid: str, body: bytes) -> Answer:
    # A 400 is QuickBooks' own, and with its fault unread it may hide a system failure.
    if 401 <= status < 500 and status != 408:
        return Refused(faults.fault_in_text(body, status, tid))
    if 200 <= status < 300:
        return Unknown("The answer is empty or cut." if body else "The answer is empty.", status, tid)
    return Unknown(f"QuickBooks answered with HTTP status {status} and no reason.", status, tid)


def _refusal(found: Sequence[Fault], status: int) -> Answer:
    first, *also = found
    if doubtful := next((fault for fault in found if fault.outcome_unknown), None):
        words = doubtful.detail or doubtful.message or f"HTTP status {status}"
        why = f"QuickBooks answered with error {doubtful.code or status}: {words}"
        return Unknown(why, status, first.tid, doubtful.code)
    return Refused(first, tuple(also))


def _expected(request: Request, value: Object, status: int, tid: str) -> Answer:
    reader = _READERS.get(request.act, _object)
    answer = reader(request, value, status, tid)
    if answer is None:
        return Unknown(f"The answer does not hold what a {request.act} answers.", status, tid)
    if isinstance(answer, Done):
        return replace(answer, time=_time(value.get("time")), tid=tid)
    return answer


def _object(request: Request, value: Object, _status: int, _tid: str) -> Answer | None:
    found = value.get(request.entity)
    if not isinstance(found, dict) or not found.get("Id"):
        return None
    if (found.get("status") == "Deleted") != (request.act == "delete"):
        return None
    return Done(found)


def _query(_request: Request, value: Object, _status: int, _tid: str) -> Answer | None:
    found = value.get("QueryResponse")
    if not isinstance(found, dict):
        return None
    rows = next((rows for rows in found.values() if isinstance(rows, list)), [])
    count = found.get("totalCount")
    return Done(rows=rows, count=count if isinstance(count, int) else None)


def _cdc(_request: Request, value: Object, status: int, tid: str) -> Answer | None:
    try:
        parts = [part for answer in value["CDCResponse"] for part in _cdc_parts(answer)]
    except (KeyError, TypeError):
        return None
    changes: dict[str, list[Object]] = {}
    for part in parts:
        if found := faults.faults_in(part, status, tid):
            return _refusal(found, status)
        for entity, rows in part.items():
            if isinstance(rows, list):
                changes.setdefault(entity, []).extend(rows)
    return Done(changes=changes)


def _cdc_parts(answer: Object) -> list[Object]:
    return [answer] if faults.faults_in(answer, 200, "") else list(answer["QueryResponse"])


def _batch(request: Request, value: Object, status: int, tid: str) -> Answer | None:
    found = value.get("BatchItemResponse")
    if not isinstance(found, list):
        return None
    by_id = {str(item.get("bId")): item for item in found if isinstance(item, dict)}
    pairs = zip(request.item_ids, request.items, strict=True)
    time = value.get("time")
    return Batched(tuple(_batch_item(item, by_id.get(i), time, status, tid) for i, item in pairs))


def _batch_item(item: Request, value: Object | None, time: object, status: int, tid: str) -> Answer:
    if value is None:
        return Unknown("The answer to the batch leaves this item out.", status, tid)
    # Each item's faults are QuickBooks' own, whose status by itself would be 400.
    if found := faults.faults_in(value, 400, tid):
        return _refusal(found, status)
    return _expected(item, value | {"time": time}, status, tid)


def _report(_request: Request, value: Object, _status: int, _tid: str) -> Answer | None:
    return Done(value) if "Columns" in value and "Rows" in value else None


_READERS = {"query": _query, "cdc": _cdc, "batch": _batch, "report": _report}


def _time(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
