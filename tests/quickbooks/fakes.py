"""A clock that moves only when someone waits, and a QuickBooks that answers as a test tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from multidict import CIMultiDict

from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.calling.transport import HttpRequest, HttpResponse, Network
from tieout.quickbooks.connecting.causes import Cause

Handler = Callable[[HttpRequest], HttpResponse]


class VirtualClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    async def pause(self, seconds: float) -> None:
        self.sleep(seconds)


class FakeTransport:
    def __init__(self, handler: Handler, clock: VirtualClock) -> None:
        self.handler, self.clock = handler, clock
        self.sent: list[HttpRequest] = []
        self.sent_at: list[datetime] = []
        self.closed = False

    async def send(self, request: HttpRequest) -> HttpResponse:
        self.sent.append(request)
        self.sent_at.append(self.clock.now())
        return self.handler(request)

    async def close(self) -> None:
        self.closed = True

    def session(self) -> Session:
        return Session(Network(lambda: self, self.clock.pause))


class FakeAccess:
    """Hands out token-0, token-1, ... as it is asked to renew."""

    def __init__(self) -> None:
        self.renewals = 0
        self.lost_because: Cause | None = None

    def token(self) -> str:
        return f"token-{self.renewals}"

    def renew(self, stale: str) -> None:
        self.renewals += 1

    def lost(self, cause: Cause) -> None:
        self.lost_because = cause


def respond(status: int = 200, body: bytes = b"", **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(status, CIMultiDict(named), body)


def fault(code: str, kind: str = "ValidationFault") -> bytes:
    return b'{"Fault":{"Error":[{"Message":"m","Detail":"d","code":"%s"}],"type":"%s"}}' % (
        code.encode(),
        kind.encode(),
    )
