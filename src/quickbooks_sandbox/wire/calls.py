"""The log of calls to the accounting API, complete since it was last cleared."""

import msgspec

from quickbooks_sandbox.storage import Storage
from quickbooks_sandbox.wire.metering import CallClass


class Call(msgspec.Struct, rename={"call_class": "class"}):
    realm_id: str
    method: str
    path: str
    call_class: CallClass
    status: int
    """0 where the connection was cut before anything was done."""
    requestid: str | None
    cost: int = 0
    """Metered calls: those of class CorePlus that were answered with success."""


class CallLog:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        stored = storage.entries("call")
        self.calls = [msgspec.msgpack.decode(value, type=Call) for _, value in stored]
        self._next = int(stored[-1][0]) + 1 if stored else 0

    def record(self, call: Call) -> None:
        self.calls.append(call)
        if self._storage.keeps:
            self._storage.put("call", f"{self._next:012}", msgspec.msgpack.encode(call))
        self._next += 1

    def clear(self) -> None:
        self.calls.clear()
        self._storage.clear("call")
