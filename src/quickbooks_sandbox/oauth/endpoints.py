"""Discovery, token, revocation, userinfo and key endpoints, under Intuit's paths."""

import base64
import binascii
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.conditions import Conditions
from quickbooks_sandbox.html.forms import read_form
from quickbooks_sandbox.oauth.clients import Client, client_by_id
from quickbooks_sandbox.oauth.connections import AccessToken, Connections, Grant, TokenError
from quickbooks_sandbox.oauth.keys import ISSUER, SigningKey
from quickbooks_sandbox.people import person_by_sub

Endpoint = Callable[[Request], Awaitable[Response]]
HARD_EXPIRY_HEADER = "x-include-refresh-token-hard-expires-in"
NOT_CACHED = {"Cache-Control": "no-cache, no-store", "Pragma": "no-cache"}


def origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


class Endpoints:
    def __init__(self, connections: Connections, key: SigningKey, clock: Clock, conditions: Conditions) -> None:
        self._connections, self._key, self._clock, self._conditions = connections, key, clock, conditions

    def routes(self) -> list[Route]:
        discovery = [
            Route(f"/.well-known/{name}{slash}", self.discovery)
            for name in ("openid_configuration", "openid_sandbox_configuration")
            for slash in ("", "/")
        ]
        return [
            *discovery,
            Route("/oauth2/v1/tokens/bearer", self._while_up(self.token), methods=["POST"]),
            Route("/v2/oauth2/tokens/revoke", self._while_up(self.revoke), methods=["POST"]),
            Route("/v1/openid_connect/userinfo", self._while_up(self.userinfo)),
            Route("/op/v1/jwks", self.jwks),
        ]

    def _while_up(self, endpoint: Endpoint) -> Endpoint:
        async def answered(request: Request) -> Response:
            if self._conditions.outage.oauth:
                return Response("Service Unavailable\n", 503, media_type="text/plain")
            return await endpoint(request)

        return answered

    async def discovery(self, request: Request) -> Response:
        here = origin(request)
        return JSONResponse(
            {
                "issuer": ISSUER,
                "authorization_endpoint": f"{here}/connect/oauth2",
                "token_endpoint": f"{here}/oauth2/v1/tokens/bearer",
                "userinfo_endpoint": f"{here}/v1/openid_connect/userinfo",
                "revocation_endpoint": f"{here}/v2/oauth2/tokens/revoke",
                "jwks_uri": f"{here}/op/v1/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "email", "profile", "address", "phone"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
                "claims_supported": ["aud", "exp", "iat", "iss", "realmid", "sub"],
            }
        )

    async def token(self, request: Request) -> Response:
        form = await read_form(request)
        try:
            client = _authenticated_client(request, form)
            grant, access = self._granted(client, form)
        except TokenError as error:
            return _refusal(error)
        return JSONResponse(self._token_answer(request, grant, access), headers=_headers())

    def _granted(self, client: Client, form: dict[str, str]) -> tuple[Grant, AccessToken]:
        match form.get("grant_type"):
            case "authorization_code":
                code, redirect_uri = _need(form, "code"), _need(form, "redirect_uri")
                return self._connections.exchange(client.client_id, code, redirect_uri)
            case "refresh_token":
                return self._connections.refresh(client.client_id, _need(form, "refresh_token"))
            case None:
                raise TokenError("invalid_request", "grant_type is missing")
            case other:
                raise TokenError("unsupported_grant_type", f"{other} is not supported")

    def _token_answer(self, request: Request, grant: Grant, access: AccessToken) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "token_type": "bearer",
            "access_token": access.value,
            "expires_in": self._connections.seconds_until(access.expires_at),
            "refresh_token": grant.refresh_token,
            "x_refresh_token_expires_in": self._connections.refresh_expires_in(grant),
        }
        if request.headers.get(HARD_EXPIRY_HEADER, "").lower() == "true":
            answer["x_refresh_token_hard_expires_in"] = self._connections.hard_expires_in(grant)
        if "openid" in grant.scopes:
            now = self._clock.now()
            answer["id_token"] = self._key.id_token(grant.client_id, grant.person, grant.realm_id, now)
        return answer

    async def revoke(self, request: Request) -> Response:
        form = await _form_or_json(request)
        try:
            client = _authenticated_client(request, form)
            if not self._connections.revoke(client.client_id, _need(form, "token")):
                raise TokenError("invalid_request", "Token invalid")
        except TokenError as error:
            return _refusal(error)
        return Response(status_code=200, headers=_headers())

    async def userinfo(self, request: Request) -> Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self._connections.grant_of(token.strip()) if scheme.lower() == "bearer" else None
        if grant is None or "openid" not in grant.scopes:
            error = {"error": "invalid_token", "error_description": "Token invalid"}
            return JSONResponse(error, status_code=401, headers=_headers())
        return JSONResponse(_claims(grant), headers=_headers())

    async def jwks(self, _request: Request) -> Response:
        return JSONResponse(self._key.public_keys())


def _claims(grant: Grant) -> dict[str, Any]:
    person = person_by_sub(grant.person)
    claims: dict[str, Any] = {"sub": person.sub}
    if "email" in grant.scopes:
        claims |= {"email": person.email, "emailVerified": True}
    if "profile" in grant.scopes:
        claims |= {"givenName": person.given_name, "familyName": person.family_name}
    if "phone" in grant.scopes:
        claims |= {"phoneNumber": person.phone, "phoneNumberVerified": True}
    return claims


def _authenticated_client(request: Request, form: dict[str, str]) -> Client:
    """Clients name themselves by Basic auth or in the form; both are in use."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        client_id, secret = _basic(encoded)
    else:
        client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    client = client_by_id(client_id)
    if client is None or not client.has_secret(secret):
        raise TokenError("invalid_client", status=401)
    return client


def _basic(encoded: str) -> tuple[str, str]:
    try:
        client_id, _, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise TokenError("invalid_client", status=401) from None
    return unquote(client_id), unquote(secret)


def _need(form: dict[str, str], name: str) -> str:
    if value := form.get(name):
        return value
    raise TokenError("invalid_request", f"{name} is missing")


async def _form_or_json(request: Request) -> dict[str, str]:
    raw = await request.body()
    try:
        value = msgspec.json.decode(raw, type=dict[str, str])
    except msgspec.DecodeError:
        return await read_form(request)
    return value


def _refusal(error: TokenError) -> Response:
    body = {"error": error.error}
    if error.description:
        body["error_description"] = error.description
    return JSONResponse(body, status_code=error.status, headers=_headers())


def _headers() -> dict[str, str]:
    return {**NOT_CACHED, "intuit_tid": f"1-{secrets.token_hex(4)}-{secrets.token_hex(12)}"}
