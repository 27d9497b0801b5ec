"""Controls of companies, the people in them and the connections to them."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.builder import Plan
from quickbooks_sandbox.companies import company_name
from quickbooks_sandbox.conditions import Condition, Outage
from quickbooks_sandbox.controls.control import BadInput, Control, NotThere, body, json
from quickbooks_sandbox.oauth.connections import Grant
from quickbooks_sandbox.oauth.endpoints import origin
from quickbooks_sandbox.parts import Parts
from quickbooks_sandbox.parts.credentials import Credentials
from quickbooks_sandbox.parts.seeding import BadSeed, Record, fill
from quickbooks_sandbox.people import person_by_sub


class NewCompany(msgspec.Struct, forbid_unknown_fields=True):
    name: str | None = None
    seed: Literal["sample", "empty"] = "empty"
    country: Literal["US", "GB", "CA", "AU", "FR"] = "US"
    """Of another country than the United States there are empty companies."""
    records: list[Record] = []
    """Made one after the other in the new company."""
    build: Plan | None = None
    """Instead of a seed: a company of this size, with a history."""


class CompanyShown(msgspec.Struct):
    realm_id: str
    name: str
    seed: str


class Connection(msgspec.Struct):
    id: str
    realm_id: str | None
    person: str
    """By e-mail address."""
    scopes: list[str]
    made_at: datetime
    refresh_token_expires_in: int
    """Seconds; not above 0 for a token that has expired."""
    own: bool
    """Whether it is the standing one of /sandbox/credentials."""


class ConnectionAct(msgspec.Struct, forbid_unknown_fields=True):
    act: Literal["disconnect", "rotate_refresh_token", "expire_refresh_token", "expire_access_tokens"]


class CompanyControls:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def controls(self) -> list[Control]:
        changes = "the members that are to change; roles by e-mail address"
        return [
            Control(
                *(
                    "GET",
                    "credentials",
                    self.credentials,
                    "Keys and tokens for one company, the first if none is named.",
                ),
                gives=Credentials,
                query=("realm_id",),
            ),
            Control("GET", "companies", self.companies, "The companies.", gives=list[CompanyShown]),
            Control(
                *(
                    "POST",
                    "companies",
                    self.create,
                    "Makes a company: the sample, an empty or a built one, and records.",
                ),
                takes=NewCompany,
                gives=Credentials,
            ),
            Control("GET", "companies/{realm_id}", self.condition, "The state of a company.", gives=Condition),
            Control(
                *("PUT", "companies/{realm_id}", self.change, f"Changes the state of a company; takes {changes}."),
                takes=Condition,
                gives=Condition,
            ),
            Control("GET", "connections", self.connections, "Every consent that holds.", gives=list[Connection]),
            Control(
                *("POST", "connections/{id}", self.act, "Disconnects as from QuickBooks' side, or ages its tokens."),
                takes=ConnectionAct,
                gives=list[Connection],
            ),
            Control("GET", "outage", self.outage, "Which services are down.", gives=Outage),
            Control(
                *("PUT", "outage", self.set_outage, "Takes services down, which then answer 503, or brings them up."),
                takes=Outage,
                gives=Outage,
            ),
        ]

    async def credentials(self, request: Request) -> Response:
        return self._credentials(request, request.query_params.get("realm_id"))

    def _credentials(self, request: Request, realm_id: str | None) -> Response:
        if realm_id is not None:
            self._books(realm_id)
        return json(self._parts.credentials(realm_id, origin(request)))

    async def companies(self, _request: Request) -> Response:
        companies = self._parts.companies
        return json(
            [CompanyShown(each.realm_id, company_name(each), companies.seed(each.realm_id)) for each in companies]
        )

    async def create(self, request: Request) -> Response:
        asked = await body(request, NewCompany)
        if asked.name is not None and not asked.name.strip():
            raise BadInput("The name of a company cannot be empty.")
        if asked.country != "US" and (asked.build or asked.seed != "empty"):
            raise BadInput("Companies outside the United States begin empty.")
        books = self._parts.companies.create(asked.build or asked.seed, asked.name, asked.country)
        try:
            fill(books, asked.records)
        except BadSeed as error:
            self._parts.companies.forget(books.realm_id)
            raise BadInput(str(error)) from None
        return self._credentials(request, books.realm_id)

    async def condition(self, request: Request) -> Response:
        return json(self._parts.conditions.of(self._named(request).realm_id))

    async def change(self, request: Request) -> Response:
        realm_id = self._named(request).realm_id
        return json(self._parts.conditions.change(realm_id, await body(request, dict[str, Any])))

    async def connections(self, _request: Request) -> Response:
        return json([self._shown(grant) for grant in self._parts.connections.grants()])

    async def act(self, request: Request) -> Response:
        asked = await body(request, ConnectionAct)
        self._do(asked.act, request.path_params["id"])
        return await self.connections(request)

    def _do(self, act: str, id_: str) -> None:
        connections = self._parts.connections
        if id_ not in {grant.id for grant in connections.grants()}:
            raise NotThere(f"There is no connection {id_}.")
        match act:
            case "disconnect":
                connections.end(id_)
            case "rotate_refresh_token":
                connections.rotate(id_)
            case "expire_refresh_token":
                connections.expire_refresh(id_)
            case "expire_access_tokens":
                connections.expire_access(id_)

    async def outage(self, _request: Request) -> Response:
        return json(self._parts.conditions.outage)

    async def set_outage(self, request: Request) -> Response:
        self._parts.conditions.set_outage(await body(request, Outage))
        return await self.outage(request)

    def _named(self, request: Request) -> Books:
        return self._books(request.path_params["realm_id"])

    def _books(self, realm_id: str) -> Books:
        books = self._parts.companies.get(realm_id)
        if books is None:
            raise NotThere(f"There is no company {realm_id} here.")
        return books

    def _shown(self, grant: Grant) -> Connection:
        return Connection(
            id=grant.id,
            realm_id=grant.realm_id,
            person=person_by_sub(grant.person).email,
            scopes=grant.scopes,
            made_at=grant.made_at,
            refresh_token_expires_in=self._parts.connections.refresh_expires_in(grant),
            own=grant.own,
        )
