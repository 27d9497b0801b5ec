"""An event loop and a transport of one's own, for callers that know nothing of either."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from tieout.quickbooks.errors import Outage, Unreachable

from .transport import AnswerLost, HttpRequest, HttpResponse, Network, NothingSent, network

T = TypeVar("T")


class Session:
    """To be used by one thread, and closed by it."""

    def __init__(self, net: Network | None = None) -> None:
        self._network = net or network()
        self.transport = self._network.transport()
        self.pause = self._network.pause
        self._runner = asyncio.Runner()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    def fetch(self, request: HttpRequest) -> HttpResponse:
        """One request outside the accounting API: discovery, tokens, consent."""
        try:
            return self.run(self.transport.send(request))
        except NothingSent as error:
            raise Unreachable(f"Nothing answers at {_origin(request.url)}: {error}.") from error
        except AnswerLost as error:
            raise Outage(f"No answer came from {_origin(request.url)}: {error}.") from error

    def close(self) -> None:
        try:
            self.run(self.transport.close())
        finally:
            self._runner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _origin(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])
