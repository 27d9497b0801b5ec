"""What is entered in QuickBooks stands in our book without anybody asking for it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from . import subledger
from .independent import Client
from .processes import Sandbox, Tieout, sandbox

pytestmark = pytest.mark.slow
TOKEN = "ours alone"
WITHIN_S = 60  # only ends what hangs


@pytest.fixture
def quickbooks() -> Iterator[Sandbox]:
    with sandbox("--company", "sample", "--no-limits") as running:
        yield running


@pytest.fixture
def served(tieout: Tieout, quickbooks: Sandbox) -> Iterator[Tieout]:
    told = Tieout(tieout.data, {**tieout.environment, "QUICKBOOKS_WEBHOOK_TOKENS": TOKEN})
    words = ("connect", "--sandbox", quickbooks.url, "--company", "Alp", "--sync-from", "2000-01-01")
    assert told(*words).code == 0
    assert told("sync").code == 0
    process = told.start("serve", "--port", "0")
    try:
        assert process.stderr is not None
        found = re.search(r"http://[\d.:]+", process.stderr.readline())
        assert found
        hook = {"url": f"{found[0]}/webhooks/quickbooks", "verifier_token": TOKEN, "doubled": True}
        quickbooks.ask("PUT", "/sandbox/webhooks", hook)
        yield told
    finally:
        process.terminate()
        process.communicate(timeout=WITHIN_S)


def test_an_invoice_entered_there_arrives_here_by_a_run_that_nobody_asked_for(
    served: Tieout, quickbooks: Sandbox
) -> None:
    client = Client(quickbooks)
    client.make_invoice("W-1", next(iter(client.customers())), Decimal(70))
    wait_until(lambda: "W-1" in {each.number for each in subledger.documents(served.data, "invoice", "Alp")})
    wait_until(lambda: last_run(served)["ending"] == "done")
    assert last_run(served)["trigger"] == "webhook"


def last_run(tieout: Tieout) -> dict[str, str]:
    run: dict[str, str] = tieout("status", "--json").json["companies"][0]["last_run"]
    return run


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.2)
