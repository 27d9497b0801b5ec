"""From outside: workers as processes of their own, killed and frozen at random while people write in both books.

`BLACK_BOX_STORMS` says how many kills and freezes there are, `BLACK_BOX_DOCUMENTS` how many documents are written,
`BLACK_BOX_SEED` when it all happens.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from .black_box import COMPANY, CUSTOMERS, Books, InQuickBooks, OnOurSide, Progress, Workers, ours, theirs
from .independent import Client
from .processes import Sandbox, Tieout, sandbox
from .subledger import cents

pytestmark = pytest.mark.slow

STORMS = int(os.environ.get("BLACK_BOX_STORMS", "20"))
DOCUMENTS = int(os.environ.get("BLACK_BOX_DOCUMENTS", "2000"))
SEED = int(os.environ.get("BLACK_BOX_SEED", "7"))
# Slows QuickBooks down, so that there is something to be killed in the middle of.
SLOW = [{"path": "/v3/company", "delay_ms": 30}]


@pytest.fixture
def quickbooks() -> Iterator[Sandbox]:
    with sandbox("--company", "sample", "--no-limits") as running:
        yield running


def test_one_worker_on_sqlite(quickbooks: Sandbox, tieout: Tieout) -> None:
    live_through(quickbooks, tieout, workers=1)


@pytest.mark.postgres
def test_three_workers_on_postgresql(quickbooks: Sandbox, on_postgres: Tieout) -> None:
    live_through(quickbooks, on_postgres, workers=3)


def live_through(quickbooks: Sandbox, tieout: Tieout, *, workers: int) -> None:
    words = ("connect", "--sandbox", quickbooks.url, "--company", COMPANY, "--sync-from", "2000-01-01")
    assert tieout(*words).code == 0
    client, progress = Client(quickbooks), Progress()
    before = theirs(client)
    in_quickbooks = InQuickBooks(progress, client, invoices=DOCUMENTS * 3 // 10)
    here = DOCUMENTS - in_quickbooks.invoices - in_quickbooks.invoices // 3
    on_our_side = OnOurSide(progress, tieout, client.service_item(), here, files=max(STORMS // 2, 1))
    crew = Workers(tieout, workers, random.Random(SEED))
    crew.start()
    try:
        quickbooks.ask("PUT", "/sandbox/faults", SLOW)
        for person in (in_quickbooks, on_our_side):
            person.start()
        for storm in range(STORMS):
            progress.part = (storm + 1) / STORMS
            crew.disturb()
        for person in (in_quickbooks, on_our_side):
            person.finish()
        quickbooks.ask("PUT", "/sandbox/faults", [])
        assert crew.stop() == [0] * workers
    finally:
        crew.end()
    run_to_quiet(tieout)
    check(before, theirs(client), ours(tieout), in_quickbooks, on_our_side)


def run_to_quiet(tieout: Tieout) -> None:
    """A write of unknown outcome waits a second before it may be sent again."""
    for _ in range(6):
        done = tieout("sync", "--json")
        if done.code == 0 and done.json["writes"] == 0:
            return
        time.sleep(1)
    raise AssertionError(f"no agreement after the storms: {done}")


def check(before: Books, there: Books, here: Books, in_quickbooks: InQuickBooks, on_our_side: OnOurSide) -> None:
    written = in_quickbooks.amounts | on_our_side.amounts
    invoices = Counter((number, *worth(number, amount, in_quickbooks)) for number, amount in written.items())
    assert there.invoices == before.invoices + invoices
    assert here.invoices == there.invoices
    assert there.payments == before.payments + Counter(cents(paid) for paid in in_quickbooks.paid.values())
    assert here.payments == there.payments
    assert set(there.contacts.values()) == set(here.contacts.values()) == {1}
    assert there.contacts.keys() - before.contacts.keys() == {f"Customer {number:02}" for number in range(CUSTOMERS)}
    assert here.contacts.keys() >= there.contacts.keys() - before.contacts.keys()


def worth(number: str, amount: Decimal, in_quickbooks: InQuickBooks) -> tuple[Decimal, Decimal]:
    """Total and balance."""
    if number in in_quickbooks.voided:
        return cents(0), cents(0)
    return cents(amount), cents(0 if number in in_quickbooks.paid else amount)
