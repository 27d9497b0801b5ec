"""The fixture that is shipped."""

from decimal import Decimal

import pytest
import requests

from quickbooks_sandbox.controls.interference import ConnectionCut
from quickbooks_sandbox.testing import START, QuickBooks, quickbooks, quickbooks_url

__all__ = ["quickbooks", "quickbooks_url"]


def test_a_company_is_called_without_a_socket(quickbooks: QuickBooks) -> None:
    made = quickbooks.api("POST", "customer", {"DisplayName": "Müller"})
    assert made.status == 200
    answer = quickbooks.api("GET", "query", query="select * from Customer where DisplayName = 'Müller'")
    assert answer.json()["QueryResponse"]["Customer"][0] == made.json()["Customer"]


def test_amounts_are_exact(quickbooks: QuickBooks) -> None:
    customer = quickbooks.books.create("Customer", {"DisplayName": "A"})
    line = {"DetailType": "SalesItemLineDetail", "Amount": Decimal("0.1"), "SalesItemLineDetail": {}}
    body = {"CustomerRef": {"value": customer["Id"]}, "Line": [line, line, line]}
    assert quickbooks.api("POST", "invoice", body).json()["Invoice"]["TotalAmt"] == Decimal("0.3")


def test_time_moves_only_when_told(quickbooks: QuickBooks) -> None:
    made = quickbooks.api("POST", "customer", {"DisplayName": "A"}).json()
    assert made["Customer"]["MetaData"]["CreateTime"] == "2026-01-05T09:00:00-08:00"
    assert quickbooks.clock.now() == START
    quickbooks.clock.advance(60)
    assert quickbooks.api("GET", "preferences").json()["time"] == "2026-01-05T09:01:00.000-08:00"


def test_a_cut_connection_is_raised_and_a_delay_moves_the_clock(quickbooks: QuickBooks) -> None:
    quickbooks.call("PUT", "/sandbox/faults", [{"method": "POST", "cut": "lost", "delay_ms": 5000}])
    with pytest.raises(ConnectionCut):
        quickbooks.api("POST", "customer", {"DisplayName": "A"})
    assert (quickbooks.clock.now() - START).total_seconds() == 5
    assert quickbooks.books.query("select count(*) from Customer").total_count == 1


def test_tests_do_not_meet_each_others_records(quickbooks: QuickBooks) -> None:
    assert quickbooks.books.query("select count(*) from Customer").total_count == 0


def test_a_client_that_needs_an_address_meets_the_same_company(quickbooks: QuickBooks, quickbooks_url: str) -> None:
    keys = requests.get(f"{quickbooks_url}/sandbox/credentials", timeout=10).json()
    headers = {"Authorization": f"Bearer {keys['access_token']}"}
    company = f"{keys['base_url']}/v3/company/{keys['realm_id']}"
    requests.post(f"{company}/customer", json={"DisplayName": "A"}, headers=headers, timeout=10).raise_for_status()
    assert quickbooks.books.query("select count(*) from Customer").total_count == 1
    assert quickbooks.clock.now() == START


def test_over_http_a_planned_cut_cuts_the_connection(quickbooks: QuickBooks, quickbooks_url: str) -> None:
    quickbooks.call("PUT", "/sandbox/faults", [{"path": "/preferences", "cut": "before"}])
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(f"{quickbooks_url}/v3/company/1/preferences", timeout=10)
