"""What published clients in other languages send, beyond what the tests with Python's clients show."""

import gzip
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from quickbooks_sandbox import json
from quickbooks_sandbox.testing import QuickBooks, Response, quickbooks

__all__ = ["quickbooks"]

Pack = Callable[[bytes], bytes]


def sent(quickbooks: QuickBooks, method: str, path: str, body: Any = None, **headers: str) -> Response:
    keys = quickbooks.sandbox.credentials()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named = {"accept": "application/json", "authorization": f"Bearer {keys.access_token}", **named}
    return quickbooks.call(method, f"/v3/company/{keys.realm_id}/{path}", body, named)


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.fixture
def customer(quickbooks: QuickBooks) -> dict[str, Any]:
    return quickbooks.books.create("Customer", {"DisplayName": "Smith"})


@pytest.fixture
def invoice(quickbooks: QuickBooks, customer: dict[str, Any]) -> dict[str, Any]:
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    return quickbooks.books.create("Invoice", {"CustomerRef": {"value": customer["Id"]}, "Line": [line]})


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate)]
)
def test_a_compressed_body_is_unpacked(quickbooks: QuickBooks, encoding: str, pack: Pack) -> None:
    body = pack(json.dumps({"DisplayName": "Smith"}))
    answer = sent(quickbooks, "POST", "customer", body, content_encoding=encoding)
    assert answer.json()["Customer"]["DisplayName"] == "Smith"


@pytest.mark.parametrize("body", [b"plain text", gzip.compress(b"{}")[:-4]], ids=["plain", "cut short"])
def test_a_body_that_is_not_packed_as_it_says_is_refused(quickbooks: QuickBooks, body: bytes) -> None:
    answer = sent(quickbooks, "POST", "customer", body, content_encoding="gzip")
    assert (answer.status, answer.json()["Fault"]["Error"][0]["code"]) == (400, "500")


@pytest.mark.parametrize(
    "path", ["customer/{}/", "Customer/{}", "customer/{}?minorversion=65", "customer/{}?format=json"]
)
def test_an_address_is_understood_in_every_form(quickbooks: QuickBooks, customer: dict[str, Any], path: str) -> None:
    assert sent(quickbooks, "GET", path.format(customer["Id"])).json()["Customer"]["Id"] == customer["Id"]


@pytest.mark.parametrize(
    "accept",
    ["application/json;charset=UTF-8", "application/json, text/plain, */*", "application/pdf, application/json"],
)
def test_an_answer_is_json_for_whoever_takes_json(
    quickbooks: QuickBooks, customer: dict[str, Any], accept: str
) -> None:
    answer = sent(quickbooks, "GET", f"customer/{customer['Id']}", accept=accept)
    assert answer.json()["Customer"]["Id"] == customer["Id"]


def test_a_read_may_come_with_the_content_type_of_a_body(quickbooks: QuickBooks, customer: dict[str, Any]) -> None:
    answer = sent(quickbooks, "GET", f"customer/{customer['Id']}", content_type="application/json")
    assert answer.status == 200


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded"]
)
def test_a_body_is_read_as_json_whatever_it_is_called(quickbooks: QuickBooks, content_type: str) -> None:
    headers = {"content_type": content_type, "content_md5": "Q2hlY2sgSW50ZWdyaXR5IQ=="}
    answer = sent(quickbooks, "POST", "customer", {"DisplayName": "Smith"}, **headers)
    assert answer.json()["Customer"]["DisplayName"] == "Smith"


def test_a_query_is_posted_with_its_statement_in_the_address(quickbooks: QuickBooks, customer: dict[str, Any]) -> None:
    answer = sent(quickbooks, "POST", "query?query=select%20*%20from%20Customer", b"", content_type="text/plain")
    assert [one["Id"] for one in answer.json()["QueryResponse"]["Customer"]] == [customer["Id"]]


@pytest.mark.parametrize(
    "options", ["operation=void", "operation=update&include=void", "include=void", "operation=Void"]
)
def test_every_form_of_void_voids_an_invoice(quickbooks: QuickBooks, invoice: dict[str, Any], options: str) -> None:
    body = {"Id": invoice["Id"], "SyncToken": "0", "sparse": True}
    answer = sent(quickbooks, "POST", f"invoice?{options}", body).json()["Invoice"]
    assert (answer["TotalAmt"], answer["PrivateNote"]) == (0, "Voided")


def test_a_delete_may_send_the_whole_object(quickbooks: QuickBooks, invoice: dict[str, Any]) -> None:
    answer = sent(quickbooks, "POST", "invoice?operation=delete", invoice).json()["Invoice"]
    assert answer["status"] == "Deleted"


def test_an_update_may_say_that_it_is_one(quickbooks: QuickBooks, customer: dict[str, Any]) -> None:
    answer = sent(quickbooks, "POST", "customer?operation=update", {**customer, "Notes": "x"})
    assert answer.json()["Customer"]["Notes"] == "x"


@pytest.mark.parametrize(
    ("state", "shown"),
    [({"subscription": "trial"}, "TRIAL"), ({"subscription": "lapsed"}, "EXPIRED"), ({}, "PAID")],
)
def test_company_info_names_the_subscription(quickbooks: QuickBooks, state: dict[str, str], shown: str) -> None:
    quickbooks.sandbox.conditions.change(quickbooks.books.realm_id, state)
    read = sent(quickbooks, "GET", f"companyinfo/{quickbooks.books.realm_id}").json()["CompanyInfo"]
    (found,) = sent(quickbooks, "GET", "query?query=select%20*%20from%20CompanyInfo").json()["QueryResponse"][
        "CompanyInfo"
    ]
    for answer in (read, found):
        values = {each["Name"]: each["Value"] for each in answer["NameValue"]}
        assert values["SubscriptionStatus"] == shown
        assert values["OfferingSku"] == "QuickBooks Online Plus"


def test_a_trial_ends_by_the_clock(quickbooks: QuickBooks) -> None:
    quickbooks.sandbox.conditions.change(quickbooks.books.realm_id, {"subscription": "trial"})
    quickbooks.clock.advance(31 * 86_400)
    answer = sent(quickbooks, "GET", "companyinfo/1").json()["CompanyInfo"]
    assert {"Name": "SubscriptionStatus", "Value": "EXPIRED"} in answer["NameValue"]


@pytest.mark.parametrize("operation", ["create", "Create", "CREATE"])
def test_a_batch_names_its_operations_in_any_case(quickbooks: QuickBooks, operation: str) -> None:
    item = {"bId": "1", "operation": operation, "Customer": {"DisplayName": "Smith"}}
    answer = sent(quickbooks, "POST", "batch", {"BatchItemRequest": [item]}, content_type="application/json")
    assert answer.json()["BatchItemResponse"][0]["Customer"]["DisplayName"] == "Smith"


def test_a_client_that_posts_its_query_as_text_is_answered_in_xml_whatever_it_posts_else(
    quickbooks: QuickBooks, customer: dict[str, Any]
) -> None:
    """A library for PHP sends objects in the form it is set to, and queries as text, accepting anything."""
    made = sent(quickbooks, "POST", "customer", {"DisplayName": "A"}, content_type="application/json", accept="*/*")
    assert made.json()["Customer"]["DisplayName"] == "A"
    found = sent(quickbooks, "POST", "query", b"select * from Customer", content_type="application/text", accept="*/*")
    assert found.body.startswith(b"<?xml")
