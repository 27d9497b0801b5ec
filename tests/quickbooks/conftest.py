"""A sandbox with empty companies, served over HTTP in a thread."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.serving import make_server
from quickbooks_sandbox.settings import Settings
from tieout.subledger.models import Company


@dataclass
class ServedSandbox:
    sandbox: Sandbox
    origin: str

    @property
    def realms(self) -> list[str]:
        return [books.realm_id for books in self.sandbox.companies]

    def calls(self, path: str) -> int:
        return sum(path in str(call.path) for call in self.sandbox.calls.calls)


@pytest.fixture
def sandbox() -> Iterator[ServedSandbox]:
    made = Sandbox(company="empty", settings=Settings(limits_on=False))
    listener, started = socket.create_server(("127.0.0.1", 0)), threading.Event()
    server = make_server(made.app, started.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert started.wait(10)
    yield ServedSandbox(made, f"http://127.0.0.1:{listener.getsockname()[1]}")
    server.should_exit = True
    thread.join(10)
    listener.close()
    made.close()


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(name="Harbour Flats")
