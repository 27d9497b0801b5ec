"""The sandbox's ASGI app: keeps strangers out, strikes with planned faults, else hands on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from quickbooks_sandbox import json
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.controls.interference import Connection, carry_out
from quickbooks_sandbox.oauth.clients import is_here
from quickbooks_sandbox.parts.fault_plan import FaultPlan, Rule, Subject
from quickbooks_sandbox.webhooks.webhooks import Webhooks
from quickbooks_sandbox.wire import envelope
from quickbooks_sandbox.wire.app import AccountingApp, read_body
from quickbooks_sandbox.wire.exchange import Answer, request_from
from quickbooks_sandbox.wire.formats import in_the_form_asked_for
from quickbooks_sandbox.wire.service import AccountingService

#: The controls and the pages, from which faults are planned and ended.
NEVER_STRUCK = ("/sandbox", "/app")
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class App:
    accounting: AccountingApp
    service: AccountingService
    web: Starlette
    faults: FaultPlan
    clock: Clock
    loopback_only: bool
    sleep: Sleep
    webhooks: Webhooks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if stranger := self._stranger(scope):
            await stranger(scope, receive, send)
        elif self.faults.rules and not scope["path"].startswith(NEVER_STRUCK):
            await self._among_faults(scope, receive, send)
        else:
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/v3/company/"):
            await self.accounting(scope, receive, send)
        else:
            await self.web(scope, receive, send)

    async def _among_faults(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive)
        query = unquote(scope["query_string"].decode("latin-1"))
        rule = self.faults.strike(Subject(scope["method"], scope["path"], query, body))

        async def handler(send: Send) -> None:
            await self._serve(scope, _read_again(body, receive), send)

        if rule is None:
            await handler(send)
            return
        if rule.delay_ms:
            await self.sleep(rule.delay_ms / 1000)
        self._record_undone(rule, scope, body)
        await carry_out(rule, Connection(scope, receive, send), handler, self._planned(rule, scope))

    def _planned(self, rule: Rule, scope: Scope) -> Answer:
        """What a rule says instead; a text is sent as it stands, all else in the form that was asked for."""
        status = rule.status or 500
        if isinstance(rule.body, str):
            form = "application/xml" if rule.body.lstrip().startswith("<") else "application/json"
            return Answer(status, rule.body.encode(), form)
        told = rule.body is not None
        answer = Answer(status, json.dumps(rule.body), "application/json") if told else self._usual(status)
        if not scope["path"].startswith("/v3/company/"):
            return answer
        return in_the_form_asked_for(request_from(scope, b""), answer, self.service.settings, self.clock.now())

    def _usual(self, status: int) -> Answer:
        answer = envelope.standing_for(status, self.clock.now())
        upper = self.service.settings.gateway_envelope == "upper"
        return envelope.capitalised(answer, self.clock.now()) if upper else answer

    def _record_undone(self, rule: Rule, scope: Scope, body: bytes) -> None:
        """Calls that never reach the accounting service are in the log too."""
        if scope["path"].startswith("/v3/company/") and _is_left_undone(rule):
            self.service.record(request_from(scope, body), rule.status or 0)

    def _stranger(self, scope: Scope) -> Response | None:
        """A page elsewhere in the browser must not get at the sandbox through a name of its own or a form."""
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if self.loopback_only and host and not is_here(f"http://{host}"):
            return PlainTextResponse(f"This sandbox answers to localhost only, not to {host}.\n", 400)
        origin = headers.get(b"origin")
        if origin and scope["method"] != "GET" and origin.decode("latin-1").partition("://")[2] != host:
            return PlainTextResponse("Requests from pages of other sites are refused.\n", 403)
        return None


def _is_left_undone(rule: Rule) -> bool:
    return rule.cut == "before" or (rule.status is not None and rule.cut != "after")


def _read_again(body: bytes, receive: Receive) -> Receive:
    unread = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return unread.pop() if unread else await receive()

    return again


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
