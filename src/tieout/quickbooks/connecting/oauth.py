"""Authorisation: how a person lets us into a QuickBooks company, and how that is kept alive and ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.auth import encode_client_secret_basic
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from django.utils.functional import cached_property

from tieout import clock
from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.calling.transport import HttpRequest, HttpResponse
from tieout.quickbooks.errors import Outage, WrongKeys
from tieout.quickbooks.wire.json import BadJson, dumps, loads

from .addresses import discovery_of
from .keys import Keys, Tokens

SCOPE = "com.intuit.quickbooks.accounting"
# A refresh holds a database lock; discovery and token together must end before others give up waiting for it.
ANSWER_WITHIN_S = 10
REFRESH_LIFE_S = 100 * 24 * 3600
# Asks for x_refresh_token_hard_expires_in in the answer.
HARD_EXPIRY = "x-include-refresh-token-hard-expires-in"


class GrantRefused(Exception):
    """The code or refresh token is not, or no longer, accepted."""


class OAuth:
    def __init__(self, session: Session, sandbox: str, keys: Keys) -> None:
        self._session, self._sandbox, self._keys = session, sandbox, keys

    @cached_property  # Django's: Python 3.11's own has one lock for all, so one slow company would stop the others
    def _endpoints(self) -> dict[str, Any]:
        response = self._session.fetch(_get(discovery_of(self._sandbox)))
        document = _json(response)
        if response.status != 200 or "token_endpoint" not in document:
            raise Outage("QuickBooks' discovery document could not be read.")
        return document

    def authorise_url(self, redirect_uri: str, state: str, **extra: str) -> str:
        """Where a person decides; they come back to `redirect_uri` with code, state and realmId."""
        endpoint = self._endpoints["authorization_endpoint"]
        client_id = self._keys.client_id
        url: str = prepare_grant_uri(endpoint, client_id, "code", redirect_uri, SCOPE, state, **extra)
        return url

    def exchange(self, code: str, redirect_uri: str) -> Tokens:
        return self._tokens(prepare_token_request("authorization_code", redirect_uri=redirect_uri, code=code))

    def refresh(self, refresh_token: str) -> Tokens:
        return self._tokens(prepare_token_request("refresh_token", refresh_token=refresh_token))

    def revoke(self, refresh_token: str) -> None:
        """Ends our access to the company. A token that is dead already is as good as revoked."""
        body = dumps({"token": refresh_token})
        response = self._post("revocation_endpoint", body, "application/json")
        if response.status >= 500:
            raise Outage(f"QuickBooks could not end the access: HTTP status {response.status}.")

    def _tokens(self, form: str) -> Tokens:
        asked_at = clock.now()
        response = self._post("token_endpoint", form.encode(), "application/x-www-form-urlencoded")
        answer = _json(response)
        if response.status != 200:
            raise _refusal(response, answer)
        if not answer.get("access_token") or not answer.get("refresh_token"):
            raise Outage("QuickBooks' answer holds no tokens.")
        return Tokens(
            access=answer["access_token"],
            refresh=answer["refresh_token"],
            access_expires_at=_after(asked_at, answer.get("expires_in"), 3600),
            refresh_expires_at=_after(asked_at, answer.get("x_refresh_token_expires_in"), REFRESH_LIFE_S),
            hard_expires_at=_if_told(asked_at, answer.get("x_refresh_token_hard_expires_in")),
        )

    def _post(self, endpoint: str, body: bytes, content_type: str) -> HttpResponse:
        url = self._endpoints[endpoint]
        headers = {"Accept": "application/json", "Content-Type": content_type, HARD_EXPIRY: "true"}
        encode_client_secret_basic(self._keys, "POST", url, headers, body)
        return self._session.fetch(HttpRequest("POST", url, headers, body, ANSWER_WITHIN_S))


def _refusal(response: HttpResponse, answer: dict[str, Any]) -> Exception:
    error = str(answer.get("error", ""))
    words = str(answer.get("error_description") or error)
    if error in ("invalid_client", "unauthorized_client") or response.status == 401:
        return WrongKeys("QuickBooks does not know this app's client id and secret. Check both and try again.")
    if error == "invalid_grant":
        return GrantRefused(words)
    return Outage(f"QuickBooks gave no tokens: {words or f'HTTP status {response.status}'}.")


def _get(url: str) -> HttpRequest:
    return HttpRequest("GET", url, {"Accept": "application/json"}, answer_within_s=ANSWER_WITHIN_S)


def _json(response: HttpResponse) -> dict[str, Any]:
    try:
        value = loads(response.body)
    except BadJson:
        return {}
    return value if isinstance(value, dict) else {}


def _after(start: datetime, seconds: object, default: int) -> datetime:
    return start + timedelta(seconds=seconds if isinstance(seconds, int) else default)


def _if_told(start: datetime, seconds: object) -> datetime | None:
    return start + timedelta(seconds=seconds) if isinstance(seconds, int) else None
