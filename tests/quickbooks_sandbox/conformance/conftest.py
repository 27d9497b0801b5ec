"""The published Python clients, unmodified: only the hosts they talk to are set."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from intuitlib.client import AuthClient
from intuitlib.enums import Scopes

from quickbooks import QuickBooks

BACK = "http://localhost:8123/callback"
SCOPES = [Scopes.ACCOUNTING, Scopes.OPENID, Scopes.EMAIL, Scopes.PROFILE]


@pytest.fixture
def connected(serve: Any) -> Iterator[tuple[Any, AuthClient]]:
    """A sandbox, and intuit-oauth's client after it went through the consent."""
    served = serve(company="sample", consent="automatic")
    keys = served.sandbox.credentials()
    discovery = f"{served.url}/.well-known/openid_sandbox_configuration/"
    with AuthClient(keys.client_id, keys.client_secret, BACK, environment=discovery) as auth:
        location = served.http.get(auth.get_authorization_url(SCOPES), allow_redirects=False).headers["location"]
        back = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert back["state"] == auth.state_token
        auth.get_bearer_token(back["code"], realm_id=back["realmId"])
        yield served, auth


@pytest.fixture
def qb(connected: tuple[Any, AuthClient], monkeypatch: pytest.MonkeyPatch) -> Iterator[QuickBooks]:
    served, auth = connected
    # oauthlib refuses plain HTTP otherwise.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setattr(QuickBooks, "api_url_v3", f"{served.url}/v3")
    client = QuickBooks(auth_client=auth, refresh_token=auth.refresh_token, company_id=auth.realm_id, minorversion=75)
    yield client
    client.session.close()
