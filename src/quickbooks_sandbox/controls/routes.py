"""The controls of the sandbox, under /sandbox/: what a test script turns and reads."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quickbooks_sandbox.companies import company_name
from quickbooks_sandbox.controls.faults import BadRule
from quickbooks_sandbox.oauth.endpoints import origin
from quickbooks_sandbox.state import BadSetting, change_settings
from quickbooks_sandbox.webhooks.webhooks import BadWebhook, Configuration

if TYPE_CHECKING:
    from quickbooks_sandbox.server import Sandbox

T = TypeVar("T")
Endpoint = Callable[[Request], Awaitable[Response]]

INDEX = {
    "GET /sandbox/health": "answers once the sandbox serves",
    "GET /sandbox/credentials?realm_id=": "keys and tokens for one company, the first if none is named",
    "GET /sandbox/companies": "the companies",
    "POST /sandbox/companies": '{"name", "seed": "sample" | "empty"}; answers as credentials',
    "GET /sandbox/calls": "every call to /v3 since the last DELETE, oldest first",
    "DELETE /sandbox/calls": "empties that list",
    "GET /sandbox/faults": "the planned faults",
    "PUT /sandbox/faults": "[{method, path, entity, nth, probability, status, body, delay_ms, cut}]; replaces all",
    "GET /sandbox/clock": "the sandbox's time",
    "POST /sandbox/clock": '{"advance_s": seconds} or {"now": ISO date-time with offset}',
    "GET /sandbox/settings": "how QuickBooks behaves where its documents leave it open",
    "PUT /sandbox/settings": "changes the settings that are named",
    "GET /sandbox/webhooks": "where notifications go, what waits to be sent, and the last attempts",
    "PUT /sandbox/webhooks": "{url, verifier_token, form, entities, delay_s, paused, doubled, reordered}; what is left "
    "out takes its default",
    "POST /sandbox/reset": "as at the first start",
}


class NewCompany(msgspec.Struct, forbid_unknown_fields=True):
    name: str | None = None
    seed: Literal["sample", "empty"] = "empty"


class ClockChange(msgspec.Struct, forbid_unknown_fields=True):
    advance_s: float | None = None
    now: datetime | None = None


class BadInput(ValueError):
    pass


class NotThere(LookupError):
    pass


class Controls:
    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def routes(self) -> list[Route]:
        table: list[tuple[str, str, Endpoint]] = [
            ("GET", "", self.index),
            ("GET", "health", self.health),
            ("GET", "credentials", self.credentials),
            ("GET", "companies", self.companies),
            ("POST", "companies", self.create_company),
            ("GET", "calls", self.calls),
            ("DELETE", "calls", self.clear_calls),
            ("GET", "faults", self.faults),
            ("PUT", "faults", self.replace_faults),
            ("GET", "clock", self.clock),
            ("POST", "clock", self.move_clock),
            ("GET", "settings", self.settings),
            ("PUT", "settings", self.change_settings),
            ("GET", "webhooks", self.webhooks),
            ("PUT", "webhooks", self.configure_webhooks),
            ("POST", "reset", self.reset),
        ]
        return [Route(f"/sandbox/{path}", _said_plainly(do), methods=[method]) for method, path, do in table]

    async def index(self, _request: Request) -> Response:
        return _json(INDEX)

    async def health(self, _request: Request) -> Response:
        return _json({"status": "ok"})

    async def credentials(self, request: Request) -> Response:
        return self._credentials(request, request.query_params.get("realm_id"))

    def _credentials(self, request: Request, realm_id: str | None) -> Response:
        try:
            return _json(self._sandbox.credentials(realm_id, origin(request)))
        except KeyError:
            raise NotThere(f"There is no company {realm_id} here.") from None

    async def companies(self, _request: Request) -> Response:
        companies = self._sandbox.companies
        return _json(
            [
                {"realm_id": books.realm_id, "name": company_name(books), "seed": companies.seed(books.realm_id)}
                for books in companies
            ]
        )

    async def create_company(self, request: Request) -> Response:
        asked = await _body(request, NewCompany)
        if asked.name is not None and not asked.name.strip():
            raise BadInput("The name of a company cannot be empty.")
        books = self._sandbox.companies.create(asked.seed, asked.name)
        return self._credentials(request, books.realm_id)

    async def calls(self, _request: Request) -> Response:
        return _json(self._sandbox.calls.calls)

    async def clear_calls(self, _request: Request) -> Response:
        self._sandbox.calls.clear()
        return Response(status_code=204)

    async def faults(self, _request: Request) -> Response:
        return _json(self._sandbox.faults.rules)

    async def replace_faults(self, request: Request) -> Response:
        self._sandbox.faults.replace(await request.body())
        return _json(self._sandbox.faults.rules)

    async def clock(self, _request: Request) -> Response:
        return _json({"now": self._sandbox.clock.now()})

    async def move_clock(self, request: Request) -> Response:
        change = await _body(request, ClockChange)
        if (change.advance_s is None) == (change.now is None):
            raise BadInput('The clock takes {"advance_s": seconds} or {"now": ISO date-time}, one of them.')
        if change.now is not None:
            if change.now.tzinfo is None:
                raise BadInput("The time needs an offset, such as 2026-11-02T09:00:00Z.")
            self._sandbox.clock.set(change.now)
        if change.advance_s is not None:
            self._sandbox.clock.advance(change.advance_s)
        self._sandbox.keep_state()
        return await self.clock(request)

    async def settings(self, _request: Request) -> Response:
        return _json(asdict(self._sandbox.settings))

    async def change_settings(self, request: Request) -> Response:
        change_settings(self._sandbox.settings, await _body(request, dict[str, Any]))
        self._sandbox.keep_state()
        return await self.settings(request)

    async def webhooks(self, _request: Request) -> Response:
        webhooks = self._sandbox.webhooks
        return _json(
            {
                "configuration": webhooks.configuration,
                "pending": webhooks.pending,
                "attempts": list(webhooks.attempts),
            }
        )

    async def configure_webhooks(self, request: Request) -> Response:
        self._sandbox.webhooks.configure(await _body(request, Configuration))
        return await self.webhooks(request)

    async def reset(self, _request: Request) -> Response:
        self._sandbox.reset()
        return _json({"status": "ok"})


async def _body(request: Request, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise BadInput(f"The body does not fit: {error}.") from None


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _said_plainly(endpoint: Endpoint) -> Endpoint:
    """Bad input is answered with one sentence, never a traceback."""

    @wraps(endpoint)
    async def said(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (BadInput, BadRule, BadSetting, BadWebhook) as error:
            return _json({"error": str(error)}, 400)
        except NotThere as error:
            return _json({"error": str(error)}, 404)

    return said
