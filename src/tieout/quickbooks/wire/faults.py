"""QuickBooks' refusals, in either of its spellings, and what each means for the next step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Next(Enum):
    RETRY_LATER = "retry later"
    RECONNECT = "reconnect"
    STALE = "read again and decide anew"
    NOT_FOUND = "not found"
    PERSON = "needs a person"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Fault:
    code: str  # as digits without leading zeros; empty when none was given
    type: str = ""
    message: str = ""
    detail: str = ""
    element: str = ""
    status: int = 0
    tid: str = ""

    @property
    def outcome_unknown(self) -> bool:
        """After these a write may have happened all the same: a server error, and 600 (id already used)."""
        return self.status >= 500 or self.code == "600" or (self.code.isdecimal() and int(self.code) >= 10000)


THROTTLED = "3001"
NOT_COVERED = "3100"  # the token does not cover this company, or no longer
EXPIRED = "3200"
NO_RIGHTS = "120"  # the person who connected lost admin rights
STALE = "5010"
NOT_FOUND = "610"
SUBSCRIPTION_ENDED = "6190"

_RECONNECT = {"100", "110", NO_RIGHTS, NOT_COVERED, EXPIRED, SUBSCRIPTION_ENDED}
# The company is locked, in maintenance or reached by the wrong way inside Intuit.
OUT_OF_SERVICE = {
    "130": "it cannot open the company just now.",
    "140": "the company is locked there just now.",
    "150": "the company is under maintenance there.",
}
# Requests that a client should never send: malformed queries, names, numbers and envelopes.
_BUGS = {
    *("500", "1040", "1050", "2000", "2010", "2030", "2060", "2070", "2080", "2090", "2100", "2110", "2120"),
    *("2130", "2230", "2600", "3202", "4000", "4001", "4002", "5000"),
}
# Under 6000 QuickBooks also says that someone is at work on the very same thing.
_BUSY = re.compile(r"one name at a time|acquire (a )?lock|in use by another", re.IGNORECASE)


def next_step(fault: Fault) -> Next:
    if fault.status == 429 or fault.outcome_unknown or fault.code in (*OUT_OF_SERVICE, THROTTLED):
        return Next.RETRY_LATER
    if fault.status == 401 or fault.code in _RECONNECT:
        return Next.RECONNECT
    if fault.code == STALE:
        return Next.STALE
    if fault.code == NOT_FOUND:
        return Next.NOT_FOUND
    if fault.code in _BUGS or (not fault.code and fault.status in (400, 404, 405, 406, 411, 413, 414, 415)):
        return Next.BUG
    if _BUSY.search(fault.detail):
        return Next.RETRY_LATER
    return Next.PERSON


def faults_in(body: Any, status: int, tid: str) -> list[Fault]:
    """Of a whole answer or one item of a batch; empty when it holds none."""
    if not isinstance(body, dict):
        return []
    found = _member(body, "Fault")
    if not isinstance(found, dict):
        return []
    errors = _member(found, "Error")
    entries = errors if isinstance(errors, list) else [errors]
    kind = _text(_member(found, "Type"))
    return [_fault(entry, kind, status, tid) for entry in entries if isinstance(entry, dict)] or [
        Fault("", kind, status=status, tid=tid)
    ]


def fault_in_text(body: bytes, status: int, tid: str) -> Fault:
    """The gateway may answer in XML or HTML; its code stands in the text then."""
    text = body[:20_000].decode("utf-8", "replace")
    code = re.search(r"errorCode=(\d+)", text)
    message = re.search(r"message=\w+", text)
    return Fault(
        code.group(1).lstrip("0") if code else "",
        message=message.group() if message else f"HTTP status {status}",
        status=status,
        tid=tid,
    )


def _fault(error: dict[str, Any], kind: str, status: int, tid: str) -> Fault:
    return Fault(
        code=_text(error.get("code")).lstrip("0"),
        type=kind,
        message=_text(_member(error, "Message")),
        detail=_text(_member(error, "Detail")),
        element=_text(error.get("element")),
        status=status,
        tid=tid,
    )


def _member(holder: dict[str, Any], name: str) -> Any:
    """QuickBooks itself capitalises, its gateway does not."""
    return next((holder[key] for key in _spellings(name) if key in holder), None)


def _spellings(name: str) -> Iterator[str]:
    yield name
    yield name.lower()


def _text(value: Any) -> str:
    return "" if value is None else str(value)
