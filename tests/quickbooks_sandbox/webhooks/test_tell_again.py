"""What happened in a while, told again."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from quickbooks_sandbox import json
from quickbooks_sandbox.testing import START, QuickBooks, quickbooks

__all__ = ["quickbooks"]


def told(quickbooks: QuickBooks) -> list[tuple[str, str, str]]:
    """(entity, id, operation) of everything that is due."""
    bodies: list[bytes] = []

    async def post(_url: str, _headers: dict[str, str], body: bytes) -> int:
        bodies.append(body)
        return 200

    asyncio.run(quickbooks.sandbox.webhooks.deliver_due(post))
    changes = [json.loads(body)["eventNotifications"][0]["dataChangeEvent"]["entities"] for body in bodies]
    return [(one["name"], one["id"], one["operation"]) for entities in changes for one in entities]


@pytest.fixture
def past(quickbooks: QuickBooks) -> list[dict[str, Any]]:
    """A customer made and renamed a day later, and an invoice to another, deleted; nobody was told."""
    made = quickbooks.books.create("Customer", {"DisplayName": "A"})
    other = quickbooks.books.create("Customer", {"DisplayName": "C"})
    quickbooks.clock.advance(24 * 3600)
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    invoice = quickbooks.books.create("Invoice", {"CustomerRef": {"value": other["Id"]}, "Line": [line]})
    renamed = {"Id": made["Id"], "SyncToken": made["SyncToken"], "sparse": True, "DisplayName": "B"}
    quickbooks.books.update("Customer", renamed)
    quickbooks.clock.advance(24 * 3600)
    quickbooks.books.delete("Invoice", {"Id": invoice["Id"], "SyncToken": invoice["SyncToken"]})
    quickbooks.sandbox.credentials()  # an app is told of companies to which it is connected
    quickbooks.call("PUT", "/sandbox/webhooks", {"url": "http://127.0.0.1:1/", "form": "old"})
    return [made, other, invoice]


def again(quickbooks: QuickBooks, since_days: int, until_days: int | None = None) -> int:
    span = {"since": (START + timedelta(days=since_days, minutes=-1)).isoformat()}
    if until_days is not None:
        span["until"] = (START + timedelta(days=until_days, minutes=1)).isoformat()
    answer = quickbooks.call("POST", "/sandbox/webhooks/replay", span)
    assert answer.status == 200, answer.body
    count: int = answer.json()["notifications"]
    return count


def test_everything_is_told_in_the_order_in_which_it_happened(quickbooks: QuickBooks, past: Any) -> None:
    customer, other, invoice = (one["Id"] for one in past)
    again(quickbooks, 0)
    assert [one for one in told(quickbooks) if one[0] in ("Customer", "Invoice")] == [
        ("Customer", customer, "Create"),
        ("Customer", other, "Create"),
        ("Customer", customer, "Update"),
        ("Invoice", invoice, "Delete"),
    ]


def test_only_the_while_that_was_asked_for_is_told(quickbooks: QuickBooks, past: Any) -> None:
    assert again(quickbooks, 1, 1) == 1
    assert told(quickbooks) == [("Customer", past[0]["Id"], "Update")]


def test_nobody_is_told_where_no_address_is_set(quickbooks: QuickBooks, past: Any) -> None:
    quickbooks.call("PUT", "/sandbox/webhooks", {})
    assert again(quickbooks, 0) == 0


def test_a_moment_without_an_offset_is_refused(quickbooks: QuickBooks) -> None:
    answer = quickbooks.call("POST", "/sandbox/webhooks/replay", {"since": "2026-01-01T00:00:00"})
    assert (answer.status, "offset" in answer.json()["error"]) == (400, True)
