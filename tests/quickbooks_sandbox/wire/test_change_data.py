from typing import Any

import pytest


def changes(served: Any, entities: str, since: str | None = None) -> list[dict[str, Any]]:
    since = since or (served.sandbox.clock.now().isoformat()[:10] + "T00:00:00+12:00")
    response = served.api_get("cdc", entities=entities, changedSince=since)
    assert response.status_code == 200, response.text
    (whole,) = response.json()["CDCResponse"]
    found: list[dict[str, Any]] = whole["QueryResponse"]
    return found


def test_each_entity_asked_for_has_its_place_even_when_nothing_changed(served: Any) -> None:
    served.create("Customer", {"DisplayName": "A"})
    vendor, customer, invoice = changes(served, "Vendor, customer,Invoice")
    assert vendor == {} == invoice
    assert [row["DisplayName"] for row in customer["Customer"]] == ["A"]
    assert (customer["startPosition"], customer["maxResults"]) == (1, 1)


def test_only_what_changed_since_is_shown(served: Any) -> None:
    served.create("Customer", {"DisplayName": "A"})
    served.sandbox.clock.advance(10)
    since = served.sandbox.clock.now().isoformat()
    served.create("Customer", {"DisplayName": "B"})
    (customers,) = changes(served, "Customer", since[:19] + "Z")
    assert [row["DisplayName"] for row in customers["Customer"]] == ["B"]


def test_a_raw_plus_in_the_offset_and_a_bare_date_are_understood(served: Any) -> None:
    served.create("Customer", {"DisplayName": "A"})
    day = served.sandbox.clock.now().isoformat()[:10]
    for since in (f"{day}T00:00:00+12:00", day):
        url = served.company(f"cdc?entities=Customer&changedSince={since}")
        response = served.http.get(url, headers=served.auth())
        assert response.status_code == 200, response.text


def test_one_answer_holds_a_thousand_objects_over_all_entities(served: Any) -> None:
    served.sandbox.settings.cdc_cap = 3
    for name in "ABCD":
        served.create("Customer", {"DisplayName": name})
        served.create("Vendor", {"DisplayName": f"V{name}"})
    customers, vendors = changes(served, "Customer,Vendor")
    assert (customers["maxResults"], customers["totalCount"]) == (3, 4)
    assert vendors == {}
    served.sandbox.settings.cdc_cap_shared = False
    assert changes(served, "Customer,Vendor")[1]["maxResults"] == 3


def test_more_than_thirty_days_back_is_refused_in_quickbooks_words(served: Any) -> None:
    response = served.api_get("cdc", entities="Customer", changedSince="2011-10-10T09:00:00-07:00")
    assert response.status_code == 400
    (error,) = response.json()["Fault"]["Error"]
    assert error["code"] == "500"
    assert error["Detail"] == (
        "Operation cdc with changedSince date 2011-10-10T09:00:00-07:00 which is older than fixed days "
        "is not supported."
    )


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"entities": "Customer"}, "2020"),
        ({"changedSince": "2026-11-01"}, "2020"),
        ({"entities": "Nonsense", "changedSince": "now"}, "2060"),
        ({"entities": "TaxCode", "changedSince": "today"}, "2060"),
    ],
)
def test_what_is_missing_or_unreadable_is_named(served: Any, params: dict[str, str], code: str) -> None:
    response = served.api_get("cdc", **params)
    assert response.status_code == 400
    assert response.json()["Fault"]["Error"][0]["code"] == code


def test_entities_without_change_data_are_refused(served: Any) -> None:
    since = served.sandbox.clock.now().isoformat()[:10]
    for entities, code in [("Nonsense", "2000"), ("TaxCode", "500")]:
        response = served.api_get("cdc", entities=entities, changedSince=since)
        assert response.json()["Fault"]["Error"][0]["code"] == code
