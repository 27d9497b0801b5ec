"""Open questions about the wire: each answer can be chosen."""

from typing import Any

import pytest

from quickbooks_sandbox.testing import QuickBooks, quickbooks

__all__ = ["quickbooks"]

CUSTOMER = {"DisplayName": "Smith"}


def batch(quickbooks: QuickBooks, *items: Any) -> None:
    answer = quickbooks.api("POST", "batch", {"BatchItemRequest": list(items)})
    assert answer.status == 200


@pytest.mark.parametrize(("choice", "cost"), [("once", 1), ("per_item", 3)])
def test_a_batch_costs_one_call_or_one_for_each_item(quickbooks: QuickBooks, choice: Any, cost: int) -> None:
    quickbooks.sandbox.settings.batch_metered = choice
    batch(quickbooks, *[{"bId": str(place), "Query": "select * from Customer"} for place in range(3)])
    (call,) = quickbooks.call("GET", "/sandbox/calls").json()
    assert (call["class"], call["cost"]) == ("CorePlus", cost)


def test_writes_and_refused_calls_cost_nothing(quickbooks: QuickBooks) -> None:
    quickbooks.api("POST", "customer", CUSTOMER)
    quickbooks.api("GET", "customer/999999")
    assert [call["cost"] for call in quickbooks.call("GET", "/sandbox/calls").json()] == [0, 0]


def test_another_body_under_a_known_request_id_may_be_refused(quickbooks: QuickBooks) -> None:
    quickbooks.sandbox.settings.other_body_under_request_id = "refuse"
    first = quickbooks.api("POST", "customer", CUSTOMER, requestid="r")
    assert quickbooks.api("POST", "customer", CUSTOMER, requestid="r").body == first.body
    other = quickbooks.api("POST", "customer", {"DisplayName": "Jones"}, requestid="r")
    assert other.json()["Fault"]["Error"][0]["code"] == "600"


@pytest.mark.parametrize(("remembered", "files"), [(True, 1), (False, 2)])
def test_an_upload_may_forget_its_request_id(quickbooks: QuickBooks, remembered: bool, files: int) -> None:
    quickbooks.sandbox.settings.request_id_on_upload = remembered
    body = b'--X\r\nContent-Disposition: form-data; name="file_content_01"; filename="a.txt"\r\n\r\nx\r\n--X--'
    for _ in range(2):
        assert quickbooks.api("POST", "upload", body, requestid="r").status == 200
    assert quickbooks.books.query("select count(*) from Attachable").total_count == files


def test_change_data_may_leave_out_what_did_not_change(quickbooks: QuickBooks) -> None:
    quickbooks.sandbox.settings.cdc_without_changes = "omit"
    since = quickbooks.clock.now().isoformat()
    quickbooks.api("POST", "customer", CUSTOMER)
    answer = quickbooks.api("GET", "cdc", entities="Invoice,Customer", changedSince=since).json()
    (shown,) = answer["CDCResponse"][0]["QueryResponse"]
    assert shown["Customer"][0]["DisplayName"] == "Smith"


@pytest.mark.parametrize("planned", [False, True])
def test_the_gateway_may_speak_as_the_service_does(quickbooks: QuickBooks, planned: bool) -> None:
    quickbooks.sandbox.settings.gateway_envelope = "upper"
    headers = {"authorization": "Bearer " + "x" * 30, "accept": "application/json"}
    if planned:
        quickbooks.call("PUT", "/sandbox/faults", [{"entity": "customer", "status": 401}])
    answer = quickbooks.call("GET", f"/v3/company/{quickbooks.books.realm_id}/customer/1", None, headers)
    (error,) = answer.json()["Fault"]["Error"]
    assert (answer.status, error["code"]) == (401, "3200")
    assert error["Message"].startswith("message=AuthenticationFailed")


def test_a_report_is_read_within_a_batch(quickbooks: QuickBooks) -> None:
    alone = quickbooks.api("GET", "reports/CustomerBalance", report_date="2026-01-05").json()
    item = {"bId": "1", "ReportQuery": "CustomerBalance?report_date=2026-01-05"}
    answer = quickbooks.api("POST", "batch", {"BatchItemRequest": [item]}).json()["BatchItemResponse"]
    assert answer == [{"Report": alone, "bId": "1"}]
