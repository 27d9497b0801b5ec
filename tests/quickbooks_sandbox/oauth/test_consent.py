import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from quickbooks_sandbox.oauth.clients import BUILT_IN

ACCOUNTING = "com.intuit.quickbooks.accounting"
BACK = "http://localhost:8123/callback"


def asked(**changes: str) -> dict[str, str]:
    return {
        "client_id": BUILT_IN.client_id,
        "response_type": "code",
        "scope": ACCOUNTING,
        "redirect_uri": BACK,
        "state": "s 1",
        **changes,
    }


def answered(response: requests.Response) -> dict[str, str]:
    """What the app finds on its redirect address."""
    assert response.status_code == 302, response.text
    assert response.headers["location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html.replace("&amp;", "&")))


@pytest.fixture
def automatic(serve: Any) -> Any:
    return serve(consent="automatic")


def test_a_person_signs_in_chooses_a_company_and_connects(served: Any) -> None:
    second = served.sandbox.companies.create("empty", "Second Company")
    page = served.get("/connect/oauth2", **asked())
    assert "Sign in" in page.text

    form = {**hidden(page.text), "email": "owner@example.com", "password": "sandbox"}
    signed_in = served.http.post(f"{served.url}/connect/sign-in", data=form, allow_redirects=False)
    assert signed_in.status_code == 303
    page = served.http.get(served.url + signed_in.headers["location"])
    assert "Second Company" in page.text

    page = served.get("/connect/oauth2", **hidden(page.text), realm_id=second.realm_id)
    assert "Second Company" in page.text
    form = {**hidden(page.text), "decision": "connect"}
    back = answered(served.http.post(f"{served.url}/connect/oauth2", data=form, allow_redirects=False))
    assert back["realmId"] == second.realm_id
    assert back["state"] == "s 1"
    grant, _ = served.sandbox.connections.exchange(BUILT_IN.client_id, back["code"], BACK)
    assert grant.realm_id == second.realm_id


def test_a_person_who_refuses_sends_the_app_access_denied(served: Any) -> None:
    form = {"then": urlencode(asked()), "email": "owner@example.com", "password": "sandbox"}
    served.http.post(f"{served.url}/connect/sign-in", data=form)
    form = {**asked(), "decision": "deny"}
    back = answered(served.http.post(f"{served.url}/connect/oauth2", data=form, allow_redirects=False))
    assert back == {"error": "access_denied", "state": "s 1"}


def test_a_wrong_password_asks_again(served: Any) -> None:
    form = {"then": urlencode(asked()), "email": "owner@example.com", "password": "guess"}
    response = served.http.post(f"{served.url}/connect/sign-in", data=form)
    assert response.status_code == 401
    assert "No one here" in response.text


def test_nobody_connects_without_signing_in(served: Any) -> None:
    form = {**asked(), "decision": "connect", "realm_id": served.realm_id}
    response = served.http.post(f"{served.url}/connect/oauth2", data=form, allow_redirects=False)
    assert response.status_code == 400


def test_automatic_consent_redirects_at_once_for_the_first_company(automatic: Any) -> None:
    back = answered(automatic.get("/connect/oauth2", **asked()))
    assert back["realmId"] == automatic.realm_id


@pytest.mark.parametrize("name", ["realm_id", "realmId"])
def test_automatic_consent_takes_the_company_that_is_named(automatic: Any, name: str) -> None:
    second = automatic.sandbox.companies.create("empty", "Second Company")
    assert (
        answered(automatic.get("/connect/oauth2", **asked(), **{name: second.realm_id}))["realmId"] == second.realm_id
    )
    assert automatic.get("/connect/oauth2", **asked(), **{name: "12"}).status_code == 400


def test_one_request_may_ask_for_automatic_consent(served: Any) -> None:
    assert answered(served.get("/connect/oauth2", **asked(), consent="automatic"))["realmId"] == served.realm_id


def test_a_decision_cannot_widen_what_was_asked(served: Any) -> None:
    form = {"then": urlencode(asked()), "email": "owner@example.com", "password": "sandbox"}
    served.http.post(f"{served.url}/connect/sign-in", data=form)
    form = {**asked(scope="everything"), "decision": "connect", "realm_id": served.realm_id}
    back = answered(served.http.post(f"{served.url}/connect/oauth2", data=form, allow_redirects=False))
    assert back["error"] == "invalid_scope"


def test_without_an_accounting_scope_no_company_is_involved(automatic: Any) -> None:
    assert "realmId" not in answered(automatic.get("/connect/oauth2", **asked(scope="openid email")))


@pytest.mark.parametrize(
    "redirect_uri",
    ["http://127.0.0.1:1/x", "http://[::1]:9/cb", "https://localhost/cb", "http://localhost", "http://127.0.0.2:80/"],
)
def test_the_built_in_app_may_be_anywhere_on_this_machine(automatic: Any, redirect_uri: str) -> None:
    response = automatic.get("/connect/oauth2", **asked(redirect_uri=redirect_uri))
    assert response.headers["location"].startswith(redirect_uri)


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://example.com/cb"},
        {"redirect_uri": "http://localhost.example.com/cb"},
        {"redirect_uri": "http://user@example.com/cb"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": "http://[::1"},
        {"client_id": "someone-else"},
        {"state": ""},
    ],
)
def test_what_cannot_be_told_to_the_app_is_told_to_the_person(automatic: Any, wrong: dict[str, str]) -> None:
    response = automatic.get("/connect/oauth2", **asked(**wrong))
    assert response.status_code == 400
    assert "location" not in response.headers


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_other_errors_go_back_to_the_app(automatic: Any, wrong: dict[str, str], error: str) -> None:
    assert answered(automatic.get("/connect/oauth2", **asked(**wrong)))["error"] == error


def test_only_an_admin_connects_an_app(serve: Any) -> None:
    served = serve(consent="automatic")
    served.sandbox.conditions.change(served.realm_id, {"roles": {"owner@example.com": "standard"}})
    response = served.get("/connect/oauth2", **asked())
    assert response.status_code == 400
    assert "not an admin" in response.text
