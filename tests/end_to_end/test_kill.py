"""kill -9 in the middle of syncs, at many moments: no duplicate, nothing missing, on either side."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from . import subledger
from .independent import Client
from .processes import Sandbox, Tieout, kill_after, sandbox
from .subledger import cents

pytestmark = pytest.mark.slow

KILLS_READING, KILLS_WRITING = 7, 13
INVOICES, CUSTOMERS = 60, 12
# Slows QuickBooks down, so that there is something to be killed in the middle of.
SLOW = [{"path": "/v3/company", "delay_ms": 60}]


@pytest.fixture
def quickbooks() -> Iterator[Sandbox]:
    with sandbox("--company", "sample", "--no-limits") as running:
        yield running


def test_twenty_kills_in_the_first_sync_double_and_lose_nothing(
    quickbooks: Sandbox, tieout: Tieout, tmp_path: Path
) -> None:
    words = ("connect", "--sandbox", quickbooks.url, "--company", "Alp", "--sync-from", "2000-01-01")
    assert tieout(*words).code == 0
    client = Client(quickbooks)
    before = Counter(invoice.DocNumber for invoice in client.invoices())
    file = tmp_path / "invoices.csv"
    file.write_text(csv_of_invoices(client.service_item()))
    imported = tieout("import", "invoices", file, "--company", "Alp", "--approve")
    assert imported.code == 0, imported.err

    quickbooks.ask("PUT", "/sandbox/faults", SLOW)
    assert kill_syncs(tieout, KILLS_READING + KILLS_WRITING) > 5
    quickbooks.ask("PUT", "/sandbox/faults", [])
    settle(tieout)

    theirs = client.invoices()
    ours = subledger.documents(tieout.data, "invoice", "Alp")
    numbers = before + Counter(f"K-{number:03}" for number in range(INVOICES))
    assert Counter(invoice.DocNumber for invoice in theirs) == numbers
    assert Counter(invoice.number for invoice in ours) == numbers
    assert facts_of_theirs(theirs) == Counter((each.number, each.total, each.balance) for each in ours)
    names = Counter(client.customers().values())
    assert all(names[f"Customer {number:02}"] == 1 for number in range(CUSTOMERS))
    assert sum(payment.TotalAmt for payment in client.payments()) == sum(
        total for _, total in subledger.payments(tieout.data, "Alp")
    )


def kill_syncs(tieout: Tieout, times: int) -> int:
    """How many were still running when they were killed."""
    moments = random.Random(7)
    killed = 0
    for _ in range(times):
        killed += kill_after(tieout.start("sync"), moments.uniform(0.5, 6.0))
    return killed


def settle(tieout: Tieout) -> None:
    """To the end: a write of unknown outcome waits a second before it may be sent again."""
    for _ in range(4):
        done = tieout("sync", "--json")
        if done.code == 0 and done.json["writes"] == 0:
            return
    raise AssertionError(f"no agreement after the kills: {done}")


def csv_of_invoices(item: str) -> str:
    header = (
        "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),"
        "ItemDescription,ItemQuantity,ItemRate,*ItemAmount,Service Date"
    )
    rows = (
        f"K-{n:03},Customer {n % CUSTOMERS:02},2026-02-01,2026-03-01,,,,{item},Work,2,{n}.25,{amount(n)},"
        for n in range(INVOICES)
    )
    return "\n".join([header, *rows, ""])


def amount(number: int) -> Decimal:
    return 2 * (number + Decimal("0.25"))


def facts_of_theirs(invoices: list[Any]) -> Counter[tuple[str, Decimal, Decimal]]:
    return Counter((each.DocNumber, cents(each.TotalAmt), cents(each.Balance)) for each in invoices)
