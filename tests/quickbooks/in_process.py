"""A sandbox without sockets, on a clock of our own: days pass in no time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from multidict import CIMultiDict

from quickbooks_sandbox.clock import Clock as SandboxClock
from quickbooks_sandbox.controls.interference import ConnectionCut
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.settings import Settings
from tieout import clock
from tieout.quickbooks.calling.transport import AnswerLost, HttpRequest, HttpResponse, Network, using

ORIGIN = "http://localhost:1"


class SharedClock:
    """Tieout's clock, which is the sandbox's."""

    def __init__(self, sandbox: SandboxClock) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        return self._sandbox.now()

    def sleep(self, seconds: float) -> None:
        self._sandbox.advance(seconds)

    async def pause(self, seconds: float) -> None:
        self.sleep(seconds)


class InProcess:
    """Calls the sandbox's ASGI app; a cut connection is what the app raises for it."""

    def __init__(self, sandbox: Sandbox, waits: Callable[[float], None]) -> None:
        self._app, self._waits = sandbox.app, waits

    async def send(self, request: HttpRequest) -> HttpResponse:
        status, headers, body = 0, CIMultiDict[str](), b""

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": request.body or b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            nonlocal status, headers, body
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = CIMultiDict((name.decode(), value.decode()) for name, value in message["headers"])
            body += message.get("body", b"")

        try:
            await self._app(scope_of(request), receive, send)
        except ConnectionCut as cut:
            if cut.cut == "lost":
                self._waits(request.answer_within_s)
            raise AnswerLost(str(cut)) from cut
        return HttpResponse(status, headers, body)

    async def close(self) -> None:
        pass


def scope_of(request: HttpRequest) -> dict[str, object]:
    url = urlsplit(request.url)
    headers = [(b"host", url.netloc.encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in request.headers.items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": url.scheme,
        "path": unquote(url.path),
        "raw_path": url.path.encode(),
        "root_path": "",
        "query_string": url.query.encode(),
        "headers": headers,
        "server": (url.hostname, url.port),
        "client": ("127.0.0.1", 1),
    }


@contextmanager
def virtual_sandbox(start: datetime, *, limits: bool = True) -> Iterator[tuple[Sandbox, SharedClock]]:
    ticking = SandboxClock(start)
    shared = SharedClock(ticking)

    async def sleep(seconds: float) -> None:
        shared.sleep(seconds)

    sandbox = Sandbox(company="empty", settings=Settings(limits_on=limits), clock=ticking, sleep=sleep)
    network = Network(lambda: InProcess(sandbox, shared.sleep), shared.pause)
    with clock.using(shared), using(network):
        yield sandbox, shared
    sandbox.close()


def days(number: float) -> float:
    return timedelta(days=number).total_seconds()
