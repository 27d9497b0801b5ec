import gzip
import json
import re
from typing import Any

import pytest

CUSTOMER = {"DisplayName": "Smith Ltd"}
READS_JSON = {"Accept": "application/json"}


def only_error(response: Any) -> dict[str, Any]:
    (error,) = response.json()["Fault"]["Error"]
    return dict(error)


def test_a_created_object_comes_back_in_its_envelope(served: Any) -> None:
    response = served.api_post("customer", CUSTOMER)
    body = response.json()
    assert list(body) == ["Customer", "time"]
    assert body["Customer"]["DisplayName"] == "Smith Ltd"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-0[78]:00", body["time"])


def test_answers_carry_quickbooks_headers(served: Any) -> None:
    headers = served.api_get("preferences").headers
    assert headers["Content-Type"] == "application/json;charset=utf-8"
    assert re.fullmatch(r"1-[0-9a-f]{8}-[0-9a-f]{24}", headers["intuit_tid"])
    assert re.fullmatch(r"total=\d+, db=\d+", headers["Service-Time"])
    assert headers["QBO-Version"]
    assert "no-store" in headers["Cache-Control"]


def test_the_entity_in_the_path_may_be_in_any_case(served: Any) -> None:
    created = served.create("Customer", CUSTOMER)
    for name in ("customer", "Customer", "CUSTOMER"):
        assert served.api_get(f"{name}/{created['Id']}").json()["Customer"]["Id"] == created["Id"]


def test_an_id_that_is_a_word_keeps_its_case(served: Any) -> None:
    code = served.query("select * from TaxCode where Id = 'NON'")["TaxCode"][0]
    assert served.api_get("taxcode/NON").json()["TaxCode"] == code


def test_a_body_with_an_id_updates_and_operation_delete_and_void_do_as_they_say(served: Any) -> None:
    customer = served.create("Customer", CUSTOMER)
    changed = served.create("Customer", {**customer, "sparse": True, "Notes": "pays late"})
    assert (changed["Id"], changed["Notes"]) == (customer["Id"], "pays late")


def test_the_company_is_read_under_its_realm_and_preferences_without_an_id(served: Any) -> None:
    assert served.api_get(f"companyinfo/{served.realm_id}").json()["CompanyInfo"]["Id"] == "1"
    assert served.api_get("preferences").json()["Preferences"]["Id"] == "1"


@pytest.mark.parametrize("content_type", ["application/text", "text/plain", "application/text;charset=utf-8"])
def test_a_query_may_be_posted_as_text(served: Any, content_type: str) -> None:
    served.create("Customer", CUSTOMER)
    headers = {**served.auth(), "Content-Type": content_type}
    statement = "select * from customer where DisplayName = 'Smith Ltd'"
    found = served.http.post(served.company("query"), data=statement, headers=headers).json()["QueryResponse"]
    assert found == {**found, "startPosition": 1, "maxResults": 1}
    assert [row["DisplayName"] for row in found["Customer"]] == ["Smith Ltd"]


def test_queries_count_and_find_nothing_in_quickbooks_shapes(served: Any) -> None:
    served.create("Customer", CUSTOMER)
    assert served.query("select count(*) from Customer") == {"totalCount": 1}
    assert served.query("select * from Customer where DisplayName = 'Nobody'") == {}


def test_amounts_are_json_numbers_and_exact(served: Any) -> None:
    customer = served.create("Customer", CUSTOMER)
    item = served.query("select * from Item maxresults 1").get("Item") or [_item(served)]
    line = {
        "Amount": 0.1,
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": {"ItemRef": {"value": item[0]["Id"]}},
    }
    body = {"CustomerRef": {"value": customer["Id"]}, "Line": [line, {**line, "Amount": 0.2}]}
    raw = served.api_post("invoice", body).text
    assert re.search(r'"TotalAmt":0\.30?[,}]', raw), raw


def _item(served: Any) -> dict[str, Any]:
    account = served.query("select * from Account where AccountType = 'Income'").get("Account") or [
        served.create("Account", {"Name": "Sales", "AccountType": "Income"})
    ]
    item: dict[str, Any] = served.create(
        "Item", {"Name": "Work", "Type": "Service", "IncomeAccountRef": {"value": account[0]["Id"]}}
    )
    return item


def test_long_answers_are_compressed_for_clients_that_take_it(served: Any) -> None:
    headers = {**served.auth(), "Accept-Encoding": "gzip"}
    response = served.http.get(served.company("preferences"), headers=headers, stream=True)
    raw = response.raw.read()
    assert response.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw))["Preferences"]
    plain = served.http.get(served.company("preferences"), headers={**headers, "Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers


def test_an_invoice_that_can_be_paid_online_has_a_link_for_those_who_ask(serve: Any) -> None:
    served = serve(company="sample")
    invoice = served.query("select * from Invoice maxresults 1")["Invoice"][0]
    for field, value in [("AllowOnlineACHPayment", True), ("BillEmail", {"Address": "a@example.com"})]:
        assert "InvoiceLink" not in served.api_get(f"invoice/{invoice['Id']}", include="invoiceLink").json()["Invoice"]
        invoice = served.create("Invoice", {**_version(invoice), "sparse": True, field: value})
    assert "InvoiceLink" not in served.api_get(f"invoice/{invoice['Id']}").json()["Invoice"]
    one = served.api_get(f"invoice/{invoice['Id']}", include="invoiceLink").json()["Invoice"]
    statement = f"select * from Invoice where Id = '{invoice['Id']}'"
    listed = served.api_get("query", query=statement, include="invoiceLink").json()["QueryResponse"]["Invoice"]
    assert listed == [one]
    assert one["InvoiceLink"].startswith("https://quickbooks-sandbox.invalid/t/")


def _version(record: dict[str, Any]) -> dict[str, Any]:
    return {"Id": record["Id"], "SyncToken": record["SyncToken"]}


class TestTheGateway:
    def test_a_missing_or_malformed_token_is_401_in_its_own_dialect(self, served: Any) -> None:
        for headers in ({}, {"Authorization": "Bearer short"}, {"Authorization": "Basic abc"}):
            response = served.http.get(served.company("customer/1"), headers={**headers, **READS_JSON})
            assert response.status_code == 401
            body = response.json()
            assert body["fault"]["type"] == "AUTHENTICATION"
            assert body["fault"]["error"] == [
                {
                    "message": "message=AuthenticationFailed; errorCode=003200; statusCode=401",
                    "detail": "Malformed bearer token: too short or too long",
                    "code": "3200",
                    "element": None,
                }
            ]
            assert isinstance(body["time"], int)

    def test_an_expired_token_is_named_as_such(self, served: Any) -> None:
        headers = served.auth()
        served.sandbox.clock.advance(3601)
        error = served.http.get(served.company("customer/1"), headers=headers).json()["fault"]["error"][0]
        assert error["code"] == "3200"
        assert error["detail"].startswith("Token expired: eyJ")

    def test_another_companys_token_is_403(self, served: Any) -> None:
        other = served.sandbox.companies.create("empty", "Other")
        for realm_id in (other.realm_id, "123"):
            url = f"{served.url}/v3/company/{realm_id}/preferences"
            response = served.http.get(url, headers=served.auth())
            assert response.status_code == 403
            assert response.json()["fault"]["error"][0]["code"] == "3100"
            assert response.json()["fault"]["type"] == "SERVICE"

    def test_too_many_requests_are_429_until_the_clock_moves_on(self, serve: Any) -> None:
        served = serve(limits=True)
        statuses = [served.api_get("preferences").status_code for _ in range(12)]
        assert 429 in statuses
        refused = served.api_get("preferences")
        assert refused.json()["fault"]["error"][0]["code"] == "3001"
        served.sandbox.clock.advance(1)
        assert served.api_get("preferences").status_code == 200


class TestRefusals:
    def test_an_unknown_path_is_not_found_in_quickbooks_words(self, served: Any) -> None:
        for path in ("customer/1/5", "nothing", "customer"):
            response = served.api_get(path)
            assert response.status_code == 400
            error = only_error(response)
            assert error["code"] == "500"
            assert "element" not in error
            assert error["Detail"].startswith("Operation Could not find resource for relative : /v3/company/")

    @pytest.mark.parametrize("path", ["inventoryadjustment/1", "reimbursecharge/1", "entitlements"])
    def test_what_quickbooks_has_and_the_sandbox_has_not_is_named(self, served: Any, path: str) -> None:
        detail = only_error(served.api_get(path))["Detail"]
        assert "which this sandbox does not model" in detail

    def test_an_id_that_is_no_number_is_2030(self, served: Any) -> None:
        assert only_error(served.api_get("customer/1.5"))["code"] == "2030"

    def test_a_missing_object_is_610(self, served: Any) -> None:
        error = only_error(served.api_get("customer/999"))
        assert (error["code"], error["Message"], error["element"]) == ("610", "Object Not Found", "")

    @pytest.mark.parametrize(
        ("raw", "code"),
        [(b"{", "2010"), (b"[1]", "2010"), (b"", "2010"), (b'{"DisplayName": "\xff"}', "500")],
    )
    def test_a_body_that_is_no_json_object_is_refused(self, served: Any, raw: bytes, code: str) -> None:
        response = served.http.post(served.company("customer"), data=raw, headers=served.auth())
        assert response.status_code == 400
        assert only_error(response)["code"] == code

    def test_a_body_beyond_the_limit_is_413(self, served: Any) -> None:
        raw = b'{"DisplayName":"' + b"x" * (20 * 1024 * 1024) + b'"}'
        response = served.http.post(served.company("customer"), data=raw, headers=served.auth())
        assert response.status_code == 413
        assert only_error(response)["code"] == "500"

    def test_an_unknown_operation_is_named(self, served: Any) -> None:
        error = only_error(served.api_post("customer", CUSTOMER, operation="explode"))
        assert (error["code"], error["Detail"]) == ("500", "Operation explode is not supported.")
        assert error["element"] == "Operation"

    def test_a_query_that_cannot_be_parsed_is_4000(self, served: Any) -> None:
        assert only_error(served.api_get("query", query="selekt * from Customer"))["code"] == "4000"
        assert only_error(served.api_get("query"))["code"] == "2020"
