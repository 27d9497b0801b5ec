"""Change data capture: what changed since a moment, one QueryResponse for each entity asked for."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.entities import ENTITIES, entity_named
from quickbooks_sandbox.faults import Fault, fault, not_modelled
from quickbooks_sandbox.ledger.times import parse_moment


def change_data(books: Books, query: Mapping[str, str]) -> dict[str, Any]:
    entities = [name.strip() for name in query.get("entities", "").split(",") if name.strip()]
    if not entities:
        raise fault("2020", field="entities")
    since = _since(books, query.get("changedSince", ""))
    room = books.settings.cdc_cap
    responses = []
    for name in (_capturable(entity) for entity in entities):
        found = books.changes(name, since)
        shown = found[:room]
        responses.append(_response(name, shown, len(found)))
        if books.settings.cdc_cap_shared:
            room -= len(shown)
    if books.settings.cdc_without_changes == "omit":
        responses = [response for response in responses if response] or [{}]
    return {"CDCResponse": [{"QueryResponse": responses}]}


def _response(name: str, shown: list[dict[str, Any]], found: int) -> dict[str, Any]:
    if not shown:
        return {}
    element = ENTITIES[name].element or name
    response: dict[str, Any] = {element: shown, "startPosition": 1, "maxResults": len(shown)}
    if found > len(shown):
        response["totalCount"] = found
    return response


def _since(books: Books, text: str) -> datetime:
    if not text:
        raise fault("2020", field="changedSince")
    try:
        since = parse_moment(text)
    except ValueError:
        raise fault("2060", field="changedSince", value=text) from None
    oldest = books.clock.now() - timedelta(days=books.settings.cdc_lookback_days)
    if since < oldest:
        raise too_old(text)
    return since


def too_old(text: str) -> Fault:
    return not_modelled(f"cdc with changedSince date {text} which is older than fixed days")


def _capturable(entity: str) -> str:
    found = entity_named(entity)
    if found is None:
        raise fault("2000", value=entity)
    if not found.in_cdc:
        raise not_modelled(f"cdc for {found.name}")
    return found.name
