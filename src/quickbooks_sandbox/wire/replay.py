"""The memory of request ids: a request that comes again is answered again, not done again.

In batches each item has a memory of its own, under requestid and bId together
(Intuit: "Idempotence with request ids").
"""

from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.faults import Fault, fault
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Storage
from quickbooks_sandbox.wire.exchange import Answer

LONGEST = 50


class Remembered(msgspec.Struct):
    at: datetime
    status: int
    content_type: str
    body: bytes
    sent: str = ""
    """A digest of the request's body."""


class Replays:
    """Entries are kept in order of their making, so the oldest are forgotten first."""

    def __init__(self, clock: Clock, settings: Settings, storage: Storage) -> None:
        self._clock, self._settings, self._storage = clock, settings, storage
        stored = [(key, msgspec.msgpack.decode(value, type=Remembered)) for key, value in storage.entries("replay")]
        self._kept = dict(sorted(stored, key=lambda entry: entry[1].at))

    def find(self, realm_id: str, request_id: str, sent: bytes) -> Remembered | None:
        kept = self._kept.get(_key(realm_id, request_id))
        if kept is None or self._forgotten(kept):
            return None
        other = self._settings.other_body_under_request_id == "refuse" and kept.sent != _digest(sent)
        if other or self._settings.repeated_request_id == "refuse":
            raise fault("600", value=request_id)
        return kept

    def remember(self, realm_id: str, request_id: str, sent: bytes, answer: Answer) -> None:
        self._forget_old()
        key = _key(realm_id, request_id)
        kept = Remembered(self._clock.now(), answer.status, answer.content_type, answer.body, _digest(sent))
        self._kept.pop(key, None)
        self._kept[key] = kept
        if self._storage.keeps:
            self._storage.put("replay", key, msgspec.msgpack.encode(kept))

    def clear(self) -> None:
        self._kept.clear()
        self._storage.clear("replay")

    def _forgotten(self, kept: Remembered) -> bool:
        return kept.at + timedelta(seconds=self._settings.request_id_memory_s) <= self._clock.now()

    def _forget_old(self) -> None:
        while self._kept:
            key, kept = next(iter(self._kept.items()))
            if not self._forgotten(kept):
                return
            del self._kept[key]
            self._storage.remove("replay", key)


def check_request_id(request_id: str, b_id: str = "") -> None:
    if len(request_id) + len(b_id) > LONGEST:
        raise bad_request_id()


def bad_request_id() -> Fault:
    return fault("2130", text="You cannot enter more than 50 characters in the request_id field")


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def _key(realm_id: str, request_id: str) -> str:
    return f"{realm_id}/{request_id}"
