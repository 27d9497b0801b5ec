"""The life of a company and of the connections to it."""

from datetime import timedelta
from typing import Any

import pytest

NOTE = {"DisplayName": "A"}


def put(served: Any, path: str, body: Any) -> Any:
    response = served.http.put(f"{served.url}/sandbox/{path}", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def change(served: Any, **changes: Any) -> Any:
    return put(served, f"companies/{served.realm_id}", changes)


def refusal(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["Fault"]["Error"][0]["code"]


def refresh(served: Any, token: str) -> Any:
    keys = served.sandbox.credentials()
    return served.http.post(
        f"{served.url}/oauth2/v1/tokens/bearer",
        data={"grant_type": "refresh_token", "refresh_token": token},
        auth=(keys.client_id, keys.client_secret),
    )


def connection(served: Any) -> dict[str, Any]:
    """The standing one, as its control shows it."""
    served.auth()
    (shown,) = served.get("/sandbox/connections").json()
    return dict(shown)


def act(served: Any, connection_id: str, act: str) -> None:
    response = served.http.post(f"{served.url}/sandbox/connections/{connection_id}", json={"act": act})
    assert response.status_code == 200, response.text


def test_a_lapsed_subscription_can_be_read_and_not_written(served: Any) -> None:
    change(served, subscription="lapsed")
    assert served.api_get("preferences").status_code == 200
    assert refusal(served.api_post("customer", NOTE)) == (400, "6190")
    assert refusal(served.http.post(served.company("upload"), headers=served.auth())) == (400, "6190")
    items = {"BatchItemRequest": [{"bId": "1", "Customer": NOTE}, {"bId": "2", "Query": "select * from Customer"}]}
    written, queried = served.api_post("batch", items).json()["BatchItemResponse"]
    assert written["Fault"]["Error"][0]["code"] == "6190"
    assert "QueryResponse" in queried
    change(served, subscription="active")
    assert served.api_post("customer", NOTE).status_code == 200


def test_a_trial_ends_by_itself(served: Any) -> None:
    trial = change(served, subscription="trial")
    assert trial["trial_ends"]
    assert served.api_post("customer", NOTE).status_code == 200
    served.sandbox.clock.advance(timedelta(days=30, seconds=1).total_seconds())
    assert refusal(served.api_post("customer", {"DisplayName": "B"})) == (400, "6190")


@pytest.mark.parametrize(
    ("state", "expected"), [({"maintenance": True}, (503, "150")), ({"locked_out": True}, (403, "140"))]
)
def test_a_company_that_is_shut_answers_nobody(served: Any, state: dict[str, bool], expected: tuple[int, str]) -> None:
    change(served, **state)
    assert refusal(served.api_get("preferences")) == expected
    assert refusal(served.api_post("customer", NOTE)) == expected
    change(served, **dict.fromkeys(state, False))
    assert served.api_get("preferences").status_code == 200


@pytest.mark.parametrize("role", ["standard", "none"])
def test_whoever_connected_and_is_no_admin_any_more_is_refused(served: Any, role: str) -> None:
    change(served, roles={"owner@example.com": role})
    assert refusal(served.api_get("preferences")) == (401, "120")
    change(served, roles={"owner@example.com": "admin"})
    assert served.api_get("preferences").status_code == 200


def test_a_state_outlives_the_process(serve: Any, tmp_path: Any) -> None:
    first = serve(data=tmp_path)
    change(first, maintenance=True)
    first.sandbox.close()
    assert refusal(serve(data=tmp_path).api_get("preferences")) == (503, "150")


def test_an_outage_takes_each_service_down_alone(served: Any) -> None:
    keys = served.sandbox.credentials()
    put(served, "outage", {"accounting": True})
    assert served.api_get("preferences").status_code == 503
    assert refresh(served, keys.refresh_token).status_code == 200
    put(served, "outage", {"oauth": True})
    assert served.api_get("preferences").status_code == 200
    assert refresh(served, keys.refresh_token).status_code == 503


def test_a_connection_is_ended_from_quickbooks_side(served: Any) -> None:
    headers, keys = served.auth(), served.sandbox.credentials()
    act(served, connection(served)["id"], "disconnect")
    assert served.http.get(served.company("preferences"), headers=headers).status_code == 401
    assert refresh(served, keys.refresh_token).json()["error"] == "invalid_grant"


def test_access_tokens_are_aged_alone(served: Any) -> None:
    headers, keys = served.auth(), served.sandbox.credentials()
    act(served, connection(served)["id"], "expire_access_tokens")
    assert served.http.get(served.company("preferences"), headers=headers).status_code == 401
    assert refresh(served, keys.refresh_token).status_code == 200


@pytest.mark.parametrize("how", ["expire_refresh_token", "rotate_refresh_token"])
def test_a_refresh_token_expires_or_is_replaced(served: Any, how: str) -> None:
    keys = served.sandbox.credentials()
    act(served, connection(served)["id"], how)
    assert refresh(served, keys.refresh_token).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(("setting", "status"), [("refuse", 200), ("revoke", 400)])
def test_a_token_used_again_may_take_its_successor_with_it(served: Any, setting: str, status: int) -> None:
    put(served, "settings", {"rotate_refresh_token": "always", "reused_refresh_token": setting})
    keys = served.sandbox.credentials()
    successor = refresh(served, keys.refresh_token).json()["refresh_token"]
    assert refresh(served, keys.refresh_token).status_code == 400
    assert refresh(served, successor).status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"subscription": "gone"},
        {"roles": {"nobody@example.com": "admin"}},
        {"roles": ["admin"]},
        {"subscription": "trial", "trial_ends": "2026-11-02T09:00:00"},
        {"colour": "red"},
    ],
)
def test_a_state_that_cannot_be_is_refused_in_one_sentence(served: Any, changes: dict[str, Any]) -> None:
    response = served.http.put(f"{served.url}/sandbox/companies/{served.realm_id}", json=changes)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert change(served)["subscription"] == "active"


def test_what_is_not_there_is_said(served: Any) -> None:
    assert served.get("/sandbox/companies/12").status_code == 404
    response = served.http.post(f"{served.url}/sandbox/connections/12", json={"act": "disconnect"})
    assert response.status_code == 404


RECORDS = [
    {"Customer": {"DisplayName": "Smith"}, "as": "smith"},
    {
        "Invoice": {
            "CustomerRef": {"value": "{smith}"},
            "Line": [{"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}],
        }
    },
]


def test_a_company_is_made_from_records_that_name_each_other(served: Any) -> None:
    body = {"name": "Seeded", "records": RECORDS}
    keys = served.http.post(f"{served.url}/sandbox/companies", json=body).json()
    books = served.sandbox.companies[keys["realm_id"]]
    (invoice,) = books.query("select * from Invoice").rows
    assert invoice["CustomerRef"]["name"] == "Smith"


@pytest.mark.parametrize(
    "records",
    [
        RECORDS[1:],
        [{"Customer": {}}],
        [{"Customer": 1}],
        [{"Customer": {}, "Vendor": {}}],
        [{"Unicorn": {}}],
        [{}],
        [RECORDS[0], RECORDS[0]],
    ],
)
def test_a_record_that_cannot_be_made_leaves_no_company_behind(served: Any, records: Any) -> None:
    response = served.http.post(f"{served.url}/sandbox/companies", json={"records": records})
    assert response.status_code == 400
    assert response.json()["error"].startswith("Record ")
    assert len(served.get("/sandbox/companies").json()) == 1


def test_a_company_of_another_country_begins_empty(served: Any) -> None:
    made = served.http.post(f"{served.url}/sandbox/companies", json={"name": "Bristol", "country": "GB"}).json()
    books = served.sandbox.companies[made["realm_id"]]
    assert books.read("CompanyInfo", "1")["Country"] == "GB"
    refused = served.http.post(f"{served.url}/sandbox/companies", json={"seed": "sample", "country": "GB"})
    assert refused.status_code == 400
