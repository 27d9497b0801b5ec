"""The panel and the page of a company's state: every situation without a script."""

from datetime import timedelta
from typing import Any

import pytest

from quickbooks_sandbox.pages.panel import TROUBLES


def post(served: Any, path: str, /, **form: Any) -> Any:
    return served.http.post(f"{served.url}/app/{path}", data=form, allow_redirects=False)


def panel(served: Any) -> str:
    response = served.get("/app/panel")
    assert response.status_code == 200
    html: str = response.text
    return html


def test_the_clock_is_moved(served: Any) -> None:
    before = served.sandbox.clock.now()
    assert post(served, "panel/clock", days="2", minutes="30").status_code == 303
    moved = served.sandbox.clock.now() - before
    assert timedelta(days=2, minutes=30) <= moved < timedelta(days=2, minutes=31)
    assert post(served, "panel/clock", days="soon", minutes="0").status_code == 400


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_on_offer_can_be_planned_and_ended(served: Any, trouble: str) -> None:
    assert post(served, "panel/fault", trouble=trouble, entity="Customer", nth="3").status_code == 303
    (rule,) = served.sandbox.faults.rules
    assert (rule.entity, rule.nth) == ("Customer", 3)
    assert "Customer" in panel(served)
    post(served, "panel/clear-faults")
    assert served.sandbox.faults.rules == []


def test_planned_trouble_strikes(served: Any) -> None:
    post(served, "panel/fault", trouble="429", method="POST")
    assert served.api_post("customer", {"DisplayName": "A"}).status_code == 429
    assert served.api_get("preferences").status_code == 200
    assert post(served, "panel/fault", trouble="429", path="(").status_code == 400


def test_calls_are_shown_with_what_they_cost(served: Any) -> None:
    served.api_post("customer", {"DisplayName": "A"}, requestid="r-1")
    served.api_get("preferences")
    served.api_get("customer/999")
    response = served.get("/app/panel/calls")
    assert response.text.strip() in panel(served)
    assert "<strong>1 CorePlus</strong>, 1 Core" in response.text
    assert "r-1" in response.text
    post(served, "panel/clear-calls")
    assert "0 calls" in served.get("/app/panel/calls").text


def test_services_are_taken_down_and_brought_up(served: Any) -> None:
    post(served, "panel/outage", accounting="on")
    assert served.api_get("preferences").status_code == 503
    post(served, "panel/outage")
    assert served.api_get("preferences").status_code == 200


def test_webhooks_are_configured(served: Any) -> None:
    form = {"url": "http://localhost:9/hook", "form": "old", "verifier_token": "t", "paused": "on"}
    assert post(served, "panel/webhooks", **form).status_code == 303
    configuration = served.sandbox.webhooks.configuration
    assert (configuration.url, configuration.form, configuration.paused) == ("http://localhost:9/hook", "old", True)
    assert post(served, "panel/webhooks", **{**form, "url": "http://example.com/"}).status_code == 400


def test_settings_are_changed(served: Any) -> None:
    form = {"max_batch_items": "10", "replay_faults": "True", "void_note": "replace"}
    assert post(served, "panel/settings", **form).status_code == 303
    settings = served.sandbox.settings
    assert (settings.max_batch_items, settings.replay_faults, settings.void_note) == (10, True, "replace")
    assert post(served, "panel/settings", void_note="shout").status_code == 400


def test_books_are_kept_and_brought_back(served: Any) -> None:
    post(served, "panel/snapshot", name="early")
    served.create("Customer", {"DisplayName": "A"})
    assert "Back to early" in panel(served)
    post(served, "panel/restore", name="early")
    assert served.query("select * from Customer") == {}


def test_the_state_of_a_company_is_changed(served: Any) -> None:
    form = {"realmId": served.realm_id, "subscription": "lapsed", "clerk@example.com": "admin"}
    assert post(served, "state", **form).status_code == 303
    assert served.api_post("customer", {"DisplayName": "A"}).json()["Fault"]["Error"][0]["code"] == "6190"
    html = served.get("/app/state", realmId=served.realm_id).text
    assert "The subscription has ended" in html
    assert post(served, "state", realmId=served.realm_id, subscription="trial", trial_ends="soon").status_code == 400
    assert post(served, "state", realmId="12").status_code == 404


@pytest.mark.parametrize(
    ("act", "still_works"),
    [("disconnect", False), ("expire-access", False), ("expire-refresh", True), ("rotate", True)],
)
def test_connections_are_ended_and_aged(served: Any, act: str, still_works: bool) -> None:
    headers = served.auth()
    (grant,) = served.sandbox.connections.grants()
    assert "standing one" in served.get("/app/state", realmId=served.realm_id).text
    assert post(served, "connection", realmId=served.realm_id, id=grant.id, act=act).status_code == 303
    response = served.http.get(served.company("preferences"), headers=headers)
    assert (response.status_code == 200) == still_works
    assert post(served, "connection", id="none", act=act).status_code == 404
