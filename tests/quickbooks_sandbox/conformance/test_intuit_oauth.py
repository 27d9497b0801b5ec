"""intuit-oauth 1.2 against the sandbox."""

from typing import Any

import pytest
from intuitlib.client import AuthClient
from intuitlib.exceptions import AuthClientError

Connected = tuple[Any, AuthClient]


def test_the_code_is_exchanged_and_the_id_token_verified(connected: Connected) -> None:
    _, auth = connected
    assert auth.access_token
    assert auth.refresh_token
    assert auth.expires_in == 3600
    assert auth.id_token, "intuit-oauth keeps an id_token only if its signature, issuer and audience hold"


def test_refreshing_gives_a_new_access_token(connected: Connected) -> None:
    _, auth = connected
    before = auth.access_token
    auth.refresh()
    assert auth.access_token != before


def test_userinfo_is_read(connected: Connected) -> None:
    _, auth = connected
    assert auth.get_user_info().json()["email"] == "owner@example.com"


def test_revoking_ends_it(connected: Connected) -> None:
    _, auth = connected
    assert auth.revoke() is True
    with pytest.raises(AuthClientError) as refused:
        auth.refresh()
    assert refused.value.status_code == 400
    assert b"invalid_grant" in refused.value.content
