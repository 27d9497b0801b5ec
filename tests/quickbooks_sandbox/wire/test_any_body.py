"""Real objects, damaged at random and sent back: each is taken or refused, and the books stay whole."""

import copy
import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.json import dumps
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.wire.exchange import Request

ENTITIES = ["Customer", "Vendor", "Account", "Item", "Invoice", "CreditMemo", "Payment", "Preferences", "Term", "Class"]
DAMAGE: list[Any] = [
    *(None, "", 0, -1, 1, "1", "x", True, [], {}, [{}], [None], {"value": None}, {"value": "1"}, {"value": 1}),
    *("2026-01-01", "2026-13-45", 1.005, 1e30, 10**25, "9" * 500, {"a": {"b": [1]}}, "NaN", "é" * 10),
]


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in inner for place in [(*here, key), *places(each, (*here, key))]]


def damaged(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    record = copy.deepcopy(record)
    for _ in range(chance.randint(1, 3)):
        *way, last = chance.choice(places(record) or [("Id",)])
        holder: Any = record
        for key in way:
            holder = holder[key]
        holder[last] = copy.deepcopy(chance.choice(DAMAGE))
    return record


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_object_is_taken_or_refused_and_the_books_stay_whole(seed: int) -> None:
    chance = random.Random(seed)
    clock = Clock(datetime(2026, 11, 2, 9, tzinfo=UTC))
    sandbox = Sandbox(company="sample", clock=clock, settings=Settings(limits_on=False))
    books, keys = sandbox.companies.first(), sandbox.credentials()
    for _ in range(150):
        entity = chance.choice(ENTITIES)
        # Where all of a kind were deleted, something else is sent in its place.
        rows = books.query(f"select * from {entity} maxresults 30").rows or [{"Id": "1", "SyncToken": "0"}]
        record = chance.choice(rows)
        body = damaged(json.loads(dumps(record)), chance)
        if chance.random() < 0.5 and entity != "Preferences":
            body.pop("Id", None)
            body.pop("DocNumber", None)
        request = Request(
            "POST",
            f"/v3/company/{keys.realm_id}/{entity.lower()}",
            chance.choice([{}, {}, {}, {"operation": "delete"}, {"operation": "void"}]),
            {b"authorization": f"Bearer {keys.access_token}".encode()},
            json.dumps(body).encode(),
        )
        answer = sandbox.app.service.handle(request)
        assert answer.status in (200, 400), (entity, body)
    assert problems(books) == []
