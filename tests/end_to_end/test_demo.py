"""The main job, as `make demo` does it, and what an independent client then finds in QuickBooks."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from quickbooks.objects import Invoice

from . import subledger
from .independent import Client
from .processes import Done, Tieout, sandbox
from .subledger import cents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Tieout:
    return Tieout(tmp_path_factory.mktemp("demo") / "data")


@pytest.fixture(scope="module")
def first(demo: Tieout) -> Done:
    return demo("demo", "--once", "--json")


@pytest.fixture(scope="module")
def second(demo: Tieout, first: Done) -> Done:
    return demo("demo", "--once", "--json")


def test_the_first_sync_ends_in_agreement(first: Done) -> None:
    assert first.code == 0, first.err
    assert first.json["tie_out"]["differences"] == 0
    assert first.json["writes"] > 0


def test_the_sample_is_as_large_as_promised_and_synced(first: Done) -> None:
    records = first.json["records"]
    assert records["contact"]["Synced"] >= 40
    assert records["invoice"]["Synced"] >= 150
    assert records["credit_note"]["Synced"] >= 15
    assert records["payment"]["Synced"] >= 100


def test_standard_output_is_the_object_alone(first: Done) -> None:
    assert len(first.out.splitlines()) == 1


def test_a_second_start_writes_nothing_and_makes_one_call_per_company(demo: Tieout, second: Done) -> None:
    assert second.code == 0, second.err
    assert second.json["writes"] == 0
    assert sum(second.json["calls"].values()) <= len(subledger.companies(demo.data))
    assert second.json["tie_out"]["differences"] == 0


def test_quickbooks_was_asked_no_more_than_was_counted(demo: Tieout, second: Done) -> None:
    with sandbox("--data", demo.data / "quickbooks", "--no-limits") as books:
        assert [call for call in books.calls() if call["status"] >= 400] == []


def test_each_of_our_invoices_is_in_quickbooks_once_and_equal(demo: Tieout, second: Done) -> None:
    with sandbox("--data", demo.data / "quickbooks", "--no-limits") as books:
        for company, realm_id in subledger.companies(demo.data).items():
            client = Client(books, realm_id)
            ours = [
                invoice
                for invoice in subledger.documents(demo.data, "invoice", company)
                if invoice.status == "approved"
            ]
            theirs = client.invoices()
            names = client.customers()
            assert ours
            assert Counter(found.DocNumber for found in theirs).most_common(1)[0][1] == 1
            by_number = {found.DocNumber: found for found in theirs}
            for invoice in ours:
                assert as_document(by_number[invoice.number], names) == invoice


def as_document(invoice: Invoice, names: dict[str, str]) -> subledger.Document:
    amounts = tuple(cents(line.Amount) for line in invoice.Line if line.DetailType == "SalesItemLineDetail")
    name = names[invoice.CustomerRef.value]
    total, balance = cents(invoice.TotalAmt), cents(invoice.Balance)
    return subledger.Document(invoice.DocNumber, name, "approved", total, balance, amounts)


def test_what_somebody_else_enters_in_quickbooks_is_ours_after_the_next_sync(demo: Tieout, second: Done) -> None:
    company, realm_id = next(iter(subledger.companies(demo.data).items()))
    with sandbox("--data", demo.data / "quickbooks", "--no-limits") as books:
        client = Client(books, realm_id)
        customer_id, name = next(iter(client.customers().items()))
        client.pay(client.make_invoice("ELSE-1", customer_id, Decimal("123.45")))
    third = demo("demo", "--once", "--json")
    assert third.code == 0, third.err
    assert third.json["writes"] == 0
    amount, nothing = Decimal("123.45"), Decimal("0.00")
    taken = [each for each in subledger.documents(demo.data, "invoice", company) if each.number == "ELSE-1"]
    assert taken == [subledger.Document("ELSE-1", name, "approved", amount, nothing, (amount,))]
    assert (name, amount) in subledger.payments(demo.data, company)


def test_a_demo_beside_a_running_one_is_refused(tmp_path: Path) -> None:
    tieout = Tieout(tmp_path / "data")
    first = tieout.start("demo", "--port", "0")
    try:
        assert first.stderr is not None
        first.stderr.readline()
        done = tieout("demo", "--once")
        assert done.code == 4
        assert f"process {first.pid}" in done.err
    finally:
        first.terminate()
        first.communicate()
