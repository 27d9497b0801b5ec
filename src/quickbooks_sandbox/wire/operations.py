"""From the words of a request (path segment, operation, include) to what the books are asked to do."""

from collections.abc import Mapping
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.entities import Entity, entity_named
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.times import today

Content = dict[str, Any]


def known_entity(name: str) -> Entity:
    entity = entity_named(name)
    if entity is None:
        raise fault("2000", value=name)
    return entity


def read(books: Books, entity: Entity, id_: str) -> Content:
    # A company's info is asked for under its realm, and known in the books as number 1.
    if entity.name == "CompanyInfo" and id_ == books.realm_id:
        id_ = "1"
    return {entity.element or entity.name: entity.shown(books.read(entity.name, id_))}


def exchange_rate(books: Books, query: Mapping[str, str]) -> Content:
    """The rate of a currency on a day, or the last one before it; rates have no id to be read by."""
    asked = {name.lower(): value for name, value in query.items()}
    if not asked.get("sourcecurrencycode"):
        raise fault("2020", field="sourcecurrencycode")
    day = asked.get("asofdate") or today(books.clock.now()).isoformat()
    rows = books.tables["ExchangeRate"].find("SourceCurrencyCode", asked["sourcecurrencycode"].lower())
    known = [row.object for row in rows if row.object["AsOfDate"] <= day]
    if not known:
        raise fault("610")
    return {"ExchangeRate": max(known, key=lambda rate: str(rate["AsOfDate"]))}


def write(books: Books, entity: Entity, operation: str, include: list[str], body: Content) -> Content:
    name, element = entity.name, entity.element or entity.name
    body = entity.opened(body)
    if operation == "void" or (operation == "update" and "void" in include):
        voided = books.void(name, body, by_update=operation != "void")
        return {"BatchItemResponse": []} if entity.void_does_nothing else {element: voided}
    match operation:
        case "create":
            return {element: entity.shown(books.create(name, body, include=include))}
        case "update":
            return {element: entity.shown(books.update(name, body, include=include))}
        case "delete":
            return {element: books.delete(name, body)}
    raise fault("500.operation", operation=operation)


def implied_operation(entity: Entity, body: Content) -> str:
    """Without an operation, an object that names its Id is updated and one that does not is created."""
    return "update" if entity.opened(body).get("Id") else "create"


def query(books: Books, statement: str) -> Content:
    answer = books.query(statement)
    if answer.rows is None:
        return {"QueryResponse": {"totalCount": answer.total_count}}
    if not answer.rows:
        return {"QueryResponse": {}}
    entity = known_entity(answer.entity)
    response: Content = {
        entity.element or entity.name: [entity.shown(row) for row in answer.rows],
        "startPosition": answer.start_position,
        "maxResults": answer.max_results,
    }
    if answer.total_count is not None:
        response["totalCount"] = answer.total_count
    return {"QueryResponse": response}
