from typing import Any

import pytest
import requests

from quickbooks_sandbox.oauth.clients import BUILT_IN
from quickbooks_sandbox.oauth.connections import ACCOUNTING

BACK = "http://localhost:8123/callback"
BASIC = (BUILT_IN.client_id, BUILT_IN.client_secret)
IN_FORM = {"client_id": BUILT_IN.client_id, "client_secret": BUILT_IN.client_secret}


def code_for(served: Any, *scopes: str) -> str:
    code: str = served.sandbox.connections.consent(
        BUILT_IN.client_id, BACK, served.realm_id, list(scopes or [ACCOUNTING]), "5b0e6d0c-owner"
    )
    return code


def token(served: Any, auth: Any = BASIC, headers: dict[str, str] | None = None, **form: str) -> requests.Response:
    url = f"{served.url}/oauth2/v1/tokens/bearer"
    response: requests.Response = served.http.post(url, data=form, auth=auth, headers=headers)
    return response


def exchanged(served: Any, *scopes: str, **more: Any) -> dict[str, Any]:
    response = token(served, grant_type="authorization_code", code=code_for(served, *scopes), redirect_uri=BACK, **more)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize("name", ["openid_configuration", "openid_sandbox_configuration"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_discovery_names_endpoints_of_this_origin(served: Any, name: str, slash: str) -> None:
    found = served.get(f"/.well-known/{name}{slash}").json()
    assert found["issuer"] == "https://oauth.platform.intuit.com/op/v1"
    for endpoint in ("authorization", "token", "userinfo", "revocation"):
        assert found[f"{endpoint}_endpoint"].startswith(served.url)
    assert found["jwks_uri"].startswith(served.url)


def test_a_code_is_exchanged_with_the_members_that_intuit_sends(served: Any) -> None:
    answer = exchanged(served)
    assert {name: answer[name] for name in answer if not name.endswith("_token")} == {
        "token_type": "bearer",
        "expires_in": 3600,
        "x_refresh_token_expires_in": 8_726_400,
    }
    info = served.http.get(
        served.company(f"companyinfo/{served.realm_id}"),
        headers={"Authorization": f"Bearer {answer['access_token']}", "Accept": "application/json"},
    )
    assert info.status_code == 200


def test_the_client_may_name_itself_in_the_form(served: Any) -> None:
    assert exchanged(served, auth=None, **IN_FORM)["refresh_token"]


def test_the_hard_expiry_is_told_to_those_who_ask(served: Any) -> None:
    answer = exchanged(served, headers={"x-include-refresh-token-hard-expires-in": "true"})
    assert answer["x_refresh_token_hard_expires_in"] == 157_680_000


@pytest.mark.parametrize("auth", [("someone", "else"), (BUILT_IN.client_id, "wrong"), None])
def test_an_unknown_client_is_refused(served: Any, auth: Any) -> None:
    response = token(served, auth=auth, grant_type="refresh_token", refresh_token="x")
    assert response.status_code == 401
    assert response.json() == {"error": "invalid_client"}


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "authorization_code", "code": "guess", "redirect_uri": BACK}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "guess"}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({}, "invalid_request"),
    ],
)
def test_other_refusals_are_400_in_oauths_words(served: Any, form: dict[str, Any], error: str) -> None:
    response = token(served, **form)
    assert response.status_code == 400
    assert response.json()["error"] == error


@pytest.mark.parametrize("as_json", [True, False])
def test_a_token_is_revoked_by_json_or_form(served: Any, as_json: bool) -> None:
    answer = exchanged(served)
    body = {"token": answer["refresh_token"]}
    sent = {"json": body} if as_json else {"data": body}
    response = served.http.post(f"{served.url}/v2/oauth2/tokens/revoke", auth=BASIC, **sent)
    assert (response.status_code, response.content) == (200, b"")
    refused = token(served, grant_type="refresh_token", refresh_token=answer["refresh_token"])
    assert refused.json()["error"] == "invalid_grant"
    again = served.http.post(f"{served.url}/v2/oauth2/tokens/revoke", auth=BASIC, **sent)
    assert again.status_code == 400


def test_userinfo_tells_what_the_scopes_allow(served: Any) -> None:
    url = f"{served.url}/v1/openid_connect/userinfo"
    for scopes, known in [(["openid", "email"], {"email"}), (["openid", "profile"], {"givenName", "familyName"})]:
        bearer = {"Authorization": f"Bearer {exchanged(served, *scopes)['access_token']}"}
        claims = served.http.get(url, headers=bearer).json()
        assert known <= set(claims)
        assert ("email" in claims) == ("email" in scopes)
    bearer = {"Authorization": f"Bearer {exchanged(served)['access_token']}"}
    assert served.http.get(url, headers=bearer).status_code == 401
