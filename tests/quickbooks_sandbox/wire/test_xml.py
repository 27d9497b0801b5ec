"""XML beside JSON: the same requests in either, and the same answers."""

from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, fromstring

import pytest

from quickbooks_sandbox.testing import QuickBooks, Response, quickbooks
from quickbooks_sandbox.wire.xml_names import NAMESPACE

__all__ = ["quickbooks"]

XML = "application/xml"
ROOT = f'xmlns="{NAMESPACE}"'


def sent(quickbooks: QuickBooks, method: str, path: str, body: Any = None, **headers: str) -> Response:
    keys = quickbooks.sandbox.credentials()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return quickbooks.call(
        method, f"/v3/company/{keys.realm_id}/{path}", body, {"authorization": f"Bearer {keys.access_token}", **named}
    )


def told(response: Response) -> Element:
    assert response.headers["content-type"].startswith(XML)
    return fromstring(response.body)


def at(element: Element, path: str) -> Element:
    found = element.find("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))
    assert found is not None, path
    return found


@pytest.fixture
def customer(quickbooks: QuickBooks) -> dict[str, Any]:
    return quickbooks.books.create("Customer", {"DisplayName": "Smith & <Sons>"})


@pytest.fixture
def invoice(quickbooks: QuickBooks, customer: dict[str, Any]) -> dict[str, Any]:
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    return quickbooks.books.create("Invoice", {"CustomerRef": {"value": customer["Id"]}, "Line": [line]})


JSON_FORM = "application/json"
WHO_GETS_WHAT = [
    # accept, content type, in the address, what comes
    (XML, "", "", XML),
    ("text/xml", "", "", XML),
    ("application/json", "", "", JSON_FORM),
    ("application/xml, application/json", "", "", XML),
    ("application/json;q=0.5, application/xml;q=0.9", "", "", XML),
    ("application/xml;q=0.1, application/json;q=nonsense", "", "", XML),
    ("application/json, text/plain, */*", "", "", JSON_FORM),
    ("application/pdf, application/json", "", "", JSON_FORM),
    ("*/*", "", "", XML),
    ("", "", "", XML),
    ("text/html,application/xhtml+xml,*/*;q=0.8", "", "", XML),
    ("*/*", "application/text", "", XML),
    ("*/*", "application/json", "", JSON_FORM),
    ("", "application/json; charset=utf-8", "", JSON_FORM),
    (XML, "application/json", "", XML),
    ("*/*", "", "format=json", JSON_FORM),
    ("application/json", "", "format=xml", XML),
]


@pytest.mark.parametrize("who", WHO_GETS_WHAT)
def test_a_client_is_answered_in_the_form_it_accepts_or_else_asked_in(
    quickbooks: QuickBooks, customer: dict[str, Any], who: tuple[str, str, str, str]
) -> None:
    accept, content_type, asked, comes = who
    headers = {"accept": accept, "content_type": content_type}
    named = {name: value for name, value in headers.items() if value}
    answer = sent(quickbooks, "GET", f"customer/{customer['Id']}?{asked}", None, **named)
    assert answer.headers["content-type"] == f"{comes};charset=utf-8"


def test_a_query_sent_as_text_is_answered_in_xml(quickbooks: QuickBooks, customer: dict[str, Any]) -> None:
    headers = {"accept": "*/*", "content_type": "application/text"}
    answer = told(sent(quickbooks, "POST", "query", b"select * from Customer", **headers))
    response = at(answer, "QueryResponse")
    assert response.attrib == {"startPosition": "1", "maxResults": "1"}
    assert at(response, "Customer").attrib == {"domain": "QBO", "sparse": "false"}


@pytest.mark.parametrize(("setting", "comes"), [("xml", XML), ("json", JSON_FORM)])
def test_what_is_answered_where_anything_is_accepted_can_be_set(
    quickbooks: QuickBooks, customer: dict[str, Any], setting: Any, comes: str
) -> None:
    quickbooks.call("PUT", "/sandbox/settings", {"answer_where_any_is_accepted": setting})
    headers = {"accept": "*/*", "content_type": "application/json" if setting == "xml" else "application/text"}
    answer = sent(quickbooks, "GET", f"customer/{customer['Id']}", None, **headers)
    assert answer.headers["content-type"].startswith(comes)


def test_an_object_shows_what_all_objects_have_first_and_texts_are_kept_whole(
    quickbooks: QuickBooks, customer: dict[str, Any]
) -> None:
    shown = at(told(sent(quickbooks, "GET", f"customer/{customer['Id']}", accept=XML)), "Customer")
    assert [child.tag.rpartition("}")[2] for child in shown][:3] == ["Id", "SyncToken", "MetaData"]
    assert at(shown, "DisplayName").text == "Smith & <Sons>"
    assert at(shown, "CurrencyRef").attrib == {"name": "United States Dollar"}
    assert at(shown, "CurrencyRef").text == "USD"
    assert at(shown, "Active").text == "true"


def test_members_stand_in_the_order_of_the_schema_where_json_has_another(
    quickbooks: QuickBooks, invoice: dict[str, Any]
) -> None:
    shown = at(told(sent(quickbooks, "GET", f"invoice/{invoice['Id']}", accept=XML)), "Invoice/MetaData")
    names = [child.tag.rpartition("}")[2] for child in shown]
    assert names == ["CreateTime", "LastModifiedByRef", "LastUpdatedTime"]


def test_what_no_xml_may_hold_is_left_out(quickbooks: QuickBooks) -> None:
    made = quickbooks.books.create("Customer", {"DisplayName": "A\x01B", "Notes": "one\r\ntwo\ufffe"})
    shown = at(told(sent(quickbooks, "GET", f"customer/{made['Id']}", accept=XML)), "Customer")
    assert (at(shown, "DisplayName").text, at(shown, "Notes").text) == ("AB", "one\r\ntwo")


def test_an_invoice_is_made_from_xml_as_from_json(quickbooks: QuickBooks, customer: dict[str, Any]) -> None:
    body = f"""<?xml version="1.0"?>
    <ns0:Invoice xmlns:ns0="{NAMESPACE}" domain="QBO" sparse="false">
      <ns0:Line>
        <ns0:Description>Hedge</ns0:Description><ns0:Amount>25.50</ns0:Amount>
        <ns0:DetailType>SalesItemLineDetail</ns0:DetailType><ns0:SalesItemLineDetail/>
      </ns0:Line>
      <ns0:TxnTaxDetail/>
      <ns0:CustomerRef name="anything">{customer["Id"]}</ns0:CustomerRef>
      <ns0:CustomerMemo>Thank you</ns0:CustomerMemo>
      <ns0:ApplyTaxAfterDiscount>false</ns0:ApplyTaxAfterDiscount>
    </ns0:Invoice>""".encode()
    made = sent(quickbooks, "POST", "invoice", body, content_type=XML, accept="application/json").json()["Invoice"]
    assert (made["TotalAmt"], made["Line"][0]["Description"]) == (25.5, "Hedge")
    assert made["CustomerMemo"] == {"value": "Thank you"}
    assert quickbooks.books.read("Invoice", made["Id"])["CustomerRef"]["name"] == "Smith & <Sons>"


def test_a_sparse_update_in_xml_leaves_the_rest(quickbooks: QuickBooks, customer: dict[str, Any]) -> None:
    body = (
        f'<Customer {ROOT} sparse="true"><Id>{customer["Id"]}</Id><SyncToken>0</SyncToken><Notes>N</Notes></Customer>'
    )
    at(told(sent(quickbooks, "POST", "customer", body.encode(), content_type=XML)), "Customer/Notes")
    now = quickbooks.books.read("Customer", customer["Id"])
    assert (now["DisplayName"], now["Notes"]) == ("Smith & <Sons>", "N")


def test_an_element_that_is_nil_is_unset(quickbooks: QuickBooks) -> None:
    nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'
    body = f"<Customer {ROOT}><DisplayName>A</DisplayName><Notes {nil}>old</Notes></Customer>".encode()
    assert (
        "Notes" not in sent(quickbooks, "POST", "customer", body, content_type=XML, accept=JSON_FORM).json()["Customer"]
    )


def test_a_fault_is_told_in_xml(quickbooks: QuickBooks) -> None:
    answer = sent(quickbooks, "GET", "customer/99", accept=XML)
    fault = at(told(answer), "Fault")
    assert (answer.status, fault.attrib) == (400, {"type": "ValidationFault"})
    assert at(fault, "Error").attrib == {"code": "610", "element": ""}
    assert at(fault, "Error/Message").text == "Object Not Found"


def test_the_gateway_refuses_in_xml(quickbooks: QuickBooks) -> None:
    answer = sent(quickbooks, "GET", "customer/1", accept=XML, authorization="Bearer nothing")
    assert (answer.status, at(told(answer), "Fault").attrib) == (401, {"type": "AUTHENTICATION"})
    assert at(told(answer), "Fault/Error").attrib == {"code": "3200"}


@pytest.mark.parametrize("body", [None, {"Fault": {"Error": [{"Message": "M", "code": "1"}], "type": "T"}}])
def test_a_planned_fault_is_told_in_xml(quickbooks: QuickBooks, body: Any) -> None:
    quickbooks.call("PUT", "/sandbox/faults", [{"status": 429, "body": body}])
    assert at(told(sent(quickbooks, "GET", "customer/1", accept=XML)), "Fault/Error/Message").text
    quickbooks.call("PUT", "/sandbox/faults", [{"status": 429, "body": "<Busy/>"}])
    assert sent(quickbooks, "GET", "customer/1", accept=JSON_FORM).body == b"<Busy/>"


def test_a_batch_in_xml_does_each_item_for_itself(quickbooks: QuickBooks, invoice: dict[str, Any]) -> None:
    quickbooks.call("PUT", "/sandbox/settings", {"batch_metered": "per_item"})
    body = f"""
    <IntuitBatchRequest {ROOT}>
      <BatchItemRequest bId="b1" operation="create"><Vendor><DisplayName>V</DisplayName></Vendor></BatchItemRequest>
      <BatchItemRequest bId="b2" operation="delete">
        <Invoice><Id>{invoice["Id"]}</Id><SyncToken>0</SyncToken></Invoice>
      </BatchItemRequest>
      <BatchItemRequest bId="b3"><Query>select count(*) from Vendor</Query></BatchItemRequest>
      <BatchItemRequest bId="b4" operation="create"><Vendor><DisplayName>V</DisplayName></Vendor></BatchItemRequest>
    </IntuitBatchRequest>""".encode()
    items = list(told(sent(quickbooks, "POST", "batch", body, content_type=XML)))
    assert [item.get("bId") for item in items] == ["b1", "b2", "b3", "b4"]
    assert at(items[0], "Vendor/DisplayName").text == "V"
    assert at(items[1], "Invoice").attrib == {"domain": "QBO", "status": "Deleted"}
    assert at(items[2], "QueryResponse").attrib == {"totalCount": "1"}
    assert at(items[3], "Fault/Error").get("code") == "6240"
    assert quickbooks.sandbox.calls.calls[-1].cost == 4


def test_changes_are_told_in_xml(quickbooks: QuickBooks, invoice: dict[str, Any]) -> None:
    quickbooks.books.delete("Invoice", {"Id": invoice["Id"], "SyncToken": "0"})
    path = f"cdc?entities=Invoice,Bill&changedSince={quote('2026-01-01T00:00:00Z')}"
    gone, none = at(told(sent(quickbooks, "GET", path)), "CDCResponse")
    assert gone.attrib == {"startPosition": "1", "maxResults": "1"}
    assert at(gone, "Invoice").attrib == {"domain": "QBO", "status": "Deleted"}
    assert (none.attrib, list(none)) == ({}, [])


def test_an_answer_that_is_replayed_comes_in_the_form_asked_for_now(quickbooks: QuickBooks) -> None:
    body = {"DisplayName": "Once"}
    first = sent(quickbooks, "POST", "customer?requestid=r", body, accept=JSON_FORM).json()["Customer"]
    again = at(told(sent(quickbooks, "POST", "customer?requestid=r", body, accept=XML)), "Customer")
    assert at(again, "Id").text == first["Id"]


def test_a_report_is_a_root_of_its_own(quickbooks: QuickBooks, invoice: dict[str, Any]) -> None:
    report = told(sent(quickbooks, "GET", "reports/CustomerBalance", accept=XML))
    assert report.tag == f"{{{NAMESPACE}}}Report"
    assert at(report, "Header/ReportName").text == "CustomerBalance"
    assert at(report, "Rows/Row/ColData").attrib == {"value": "Smith & <Sons>", "id": invoice["CustomerRef"]["value"]}


def test_the_tax_service_is_a_root_of_its_own(quickbooks: QuickBooks) -> None:
    agency = quickbooks.books.create("TaxAgency", {"DisplayName": "State"})["Id"]
    body = f"""
    <TaxService {ROOT}><TaxCode>New</TaxCode><TaxRateDetails><TaxRateName>R</TaxRateName><RateValue>7.5</RateValue>
    <TaxAgencyId>{agency}</TaxAgencyId><TaxApplicableOn>Sales</TaxApplicableOn></TaxRateDetails></TaxService>"""
    made = told(sent(quickbooks, "POST", "taxservice/taxcode", body.encode(), content_type=XML))
    assert (made.tag, at(made, "TaxRateDetails/TaxRateName").text) == (f"{{{NAMESPACE}}}TaxService", "R")


BOMB = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"a" * 100}"><!ENTITY b "{"&a;" * 100}">]>
<Customer {ROOT}><DisplayName>&b;</DisplayName></Customer>"""
OUTSIDE = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<Customer {ROOT}><DisplayName>&a;</DisplayName></Customer>"""


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<Customer",
        "<Customer/>",
        f"<Vendor {ROOT}><DisplayName>V</DisplayName></Vendor>",
        f"<Customer {ROOT}>{'<A>' * 100}{'</A>' * 100}</Customer>",
        f"<Customer {ROOT}>{'<A>' * 50_000}{'</A>' * 50_000}</Customer>",
        f"<Customer {ROOT}><DisplayName xmlns='urn:x'>A</DisplayName></Customer>",
        '<?xml version="1.0" encoding="nonsense"?><a/>',
        BOMB,
        OUTSIDE,
    ],
    ids=["nothing", "broken", "no namespace", "another", "deep", "deepest", "other", "encoding", "bomb", "outside"],
)
def test_what_is_no_xml_of_intuits_is_refused(quickbooks: QuickBooks, body: str) -> None:
    answer = sent(quickbooks, "POST", "customer", body.encode(), content_type=XML)
    assert (answer.status, at(told(answer), "Fault/Error").get("code")) == (400, "2010")
