"""Serves the app over HTTP with uvicorn, so that connections can also be cut and signals end it cleanly."""

import asyncio
import gc
import signal
import socket
import threading
from asyncio import Transport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from quickbooks_sandbox.app import App
from quickbooks_sandbox.webhooks import courier
from quickbooks_sandbox.webhooks.webhooks import Webhooks

_STARTS_WITHIN_S = 60


class Protocol(HttpToolsProtocol):
    """Lets the app reach its connection, which planned faults must be able to cut."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, webhooks: Webhooks, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started
        self._webhooks = webhooks

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._courier = asyncio.create_task(courier.run(self._webhooks))
        self._tell()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._courier.cancel()
        await asyncio.gather(self._courier, return_exceptions=True)
        await super().shutdown(sockets)


def run(app: App, listener: socket.socket, started: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT."""
    # uvicorn raises the signal again once it is done; by then it has been obeyed.
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, _obeyed)
    # What was loaded stays; to look for garbage among 100,000 invoices again and again would slow every request.
    gc.freeze()
    make_server(app, started).run(sockets=[listener])


@contextmanager
def in_a_thread(app: App) -> Iterator[str]:
    """Serves on a free port of this machine; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        started = threading.Event()
        server = make_server(app, started.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        if not started.wait(_STARTS_WITHIN_S):
            raise TimeoutError("the sandbox did not start")
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_STARTS_WITHIN_S)


def make_server(app: App, started: Callable[[], None]) -> Server:
    config = uvicorn.Config(
        app,
        http=Protocol,
        loop="auto",
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="error",
        server_header=False,
        proxy_headers=False,
        # Clients pool connections; one that is closed while idle looks to them like a failure.
        timeout_keep_alive=75,
        # Answers that are held back on purpose must not hold up the end.
        timeout_graceful_shutdown=1,
    )
    return Server(config, app.webhooks, started)


def _obeyed(_number: int, _frame: Any) -> None:
    pass
