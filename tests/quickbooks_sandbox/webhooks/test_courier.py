"""Over real HTTP: the sandbox posts to an address on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any

import msgspec
import pytest


@pytest.fixture
def hook() -> Any:
    """An address, and a queue of the bodies that were posted there."""
    posted: Queue[Any] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.put(msgspec.json.decode(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", posted
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_change_by_the_api_is_posted(served: Any, hook: Any) -> None:
    url, posted = hook
    assert served.http.put(f"{served.url}/sandbox/webhooks", json={"url": url}).status_code == 200
    made = served.create("Customer", {"DisplayName": "A"})
    ((event,),) = (posted.get(timeout=10),)
    assert (event["type"], event["intuitentityid"]) == ("qbo.customer.created.v1", made["Id"])


def test_an_address_beyond_this_machine_is_refused(served: Any) -> None:
    for url in ("http://example.com/hook", "ftp://localhost/hook", "file:///etc/passwd"):
        response = served.http.put(f"{served.url}/sandbox/webhooks", json={"url": url})
        assert response.status_code == 400
        assert "this machine" in response.json()["error"]
    assert served.get("/sandbox/webhooks").json()["configuration"]["url"] is None
