"""The accounting API as an ASGI app: bytes in, bytes out, compressed where the client takes it."""

import gzip
import secrets

from starlette.types import Receive, Scope, Send

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.wire.compression import BadCompression, unpacked
from quickbooks_sandbox.wire.envelope import faulted
from quickbooks_sandbox.wire.exchange import Answer, Request, request_from
from quickbooks_sandbox.wire.service import AccountingService

WORTH_COMPRESSING = 1000
STANDING_HEADERS = [
    (b"qbo-version", b"1988.128"),
    (b"expires", b"0"),
    (b"cache-control", b"max-age=0, no-cache, no-store, must-revalidate, private"),
    (b"vary", b"Accept-Encoding"),
]


async def read_body(receive: Receive) -> bytes:
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)


class AccountingApp:
    def __init__(self, service: AccountingService, clock: Clock) -> None:
        self._service, self._clock = service, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive)
        began = self._clock.now()
        request = request_from(scope, body)
        answer = self._answer(request)
        took_ms = int((self._clock.now() - began).total_seconds() * 1000)
        await _send(request, answer, took_ms, send)

    def _answer(self, request: Request) -> Answer:
        try:
            request.body = unpacked(request.body, request.header(b"content-encoding"))
        except BadCompression as error:
            refused = not_modelled(f"a body whose Content-Encoding is wrong: {error}")
            return faulted(refused, self._clock.now(), "en")
        return self._service.handle(request)


async def _send(request: Request, answer: Answer, took_ms: int, send: Send) -> None:
    body = answer.body
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"intuit_tid", f"1-{secrets.token_hex(4)}-{secrets.token_hex(12)}".encode()),
        (b"service-time", f"total={took_ms}, db={took_ms}".encode()),
        *STANDING_HEADERS,
    ]
    if len(body) >= WORTH_COMPRESSING and "gzip" in request.header(b"accept-encoding"):
        body = gzip.compress(body, compresslevel=1, mtime=0)
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
