"""What can be asked of QuickBooks, as plain values: nothing here sends anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote, urlencode

import msgspec

from .json import dumps

# Intuit: App Partner Program, API classification. Core calls are free; CorePlus calls are metered.
Klass = Literal["Core", "CorePlus"]
Act = Literal["create", "update", "void", "delete", "read", "query", "cdc", "batch", "report"]
WRITES: frozenset[Act] = frozenset({"create", "update", "void", "delete"})

MAX_BATCH_ITEMS = 30
# In a batch the request id and the item's id are kept as one, of at most 50 characters.
MAX_REQUEST_ID = 50
MAX_ITEM_ID = 10

_VOID_BY_OPERATION = {"Invoice"}
_VOID_BY_INCLUDE = {"Payment", "SalesReceipt", "BillPayment"}


@dataclass(frozen=True, slots=True)
class Request:
    method: Literal["GET", "POST"]
    path: str  # below /v3/company/<realm>
    query: tuple[tuple[str, str], ...]
    body: bytes | None
    klass: Klass
    entity: str  # as QuickBooks spells it; empty where an answer holds several
    act: Act
    statement: str = ""
    items: tuple[Request, ...] = ()
    item_ids: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """Path and query, encoded."""
        if not self.query:
            return self.path
        return f"{self.path}?{urlencode(self.query, quote_via=quote)}"

    @property
    def is_write(self) -> bool:
        return self.act in WRITES or any(item.is_write for item in self.items)


def create(entity: str, body: bytes, request_id: str) -> Request:
    return _write(entity, body, request_id, "create")


def update(entity: str, body: bytes, request_id: str) -> Request:
    """Full, or sparse where the body says so."""
    return _write(entity, body, request_id, "update")


def delete(entity: str, body: bytes, request_id: str) -> Request:
    """The body needs Id and SyncToken."""
    return _write(entity, body, request_id, "delete", ("operation", "delete"))


def void(entity: str, body: bytes, request_id: str) -> Request:
    """The body needs Id and SyncToken; all but an Invoice's also `"sparse": true`."""
    if entity in _VOID_BY_OPERATION:
        return _write(entity, body, request_id, "void", ("operation", "void"))
    if entity in _VOID_BY_INCLUDE:
        return _write(entity, body, request_id, "void", ("operation", "update"), ("include", "void"))
    raise ValueError(f"QuickBooks cannot void a {entity}.")


def read(entity: str, object_id: str) -> Request:
    return _get(f"/{entity.lower()}/{quote(object_id, safe='')}", entity, "read")


def company_info(realm_id: str) -> Request:
    return _get(f"/companyinfo/{quote(realm_id, safe='')}", "CompanyInfo", "read")


def preferences() -> Request:
    return _get("/preferences", "Preferences", "read")


def query(statement: str) -> Request:
    return Request("GET", "/query", (("query", statement),), None, "CorePlus", "", "query", statement)


def report(name: str, **parameters: str) -> Request:
    return Request("GET", f"/reports/{name}", tuple(parameters.items()), None, "CorePlus", "", "report")


def cdc(entities: Sequence[str], since: datetime) -> Request:
    """Change data capture: what changed since a moment of at most 30 days ago."""
    # Cut down to the second, never up: a change within that second must not be missed.
    moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = (("entities", ",".join(entities)), ("changedSince", moment))
    return Request("GET", "/cdc", asked, None, "CorePlus", "", "cdc")


def batch(items: Sequence[Request], request_id: str, item_ids: Sequence[str] = ()) -> Request:
    """Up to 30 writes, queries and change data captures in one call.

    `item_ids` are "1", "2", ... unless given, as a replay must.
    """
    ids = tuple(item_ids) or tuple(str(number) for number in range(1, len(items) + 1))
    _check_batch(items, ids, request_id)
    body = dumps({"BatchItemRequest": [_batch_item(i, item) for i, item in zip(ids, items, strict=True)]})
    asked = (("requestid", request_id),)
    return Request("POST", "/batch", asked, body, "CorePlus", "", "batch", items=tuple(items), item_ids=ids)


def _check_batch(items: Sequence[Request], ids: tuple[str, ...], request_id: str) -> None:
    if not 1 <= len(items) <= MAX_BATCH_ITEMS:
        raise ValueError(f"A batch holds 1 to {MAX_BATCH_ITEMS} items, not {len(items)}.")
    if len(set(ids)) != len(items):
        raise ValueError("Each item of a batch needs an id of its own.")
    longest = max(map(len, ids))
    if longest > MAX_ITEM_ID or len(request_id) + longest > MAX_REQUEST_ID:
        raise ValueError("The ids of a batch are too long: at most 10 for an item, 50 with the request id.")
    if refused := [item.act for item in items if item.act not in WRITES and item.act not in ("query", "cdc")]:
        raise ValueError(f"A {refused[0]} cannot be an item of a batch.")


def _batch_item(item_id: str, item: Request) -> dict[str, object]:
    if item.act == "query":
        return {"bId": item_id, "Query": item.statement}
    if item.act == "cdc":
        asked = dict(item.query)
        return {"bId": item_id, "CDCQuery": {"Entities": asked["entities"], "ChangedSince": asked["changedSince"]}}
    entry: dict[str, object] = {"bId": item_id, "operation": item.act}
    if item.act == "void":
        entry |= {"operation": "update", "optionsData": "void"}
    return entry | {item.entity: msgspec.Raw(item.body or b"{}")}


def _write(entity: str, body: bytes, request_id: str, act: Act, *options: tuple[str, str]) -> Request:
    if not request_id or len(request_id) > MAX_REQUEST_ID:
        raise ValueError(f"A request id has 1 to {MAX_REQUEST_ID} characters.")
    asked = (*options, ("requestid", request_id))
    return Request("POST", f"/{entity.lower()}", asked, body, "Core", entity, act)


def _get(path: str, entity: str, act: Act) -> Request:
    return Request("GET", path, (), None, "CorePlus", entity, act)
