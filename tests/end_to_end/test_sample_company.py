"""QuickBooks' own sample company, taken into an empty subledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from . import subledger
from .independent import Client
from .processes import Done, Sandbox, Tieout, sandbox
from .subledger import cents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def quickbooks() -> Iterator[Sandbox]:
    with sandbox("--company", "sample", "--no-limits") as running:
        yield running


@pytest.fixture(scope="module")
def tieout(tmp_path_factory: pytest.TempPathFactory, quickbooks: Sandbox) -> Tieout:
    tieout = Tieout(tmp_path_factory.mktemp("sample") / "data")
    words = ("connect", "--sandbox", quickbooks.url, "--company", "Ours", "--sync-from", "2000-01-01")
    assert tieout(*words).code == 0
    return tieout


@pytest.fixture(scope="module")
def synced(tieout: Tieout) -> Done:
    return tieout("sync", "--json")


def facts(documents: list[Any], names: dict[str, str]) -> Counter[tuple[str, str, Decimal, Decimal]]:
    return Counter(
        (each.DocNumber or "", names[each.CustomerRef.value], cents(each.TotalAmt), cents(each.Balance))
        for each in documents
    )


def test_every_document_is_taken_in_to_the_cent(tieout: Tieout, quickbooks: Sandbox, synced: Done) -> None:
    assert synced.code == 0, synced.err
    assert synced.json["tie_out"]["differences"] == 0
    client = Client(quickbooks)
    names = client.customers()
    for table, theirs in {"invoice": client.invoices(), "creditnote": client.credit_memos()}.items():
        ours = subledger.documents(tieout.data, table, "Ours")
        assert theirs
        assert facts(theirs, names) == Counter((each.number, each.contact, each.total, each.balance) for each in ours)
    payments = Counter((names[each.CustomerRef.value], cents(each.TotalAmt)) for each in client.payments())
    assert payments
    assert payments == Counter(subledger.payments(tieout.data, "Ours"))


def test_nothing_is_written_to_quickbooks(quickbooks: Sandbox, synced: Done) -> None:
    assert synced.json["writes"] == 0
    own = [call for call in quickbooks.calls() if call["method"] == "POST" and call["requestid"]]
    assert own == []


def test_the_next_sync_costs_one_call(tieout: Tieout, synced: Done) -> None:
    done = tieout("sync", "--json")
    assert done.code == 0
    assert sum(done.json["calls"].values()) == 1


def test_reading_both_books_afresh_finds_them_in_agreement(tieout: Tieout, synced: Done) -> None:
    done = tieout("tie-out", "--fresh", "--json")
    assert done.code == 0, done.err
    assert done.json["tie_out"]["differences"] == 0
    assert done.json["writes"] == 0


def test_a_backup_restored_elsewhere_goes_on_without_writing(
    tieout: Tieout, quickbooks: Sandbox, synced: Done, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("backup")
    backup = folder / "backup.tar.gz"
    done = tieout("backup", backup)
    assert done.code == 0, done.err
    assert backup.stat().st_mode & 0o777 == 0o600
    assert tieout("backup", backup).code == 2
    client = Client(quickbooks)
    client.pay(client.make_invoice("AFTER-1", next(iter(client.customers())), Decimal("10.00")))

    elsewhere = Tieout(folder / "restored")
    done = elsewhere("restore", backup)
    assert done.code == 0, done.err
    done = elsewhere("sync", "--json")
    assert done.code == 0, done.err
    assert done.json["writes"] == 0
    assert done.json["tie_out"]["differences"] == 0
    assert "AFTER-1" in {each.number for each in subledger.documents(elsewhere.data, "invoice", "Ours")}


def test_a_file_that_is_no_backup_changes_nothing(tieout: Tieout, synced: Done) -> None:
    before = subledger.documents(tieout.data, "invoice", "Ours")
    done = tieout("restore", tieout.data / "sealing-key")
    assert done.code == 2
    assert "is no backup" in done.err
    assert subledger.documents(tieout.data, "invoice", "Ours") == before
