"""How bytes reach QuickBooks. Everything above it is told only: an answer, nothing sent, or no telling."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import aiohttp
from yarl import URL

# Intuit gives up on a request after 120 seconds; by then we know that no answer will come.
ANSWER_WITHIN_S = 130
CONNECT_WITHIN_S = 10


@dataclass(frozen=True, slots=True)
class HttpRequest:
    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)  # they carry tokens
    body: bytes | None = field(default=None, repr=False)
    answer_within_s: float = ANSWER_WITHIN_S


@dataclass(frozen=True, slots=True)
class HttpResponse:
    status: int
    headers: Mapping[str, str]  # looked up in any case
    body: bytes = field(repr=False)


class NothingSent(Exception):
    """No connection came about, so QuickBooks cannot have seen the request."""


class AnswerLost(Exception):
    """The request may have arrived; its answer did not, or not whole."""


class Transport(Protocol):
    async def send(self, request: HttpRequest) -> HttpResponse: ...

    async def close(self) -> None: ...


class AiohttpTransport:
    """Keeps connections open between requests. Belongs to the event loop of its first request."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def send(self, request: HttpRequest) -> HttpResponse:
        url = URL(request.url, encoded=True)
        timeout = aiohttp.ClientTimeout(total=request.answer_within_s, sock_connect=CONNECT_WITHIN_S)
        try:
            async with self._open().request(
                request.method,
                url,
                headers=request.headers,
                data=request.body,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                return HttpResponse(response.status, response.headers, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NothingSent(_words(error)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AnswerLost(_words(error)) from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # How many requests run at once is the client's decision, not the connector's.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__


@dataclass(frozen=True)
class Network:
    """What the outside world is made of; replaced as a whole by tests and the simulation."""

    transport: Callable[[], Transport] = AiohttpTransport
    # Waits inside the event loop.
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


_network = Network()


def network() -> Network:
    return _network


@contextmanager
def using(replacement: Network) -> Iterator[None]:
    """Process-wide while it lasts, as with the clock."""
    global _network  # noqa: PLW0603
    before, _network = _network, replacement
    try:
        yield
    finally:
        _network = before
