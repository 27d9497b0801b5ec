from typing import Any

import pytest


def test_credentials_work_at_once_and_asking_again_changes_nothing(served: Any) -> None:
    first = served.get("/sandbox/credentials").json()
    assert first["base_url"] == served.url
    assert set(first) == {"base_url", "client_id", "client_secret", "realm_id", "access_token", "refresh_token"}
    assert served.get("/sandbox/credentials").json() == first
    headers = {"Authorization": f"Bearer {first['access_token']}"}
    url = f"{first['base_url']}/v3/company/{first['realm_id']}/preferences"
    assert served.http.get(url, headers=headers).status_code == 200


def test_a_company_can_be_added_and_has_credentials_of_its_own(served: Any) -> None:
    made = served.http.post(f"{served.url}/sandbox/companies", json={"name": "Acme", "seed": "empty"}).json()
    assert made["realm_id"] != served.realm_id
    assert served.get("/sandbox/credentials", realm_id=made["realm_id"]).json() == made
    companies = served.get("/sandbox/companies").json()
    assert [(row["realm_id"], row["name"]) for row in companies][1:] == [(made["realm_id"], "Acme")]


def test_calls_lists_what_came_to_the_accounting_api_and_nothing_else(served: Any) -> None:
    served.get("/sandbox/health")
    served.api_post("customer", {"DisplayName": "A"}, requestid="r1")
    served.api_get("query", query="select * from Customer")
    served.api_post("batch", {"BatchItemRequest": []})
    served.http.get(served.company("customer/1"))
    prefix = f"/v3/company/{served.realm_id}"
    assert served.get("/sandbox/calls").json() == [
        {
            "realm_id": served.realm_id,
            "method": method,
            "path": f"{prefix}/{path}",
            "class": class_,
            "status": status,
            "requestid": request_id,
            "cost": cost,
        }
        for method, path, class_, status, request_id, cost in [
            ("POST", "customer", "Core", 200, "r1", 0),
            ("GET", "query", "CorePlus", 200, None, 1),
            ("POST", "batch", "CorePlus", 200, None, 1),
            ("GET", "customer/1", "CorePlus", 401, None, 0),
        ]
    ]
    assert served.http.delete(f"{served.url}/sandbox/calls").status_code == 204
    assert served.get("/sandbox/calls").json() == []


def test_the_clock_is_moved_by_seconds_or_to_a_moment(served: Any) -> None:
    url = f"{served.url}/sandbox/clock"
    moved = served.http.post(url, json={"now": "2031-05-04T12:00:00+02:00"}).json()["now"]
    assert moved.startswith("2031-05-04T10:00:0")
    moved = served.http.post(url, json={"advance_s": 3600}).json()["now"]
    assert moved.startswith("2031-05-04T11:00:0")
    assert served.api_get("preferences").json()["time"].startswith("2031-05-04T04:00:0")


def test_settings_are_shown_and_changed_by_name(served: Any) -> None:
    url = f"{served.url}/sandbox/settings"
    assert served.get("/sandbox/settings").json()["max_batch_items"] == 30
    assert served.http.put(url, json={"max_batch_items": 10}).json()["max_batch_items"] == 10
    items = [{"Customer": {"DisplayName": str(n)}} for n in range(11)]
    assert served.api_post("batch", {"BatchItemRequest": items}).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "companies", {"seed": "huge"}),
        ("POST", "companies", {"name": " "}),
        ("POST", "companies", {"nmae": "x"}),
        ("PUT", "faults", [{"cut": "sideways"}]),
        ("PUT", "settings", {"max_batch_itmes": 3}),
        ("PUT", "settings", {"max_batch_items": "many"}),
        ("POST", "clock", {}),
        ("POST", "clock", {"now": "2031-05-04T12:00:00"}),
        ("POST", "clock", {"now": "soon"}),
        ("POST", "clock", {"advance_s": 1, "now": "2031-05-04T12:00:00Z"}),
        ("POST", "clock", {"advance_s": 1e18}),
        ("POST", "clock", {"advance_s": -1e11}),
        ("POST", "clock", {"now": "9999-12-31T23:59:59Z"}),
        ("PUT", "webhooks", {"url": "http://[::1"}),
        ("PUT", "webhooks", {"url": "http://127.0.0.1:99999/"}),
        ("PUT", "webhooks", {"delay_s": 1e300}),
    ],
)
def test_bad_input_is_answered_with_one_sentence(served: Any, method: str, path: str, body: Any) -> None:
    response = served.http.request(method, f"{served.url}/sandbox/{path}", json=body)
    assert response.status_code == 400
    (sentence,) = response.json().values()
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_an_unknown_company_is_named(served: Any) -> None:
    response = served.get("/sandbox/credentials", realm_id="12")
    assert (response.status_code, response.json()) == (404, {"error": "There is no company 12 here."})


def test_reset_starts_anew_and_keeps_the_first_companys_keys(served: Any) -> None:
    keys = served.get("/sandbox/credentials").json()
    served.create("Customer", {"DisplayName": "A"})
    served.sandbox.companies.create("empty", "Other")
    served.http.put(f"{served.url}/sandbox/faults", json=[{"status": 500, "path": "nowhere"}])
    served.http.put(f"{served.url}/sandbox/settings", json={"max_batch_items": 10})
    served.http.post(f"{served.url}/sandbox/clock", json={"advance_s": 60})
    assert served.http.post(f"{served.url}/sandbox/reset").status_code == 200
    assert len(served.get("/sandbox/companies").json()) == 1
    assert served.get("/sandbox/credentials").json() == keys
    assert served.get("/sandbox/faults").json() == []
    assert served.get("/sandbox/calls").json() == []
    assert served.get("/sandbox/settings").json()["max_batch_items"] == 30
    assert served.create("Customer", {"DisplayName": "A"})


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:80", "[::1", "localhost:x"])
def test_a_name_that_is_not_this_machine_is_refused(served: Any, host: str) -> None:
    response = served.http.get(f"{served.url}/sandbox/credentials", headers={"Host": host})
    assert response.status_code == 400
    assert "access_token" not in response.text


def test_a_form_on_another_sites_page_is_refused(served: Any) -> None:
    for origin in ("http://evil.example", "null", "http://localhost:1", "http://[::1"):
        response = served.http.post(f"{served.url}/sandbox/reset", headers={"Origin": origin})
        assert response.status_code == 403
    assert served.http.post(f"{served.url}/sandbox/reset", headers={"Origin": served.url}).status_code == 200
