"""From an address to the company and the record it is about."""

from starlette.requests import Request
from starlette.responses import Response

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.companies import Companies, company_name
from quickbooks_sandbox.entities import Entity
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.html.render import page
from quickbooks_sandbox.pages import records


class NotThere(LookupError):
    """Said to the reader as it stands."""


def books_named(companies: Companies, realm_id: str | None) -> Books:
    books = companies.get(realm_id) if realm_id else companies.first()
    if books is None:
        raise NotThere(f"There is no company {realm_id} here.")
    return books


def entity_at(slug: str) -> Entity:
    entity = records.entity_of(slug)
    if entity is None:
        raise NotThere(f"The sandbox has no page for {slug!r}.")
    return entity


def record_at(books: Books, entity: Entity, request: Request) -> records.Object:
    given = (request.query_params.get(name) for name in records.ID_PARAMETERS)
    return record_named(books, entity, next(filter(None, given), ""))


def record_named(books: Books, entity: Entity, id_: str) -> records.Object:
    try:
        return books.read(entity.name, id_)
    except Fault:
        raise NotThere(f"{company_name(books)} has no {entity.name} with the id {id_!r}.") from None


def frame(books: Books) -> dict[str, str]:
    return {"realm_id": books.realm_id, "company": company_name(books)}


def not_there(error: NotThere) -> Response:
    return page("message.html", 404, title="Not there", text=str(error))


def not_done(reason: Exception) -> Response:
    return page("message.html", 400, title="This was not done", text=str(reason))
