"""Forms printed as PDF and sent by e-mail."""

import re
import zlib
from typing import Any

import pytest


@pytest.fixture
def invoice(served: Any) -> dict[str, Any]:
    customer = served.create("Customer", {"DisplayName": "Łukasz & Søn"})
    line = {"DetailType": "SalesItemLineDetail", "Amount": 1234.5, "Description": "Hedge", "SalesItemLineDetail": {}}
    body = {"CustomerRef": {"value": customer["Id"]}, "Line": [line]}
    made: dict[str, Any] = served.create("Invoice", body)
    return made


def send(served: Any, invoice: dict[str, Any], data: bytes = b"", **params: str) -> Any:
    headers = {**served.auth(), "Content-Type": "application/octet-stream"}
    url = served.company(f"invoice/{invoice['Id']}/send")
    return served.http.post(url, params=params, data=data, headers=headers)


def test_a_form_is_printed_with_what_it_says(served: Any, invoice: dict[str, Any]) -> None:
    headers = {**served.auth(), "Accept": "application/pdf"}
    response = served.http.get(served.company(f"invoice/{invoice['Id']}/pdf"), headers=headers)
    assert response.headers["content-type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-1.")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", response.content, re.DOTALL)
    printed = b"".join(zlib.decompress(each) for each in streams if each[:1] == b"\x78")
    for text in (b"Hedge", b"1,234.50", b"S\xf8n", invoice["DocNumber"].encode()):
        assert text in printed


def test_a_form_that_is_not_there_is_not_printed(served: Any) -> None:
    assert served.api_get("invoice/999/pdf").json()["Fault"]["Error"][0]["code"] == "610"


def test_what_is_no_form_is_neither_printed_nor_sent(served: Any) -> None:
    made = served.create("Customer", {"DisplayName": "A"})
    assert served.api_get(f"customer/{made['Id']}/pdf").json()["Fault"]["Error"][0]["code"] == "500"
    assert served.api_post(f"customer/{made['Id']}/send", {}).json()["Fault"]["Error"][0]["code"] == "500"


@pytest.mark.parametrize("data", [b"", b"{}"])
def test_a_form_is_sent_and_says_so(served: Any, invoice: dict[str, Any], data: bytes) -> None:
    sent = send(served, invoice, data, sendTo="a@example.com").json()["Invoice"]
    assert (sent["EmailStatus"], sent["BillEmail"]) == ("EmailSent", {"Address": "a@example.com"})
    assert sent["DeliveryInfo"]["DeliveryType"] == "Email"
    assert sent["DeliveryInfo"]["DeliveryTime"] == sent["MetaData"]["LastUpdatedTime"]
    assert sent["SyncToken"] == "1"
    assert send(served, invoice).json()["Invoice"]["BillEmail"] == {"Address": "a@example.com"}


@pytest.mark.parametrize(("to", "code"), [({}, "6420"), ({"sendTo": "nobody"}, "2210")])
def test_without_a_right_address_nothing_is_sent(served: Any, invoice: dict[str, Any], to: Any, code: str) -> None:
    assert send(served, invoice, **to).json()["Fault"]["Error"][0]["code"] == code
    assert served.api_get(f"invoice/{invoice['Id']}").json()["Invoice"]["EmailStatus"] == "NotSet"


def test_what_was_sent_can_be_sent_back(served: Any, invoice: dict[str, Any]) -> None:
    sent = send(served, invoice, sendTo="a@example.com").json()["Invoice"]
    assert served.api_post("invoice", {**sent, "PrivateNote": "x"}).json()["Invoice"]["DeliveryInfo"]


def test_forty_mails_a_day_are_sent(serve: Any) -> None:
    served = serve(limits=True)
    customer = served.create("Customer", {"DisplayName": "A"})
    line = {"DetailType": "SalesItemLineDetail", "Amount": 1, "SalesItemLineDetail": {}}
    body = {"CustomerRef": {"value": customer["Id"]}, "Line": [line], "BillEmail": {"Address": "a@example.com"}}
    invoice = served.create("Invoice", body)
    statuses = []
    for _ in range(41):
        served.sandbox.clock.advance(1)
        statuses.append(send(served, invoice).status_code)
    assert statuses == [200] * 40 + [429]
    served.sandbox.clock.advance(24 * 3600)
    assert send(served, invoice).status_code == 200


def test_sending_is_told_as_emailed(served: Any, invoice: dict[str, Any]) -> None:
    served.http.put(f"{served.url}/sandbox/webhooks", json={"url": "http://localhost:1/", "paused": True})
    send(served, invoice, sendTo="a@example.com")
    (notification,) = served.get("/sandbox/webhooks").json()["pending"]
    assert [(each["entity"], each["operation"]) for each in notification["events"]] == [("Invoice", "Emailed")]
