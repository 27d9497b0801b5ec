"""A sandbox for tests in Python: in process, without a socket, on a virtual clock.

In a conftest.py: `pytest_plugins = ["quickbooks_sandbox.testing"]`; a test then takes the fixture `quickbooks`, or
`quickbooks_url` where the client under test needs an address.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from quickbooks_sandbox import json
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.builder import Plan
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.companies import Seed
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.settings import Settings

START = datetime(2026, 1, 5, 17, tzinfo=UTC)
"""A Monday morning where the company's books are kept."""
JSON = {"accept": "application/json", "content-type": "application/json"}


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Amounts as Decimal."""
        return json.loads(self.body)


class QuickBooks:
    """One company of a sandbox of its own, and the means to call its API and to move its time.

    A planned cut of the connection is raised as `quickbooks_sandbox.controls.interference.ConnectionCut`;
    a planned delay moves the clock instead of waiting.
    """

    def __init__(
        self, company: Seed | Plan = "empty", start: datetime = START, settings: Settings | None = None
    ) -> None:
        self.clock = Clock(start=start)
        self.sandbox = Sandbox(
            company=company, clock=self.clock, settings=settings or Settings(limits_on=False), sleep=self._sleep
        )

    @property
    def books(self) -> Books:
        """To see and change the company's books as a person would, past the API."""
        return self.sandbox.companies.first()

    def api(self, method: str, path: str, body: Any = None, **query: str) -> Response:
        """`path` follows /v3/company/<realm>/."""
        keys = self.sandbox.credentials()
        headers = {**JSON, "authorization": f"Bearer {keys.access_token}"}
        address = f"/v3/company/{keys.realm_id}/{path}"
        return self.call(method, f"{address}?{urlencode(query)}" if query else address, body, headers)

    def call(self, method: str, address: str, body: Any = None, headers: dict[str, str] | None = None) -> Response:
        """Any address of the sandbox; the body is sent as JSON unless it is bytes."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        return asyncio.run(self._call(_scope(method, address, headers or {}), raw))

    @contextmanager
    def served(self) -> Iterator[str]:
        """The same sandbox over HTTP, for clients that need an address, which this is. Planned cuts cut for real."""
        from quickbooks_sandbox.serving import in_a_thread

        with in_a_thread(self.sandbox.app) as url:
            yield url

    async def _call(self, scope: dict[str, Any], body: bytes) -> Response:
        unread = [{"type": "http.request", "body": body, "more_body": False}]
        messages: list[Any] = []

        async def receive() -> dict[str, Any]:
            return unread.pop() if unread else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            messages.append(message)

        await self.sandbox.app(scope, receive, send)
        headers = {name.decode(): value.decode("latin-1") for name, value in messages[0]["headers"]}
        return Response(messages[0]["status"], headers, b"".join(each.get("body", b"") for each in messages[1:]))

    async def _sleep(self, seconds: float) -> None:
        self.clock.advance(seconds)


def _scope(method: str, address: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"localhost"), *((name.encode(), value.encode()) for name, value in headers.items())],
    }


@pytest.fixture
def quickbooks() -> Iterator[QuickBooks]:
    """An empty company on a virtual clock, without limits; it ends with the test."""
    made = QuickBooks()
    yield made
    made.sandbox.close()


@pytest.fixture
def quickbooks_url(quickbooks: QuickBooks) -> Iterator[str]:
    """The company of `quickbooks`, served over HTTP."""
    with quickbooks.served() as url:
        yield url
