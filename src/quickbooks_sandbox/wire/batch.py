"""Batches: independent items, each done or refused for itself."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from quickbooks_sandbox import json
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault, fault
from quickbooks_sandbox.wire.cdc import change_data
from quickbooks_sandbox.wire.envelope import fault_content
from quickbooks_sandbox.wire.exchange import Answer
from quickbooks_sandbox.wire.operations import Content, known_entity, query, write
from quickbooks_sandbox.wire.replay import Replays, check_request_id

WORDS = {"bId", "operation", "optionsData"}
READS = {"Query", "CDCQuery", "ReportQuery"}


#: Raises where the company may not be written to now.
RefuseWrite = Callable[[str], None]


def batch(books: Books, body: Content, request_id: str, replays: Replays, refuse_write: RefuseWrite) -> Content:
    items = body.get("BatchItemRequest")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise fault("2020", field="BatchItemRequest")
    if len(items) > books.settings.max_batch_items:
        raise fault("1040", limit=books.settings.max_batch_items)
    answers = []
    for position, item in enumerate(items):
        try:
            if not READS & item.keys():
                refuse_write(books.realm_id)
            answer = _once(books, item, position, request_id, replays)
        except Fault as refused:
            answer = fault_content(refused, books.settings.fault_language)
        answers.append({**answer, **({"bId": item["bId"]} if "bId" in item else {})})
    return {"BatchItemResponse": answers}


def _once(books: Books, item: Content, position: int, request_id: str, replays: Replays) -> Content:
    if "Query" in item:
        return query(books, str(item["Query"]))
    if "CDCQuery" in item:
        return _changes(books, item["CDCQuery"])
    if "ReportQuery" in item:
        return _report(books, str(item["ReportQuery"]))
    if not request_id:
        return _write(books, item)
    b_id = str(item.get("bId", ""))
    check_request_id(request_id, b_id)
    key = f"{request_id}/{b_id or position}"
    sent = json.dumps(item)
    if kept := replays.find(books.realm_id, key, sent):
        return _content(kept.body)
    try:
        answer = _write(books, item)
    except Fault as refused:
        if books.settings.replay_faults:
            told = fault_content(refused, books.settings.fault_language)
            replays.remember(books.realm_id, key, sent, Answer(200, json.dumps(told)))
        raise
    replays.remember(books.realm_id, key, sent, Answer(200, json.dumps(answer)))
    return answer


def _content(raw: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(raw)
    return content


def _changes(books: Books, asked: object) -> Content:
    """Members as in Intuit's schema of a batch, which spells them with capitals."""
    if not isinstance(asked, dict):
        raise fault("2010", text="CDCQuery")
    return change_data(
        books, {"entities": str(asked.get("Entities", "")), "changedSince": str(asked.get("ChangedSince", ""))}
    )


def _report(books: Books, asked: str) -> Content:
    """Named as in the address of a report, with its parameters if it has any."""
    name, _, params = asked.rpartition("/")[2].partition("?")
    return {"Report": books.report(name, dict(parse_qsl(params)))}


def _write(books: Books, item: Content) -> Content:
    names = [name for name in item if name not in WORDS]
    if len(names) != 1:
        raise fault("2020", field="BatchItemRequest entity")
    entity, body = known_entity(names[0]), item[names[0]]
    if not isinstance(body, dict):
        raise fault("2010", text=names[0])
    options = [part.strip() for part in str(item.get("optionsData", "")).split(",") if part.strip()]
    include = [option.removeprefix("include=") for option in options]
    return write(books, entity, str(item.get("operation") or "create").lower(), include, body)
