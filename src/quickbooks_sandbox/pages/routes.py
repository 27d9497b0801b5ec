"""The pages a person would see in QuickBooks: companies, lists, records, and what only a person can do there."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.companies import Companies, company_name
from quickbooks_sandbox.entities import ENTITIES, Entity
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.html.forms import read_form
from quickbooks_sandbox.html.render import page
from quickbooks_sandbox.oauth.clients import BUILT_IN
from quickbooks_sandbox.oauth.connections import Connections
from quickbooks_sandbox.pages import acts, records
from quickbooks_sandbox.pages.editing import MADE
from quickbooks_sandbox.pages.finding import NotThere, books_named, entity_at, frame, not_done, not_there, record_at

ROWS = 50


class Pages:
    def __init__(self, companies: Companies, connections: Connections) -> None:
        self._companies, self._connections = companies, connections

    def routes(self) -> list[Route]:
        return [
            Route("/", self.companies),
            Route("/app", self.companies),
            Route("/app/homepage", self.front),
            Route("/app/list", self.rows),
            Route("/app/disconnect", self.disconnect, methods=["POST"]),
            Route("/app/act/{act}", self.act, methods=["POST"]),
            Route("/app/{slug}", self.record),
        ]

    async def companies(self, _request: Request) -> Response:
        rows = [(books.realm_id, company_name(books)) for books in self._companies]
        return page("companies.html", companies=rows)

    async def front(self, request: Request) -> Response:
        try:
            books = self._books(request)
        except NotThere as error:
            return not_there(error)
        counts = [(name, _count(books, entity)) for name, entity in ENTITIES.items() if _is_listed(entity)]
        connected = [g for g in self._connections.grants() if g.realm_id == books.realm_id and not g.own]
        closed = books.read("Preferences", "1")["AccountingInfoPrefs"].get("BookCloseDate", "")
        waiting = len(acts.undeposited(books))
        return page(
            "front.html", 200, **frame(books), counts=counts, connected=connected, closed=closed, waiting=waiting
        )

    async def rows(self, request: Request) -> Response:
        try:
            books = self._books(request)
            entity = entity_at(request.query_params.get("entity", ""))
        except NotThere as error:
            return not_there(error)
        start = max(1, _number(request.query_params.get("start", "1")))
        try:
            rows = books.query(f"select * from {entity.name} startposition {start} maxresults {ROWS}").rows or []  # noqa: S608
        except Fault as fault:
            return page("message.html", 400, title="This list cannot be shown", text=str(fault))
        shown = [_row(books, entity, row) for row in rows]
        total = _count(books, entity)
        return page(
            "list.html",
            200,
            **frame(books),
            entity=entity.name,
            rows=shown,
            start=start,
            step=ROWS,
            total=total,
            makeable=entity.name in MADE,
        )

    async def record(self, request: Request) -> Response:
        try:
            books = self._books(request)
            entity = entity_at(request.path_params["slug"])
            record = record_at(books, entity, request)
        except NotThere as error:
            return not_there(error)
        return page(
            "record.html",
            200,
            **frame(books),
            entity=entity.name,
            name=records.title_of(entity, record),
            first=list(records.first_facts(record)),
            facts=list(records.facts(record)),
            lines=records.lines(books.realm_id, record),
            links=records.links(books.realm_id, record),
            id=record["Id"],
            acts=acts.offered(entity.name, record),
            owed=record.get("Balance") if entity.name in acts.PAID else None,
            editable="update" in entity.operations,
            changed=record["MetaData"].get("LastUpdatedTime", ""),
        )

    async def act(self, request: Request) -> Response:
        form = await read_form(request)
        act = acts.ACTS.get(request.path_params["act"])
        books = self._companies.get(form.get("realmId", ""))
        if act is None or books is None:
            return not_there(NotThere("There is no such act, or no such company."))
        try:
            return RedirectResponse(act(books, form), status_code=303)
        except (acts.Refused, Fault) as refused:
            return not_done(refused)

    async def disconnect(self, request: Request) -> Response:
        """As under Apps in QuickBooks: the company's owner ends the app's access, and the app is not told."""
        realm_id = (await read_form(request)).get("realmId", "")
        self._connections.disconnect(realm_id, BUILT_IN.client_id)
        return RedirectResponse(f"/app/homepage?realmId={realm_id}", status_code=303)

    def _books(self, request: Request) -> Books:
        return books_named(self._companies, request.query_params.get("realmId"))


def _is_listed(entity: Entity) -> bool:
    return "query" in entity.operations and entity.name not in ("CompanyInfo", "Preferences")


def _count(books: Books, entity: Entity) -> int:
    return books.query(f"select count(*) from {entity.name}").total_count or 0  # noqa: S608


def _row(books: Books, entity: Entity, record: records.Object) -> dict[str, object]:
    party = record.get("CustomerRef") or record.get("VendorRef") or {}
    return {
        "href": records.record_address(books.realm_id, entity.name, record["Id"]),
        "name": records.name_of(record),
        "party": party.get("name", ""),
        "date": record.get("TxnDate", ""),
        "total": record.get("TotalAmt", record.get("Balance")),
        "balance": record.get("Balance"),
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 1
