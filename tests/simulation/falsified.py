"""Answers of QuickBooks that are whole and yet not all true: a batch some of whose items failed, an object that is
there and reported as deleted."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from quickbooks_sandbox import json
from tieout.quickbooks.calling.transport import HttpRequest, HttpResponse

Ask = Callable[[HttpRequest], HttpResponse]
Item = dict[str, Any]

# What becomes of an item, and what is said of it.
DONE, THROTTLED, FAILED, FAILED_AND_DONE, LEFT_OUT = "done", "throttled", "failed", "failed and done", "left out"
FATES = (DONE, DONE, THROTTLED, FAILED, FAILED_AND_DONE, LEFT_OUT)
FAULTS = {
    THROTTLED: ("THROTTLE", "3001", "ThrottleExceeded"),
    FAILED: ("SystemFault", "10000", "An application error has occurred while processing your request"),
    FAILED_AND_DONE: ("SystemFault", "10000", "An application error has occurred while processing your request"),
}


def batch_in_part(request: HttpRequest, chance: random.Random, ask: Ask) -> HttpResponse:
    items = json.loads(request.body or b"{}")["BatchItemRequest"]
    fates = {item["bId"]: chance.choice(FATES) for item in items}
    sent = [item for item in items if fates[item["bId"]] not in (THROTTLED, FAILED)]
    if not sent:
        return ask(request)
    answer = ask(replace(request, body=json.dumps({"BatchItemRequest": sent})))
    content = json.loads(answer.body)
    if answer.status != 200 or "BatchItemResponse" not in content:
        return answer
    told = {item["bId"]: item for item in content["BatchItemResponse"]}
    named = [_told(b_id, fate, told) for b_id, fate in fates.items() if fate != LEFT_OUT]
    return replace(answer, body=json.dumps({**content, "BatchItemResponse": named}))


def _told(b_id: str, fate: str, told: dict[str, Item]) -> Item:
    if fate == DONE:
        return told[b_id]
    kind, code, message = FAULTS[fate]
    return {"bId": b_id, "Fault": {"type": kind, "Error": [{"code": code, "Message": message, "Detail": message}]}}


def false_deletion(request: HttpRequest, chance: random.Random, ask: Ask) -> HttpResponse:
    """Of one of the objects that a change-data answer holds."""
    answer = ask(request)
    content = json.loads(answer.body) if answer.status == 200 else {}
    rows = [row for part in _parts(content) for row in _objects(part)]
    if not rows:
        return answer
    struck = chance.choice(rows)
    deleted = {"domain": "QBO", "status": "Deleted", "Id": struck["Id"], "MetaData": struck["MetaData"]}
    struck.clear()
    struck.update(deleted)
    return replace(answer, body=json.dumps(content))


def _parts(content: Any) -> list[Item]:
    answers = [content, *content.get("BatchItemResponse", ())]
    found = [part for answer in answers for part in answer.get("CDCResponse", ())]
    return [response for part in found for response in part.get("QueryResponse", ())]


def _objects(response: Item) -> list[Item]:
    return [row for rows in response.values() if isinstance(rows, list) for row in rows if "SyncToken" in row]
