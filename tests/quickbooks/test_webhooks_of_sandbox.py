"""Signed and sent by the sandbox, over HTTP, as Intuit would."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tieout.quickbooks.connecting.connection import connect_sandbox, open_client
from tieout.quickbooks.webhooks import inbox
from tieout.quickbooks.webhooks.models import WebhookEvent
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Done
from tieout.quickbooks.wire.json import dumps
from tieout.subledger.models import Company

from .conftest import ServedSandbox

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TOKEN = "ours alone"
WITHIN_S = 20  # only ends what hangs


@pytest.fixture
def connected(transactional_db: None, sandbox: ServedSandbox, settings: Settings) -> Company:
    settings.QUICKBOOKS_WEBHOOK_TOKENS = [TOKEN]
    company = Company.objects.create(name="Harbour Flats")
    connect_sandbox(company, sandbox.origin)
    return company


def tell(sandbox: ServedSandbox, server: LiveServer, **how: object) -> None:
    ask(sandbox, "PUT", {"url": f"{server.url}/webhooks/quickbooks", "verifier_token": TOKEN} | how)


def ask(sandbox: ServedSandbox, method: str, body: object = None) -> Any:
    data = json.dumps(body).encode() if body else None
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{sandbox.origin}/sandbox/webhooks", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.loads(response.read())


def make_customers(company: Company, *names: str) -> set[tuple[str, str]]:
    with open_client(company) as client:
        creates = [requests.create("Customer", dumps({"DisplayName": name}), f"create-{name}") for name in names]
        answers = client.send(creates)
    made = [answer.object for answer in answers if isinstance(answer, Done)]
    assert len(made) == len(answers), answers
    return {("Customer", customer["Id"]) for customer in made}


def attempts(sandbox: ServedSandbox) -> list[int]:
    return [attempt["status"] for attempt in ask(sandbox, "GET")["attempts"]]


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("form", ["cloudevents", "old"])
def test_each_change_becomes_a_hint(
    connected: Company, sandbox: ServedSandbox, live_server: LiveServer, form: str
) -> None:
    tell(sandbox, live_server, form=form)
    made = make_customers(connected, "Ada", "Berta", "Carla")
    wait_until(lambda: inbox.hints(connected).objects() == made)
    assert set(attempts(sandbox)) == {200}


@pytest.mark.parametrize("form", ["cloudevents", "old"])
def test_doubled_and_reordered_they_are_kept_once(
    connected: Company, sandbox: ServedSandbox, live_server: LiveServer, form: str
) -> None:
    tell(sandbox, live_server, form=form, doubled=True, reordered=True)
    made = make_customers(connected, "Ada", "Berta", "Carla")
    wait_until(lambda: len(attempts(sandbox)) >= 6)
    assert inbox.hints(connected).objects() == made
    assert WebhookEvent.objects.count() == 3


def test_one_who_does_not_know_the_token_tells_nothing(
    connected: Company, sandbox: ServedSandbox, live_server: LiveServer
) -> None:
    tell(sandbox, live_server, verifier_token="guessed")
    make_customers(connected, "Ada")
    wait_until(lambda: attempts(sandbox) != [])
    assert attempts(sandbox) == [401]
    assert not inbox.hints(connected)
