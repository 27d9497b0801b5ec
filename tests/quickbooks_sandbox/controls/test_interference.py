import asyncio
import time
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.controls.interference import ConnectionCut
from quickbooks_sandbox.server import Sandbox


def lay(served: Any, *rules: dict[str, Any]) -> None:
    assert served.http.put(f"{served.url}/sandbox/faults", json=list(rules)).status_code == 200


def customers(served: Any) -> int:
    return len(served.query("select * from Customer").get("Customer", []))


@pytest.mark.parametrize(("cut", "done"), [("before", 0), ("after", 1)])
def test_a_connection_is_cut_before_or_after_the_work(served: Any, cut: str, done: int) -> None:
    lay(served, {"method": "POST", "entity": "Customer", "cut": cut})
    with pytest.raises(requests.exceptions.ConnectionError):
        served.api_post("customer", {"DisplayName": "A"})
    assert customers(served) == done
    assert served.get("/sandbox/calls").json()[0]["status"] == (200 if done else 0)


def test_a_lost_answer_keeps_the_client_waiting_though_the_work_is_done(served: Any) -> None:
    lay(served, {"method": "POST", "entity": "Customer", "cut": "lost"})
    with pytest.raises(requests.exceptions.ReadTimeout):
        served.http.post(served.company("customer"), json={"DisplayName": "A"}, headers=served.auth(), timeout=0.5)
    assert customers(served) == 1


def test_a_truncated_answer_breaks_off_in_its_body(served: Any) -> None:
    lay(served, {"method": "POST", "entity": "Customer", "cut": "truncated"})
    headers = {**served.auth(), "Accept-Encoding": "identity"}
    response = served.http.post(served.company("customer"), json={"DisplayName": "A"}, headers=headers, stream=True)
    assert response.status_code == 200
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        response.content  # noqa: B018
    assert customers(served) == 1


def test_a_status_is_answered_instead_of_doing_anything(served: Any) -> None:
    lay(served, {"method": "POST", "status": 503, "body": {"sorry": True}, "path": "/v3/"})
    response = served.api_post("customer", {"DisplayName": "A"})
    assert (response.status_code, response.json()) == (503, {"sorry": True})
    assert customers(served) == 0


def test_a_status_can_come_after_the_work_is_done(served: Any) -> None:
    lay(served, {"method": "POST", "status": 500, "cut": "after", "path": "/customer"})
    assert served.api_post("customer", {"DisplayName": "A"}).status_code == 500
    lay(served)
    assert customers(served) == 1


@pytest.mark.parametrize(("status", "code"), [(401, "3200"), (403, "3100"), (429, "3001")])
def test_a_status_without_a_body_says_what_quickbooks_says(served: Any, status: int, code: str) -> None:
    lay(served, {"status": status, "path": "/v3/"})
    response = served.api_get("preferences")
    assert response.status_code == status
    assert response.json()["fault"]["error"][0]["code"] == code


def test_a_delay_comes_before_the_answer(served: Any) -> None:
    lay(served, {"path": "/preferences", "delay_ms": 300})
    began = time.monotonic()
    assert served.api_get("preferences").status_code == 200
    assert time.monotonic() - began >= 0.3


def test_the_token_endpoint_can_fail_too_but_never_the_controls(served: Any) -> None:
    lay(served, {"status": 500})
    assert served.http.post(f"{served.url}/oauth2/v1/tokens/bearer", data={}).status_code == 500
    lay(served)
    assert served.http.post(f"{served.url}/oauth2/v1/tokens/bearer", data={}).status_code == 401


class TestInProcess:
    """The app is called without a socket, under a virtual clock."""

    def sandbox(self, **more: Any) -> Sandbox:
        return Sandbox(company="empty", clock=Clock(datetime(2026, 11, 2, 9, tzinfo=UTC)), **more)

    def call(self, sandbox: Sandbox, path: str) -> MutableMapping[str, Any]:
        keys = sandbox.credentials()
        sent: list[MutableMapping[str, Any]] = []
        scope = {
            "type": "http",
            "method": "GET",
            "path": f"/v3/company/{keys.realm_id}/{path}",
            "query_string": b"",
            "headers": [(b"authorization", f"Bearer {keys.access_token}".encode())],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        asyncio.run(sandbox.app(scope, receive, send))
        return sent[0]

    def test_it_answers(self) -> None:
        assert self.call(self.sandbox(), "preferences")["status"] == 200

    @pytest.mark.parametrize("cut", ["before", "after", "lost"])
    def test_a_cut_is_raised_for_the_caller_to_tell_apart(self, cut: str) -> None:
        sandbox = self.sandbox()
        sandbox.faults.replace(f'[{{"cut": "{cut}"}}]'.encode())
        with pytest.raises(ConnectionCut) as raised:
            self.call(sandbox, "preferences")
        assert raised.value.cut == cut

    def test_a_delay_can_move_the_virtual_clock_instead(self) -> None:
        async def sleep(seconds: float) -> None:
            sandbox.clock.advance(seconds)

        sandbox = self.sandbox(sleep=sleep)
        sandbox.faults.replace(b'[{"delay_ms": 120000}]')
        began = sandbox.clock.now()
        self.call(sandbox, "preferences")
        assert (sandbox.clock.now() - began).total_seconds() == 120
