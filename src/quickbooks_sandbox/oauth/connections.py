"""Connections between an app and a company: codes, access tokens and refresh tokens, all timed by the Clock."""

import math
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.people import OWNER
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Storage

T = TypeVar("T")

ACCOUNTING = "com.intuit.quickbooks.accounting"
CODE_LIFE = timedelta(minutes=10)
ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(seconds=8_726_400)
REFRESH_HARD_LIFE = timedelta(seconds=157_680_000)  # "Important changes to refresh token policy": five years
DAILY = timedelta(hours=24)


class Grant(msgspec.Struct, kw_only=True):
    """One person's consent that one app may work in one company."""

    id: str
    client_id: str
    realm_id: str | None
    scopes: list[str]
    person: str
    made_at: datetime
    refresh_token: str
    refresh_token_made_at: datetime
    previous_refresh_token: str | None = None
    own: bool = False
    """The sandbox's own grant, handed out under /sandbox/credentials: no other consent or revocation ends it."""


class AccessToken(msgspec.Struct):
    value: str
    grant_id: str
    expires_at: datetime


class Code(msgspec.Struct):
    client_id: str
    redirect_uri: str
    realm_id: str | None
    scopes: list[str]
    person: str
    expires_at: datetime
    grant_id: str | None = None


class TokenError(Exception):
    """A refusal of the token endpoint, in OAuth's words."""

    def __init__(self, error: str, description: str = "", status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error, self.description, self.status = error, description, status


class Connections:
    def __init__(self, clock: Clock, settings: Settings, storage: Storage) -> None:
        self._clock, self._settings, self._storage = clock, settings, storage
        self._codes: dict[str, Code] = {}
        self._grants = {g.id: g for g in _stored(storage, "grant", Grant)}
        self._access = {a.value: a for a in _stored(storage, "access", AccessToken)}
        self._by_refresh = {g.refresh_token: g.id for g in self._grants.values()}
        self._by_refresh |= {g.previous_refresh_token: g.id for g in self._grants.values() if g.previous_refresh_token}

    def consent(self, client_id: str, redirect_uri: str, realm_id: str | None, scopes: list[str], person: str) -> str:
        """Answers the single-use code that the app exchanges for tokens."""
        code = f"XAB1{secrets.token_urlsafe(32)}"
        expires_at = self._clock.now() + CODE_LIFE
        self._codes[code] = Code(client_id, redirect_uri, realm_id, scopes, person, expires_at)
        return code

    def exchange(self, client_id: str, value: str, redirect_uri: str) -> tuple[Grant, AccessToken]:
        code = self._codes.get(value)
        if code is None or code.client_id != client_id or code.redirect_uri != redirect_uri:
            raise TokenError("invalid_grant", "Invalid authorization code")
        if code.grant_id is not None:
            # A second exchange means that the code leaked: what the first one issued is withdrawn.
            self._end(code.grant_id)
            raise TokenError("invalid_grant", "Invalid authorization code")
        if code.expires_at <= self._clock.now():
            raise TokenError("invalid_grant", "Authorization code expired")
        grant = self._new_grant(client_id, code.realm_id, code.scopes, code.person)
        code.grant_id = grant.id
        return grant, self._issue_access(grant)

    def refresh(self, client_id: str, value: str) -> tuple[Grant, AccessToken]:
        if value in self._access:
            raise TokenError("invalid_grant", "Incorrect Token type or clientID")
        grant = self._grants.get(self._by_refresh.get(value, ""))
        if grant is None:
            raise TokenError("invalid_grant", "Token invalid")
        if not self._may_refresh(grant, value):
            self._end_if_reused(grant, value)
            raise TokenError("invalid_grant", "Token invalid")
        if grant.client_id != client_id:
            raise TokenError("invalid_grant", "Incorrect Token type or clientID")
        if value == grant.refresh_token:
            self._rotate_if_due(grant)
        return grant, self._issue_access(grant)

    def revoke(self, client_id: str, token: str) -> bool:
        """Ends the app's access to that company, as revoking any of its tokens does at Intuit."""
        access = self._access.get(token)
        grant_id = access.grant_id if access else self._by_refresh.get(token, "")
        grant = self._grants.get(grant_id)
        if grant is None or grant.client_id != client_id:
            return False
        if grant.own:
            self._end(grant.id)
        else:
            self.disconnect(grant.realm_id, client_id)
        return True

    def disconnect(self, realm_id: str | None, client_id: str) -> None:
        for grant in list(self._grants.values()):
            if grant.realm_id == realm_id and grant.client_id == client_id and not grant.own:
                self._end(grant.id)

    def end(self, grant_id: str) -> None:
        """As when the grant is disconnected in QuickBooks."""
        self._end(grant_id)

    def rotate(self, grant_id: str) -> None:
        """The app's refresh token is replaced without the app being told."""
        self._new_refresh_token(self._grants[grant_id])

    def expire_refresh(self, grant_id: str) -> None:
        grant = self._grants[grant_id]
        grant.refresh_token_made_at = self._clock.now() - REFRESH_LIFE
        self._keep(grant)

    def expire_access(self, grant_id: str) -> None:
        for access in [a for a in self._access.values() if a.grant_id == grant_id]:
            self._drop_access(access.value)

    def forget_company(self, realm_id: str) -> None:
        for grant in list(self._grants.values()):
            if grant.realm_id == realm_id:
                self._end(grant.id)

    def grants(self) -> Iterable[Grant]:
        return self._grants.values()

    def grant_of(self, access_token: str) -> Grant | None:
        """The grant behind a bearer token, None when the token is unknown, expired or revoked."""
        access = self._access.get(access_token)
        if access is None or access.expires_at <= self._clock.now():
            return None
        return self._grants.get(access.grant_id)

    def own_access(self, client_id: str, realm_id: str) -> tuple[Grant, AccessToken]:
        """The sandbox's own standing grant for a company; asking again issues a new access token only when
        the last one is past half its life, and no earlier token ends by it."""
        grant = next((g for g in self._grants.values() if g.own and g.realm_id == realm_id), None)
        if grant is None:
            grant = self._new_grant(client_id, realm_id, [ACCOUNTING], OWNER.sub, own=True)
        elif not self._may_refresh(grant, grant.refresh_token):
            self._new_refresh_token(grant)
        enough = self._clock.now() + ACCESS_LIFE / 2
        for access in reversed(self._access.values()):
            if access.grant_id == grant.id and access.expires_at > enough:
                return grant, access
        return grant, self._issue_access(grant)

    def seconds_until(self, moment: datetime) -> int:
        """Whole seconds, rounded up: a token that was just issued has all of its life before it."""
        return math.ceil((moment - self._clock.now()).total_seconds())

    def refresh_expires_in(self, grant: Grant) -> int:
        return self.seconds_until(grant.refresh_token_made_at + REFRESH_LIFE)

    def hard_expires_in(self, grant: Grant) -> int:
        return self.seconds_until(grant.made_at + REFRESH_HARD_LIFE)

    def _may_refresh(self, grant: Grant, value: str) -> bool:
        if value != grant.refresh_token:
            age = (self._clock.now() - grant.refresh_token_made_at).total_seconds()
            return age < self._settings.previous_refresh_token_s
        return self.refresh_expires_in(grant) > 0 and (grant.own or self.hard_expires_in(grant) > 0)

    def _end_if_reused(self, grant: Grant, value: str) -> None:
        """A token that comes again after it was replaced may have leaked; then its successor dies with it."""
        if value != grant.refresh_token and self._settings.reused_refresh_token == "revoke":  # noqa: S105
            self._end(grant.id)

    def _rotate_if_due(self, grant: Grant) -> None:
        age = self._clock.now() - grant.refresh_token_made_at
        if self._settings.rotate_refresh_token == "always" or age >= DAILY:  # noqa: S105
            self._new_refresh_token(grant)

    def _new_refresh_token(self, grant: Grant) -> None:
        if grant.previous_refresh_token:
            self._by_refresh.pop(grant.previous_refresh_token, None)
        grant.previous_refresh_token = grant.refresh_token
        grant.refresh_token = f"RT1-{secrets.token_urlsafe(36)}"
        grant.refresh_token_made_at = self._clock.now()
        self._keep(grant)

    def _new_grant(
        self, client_id: str, realm_id: str | None, scopes: list[str], person: str, *, own: bool = False
    ) -> Grant:
        now = self._clock.now()
        grant = Grant(
            id=secrets.token_hex(8),
            client_id=client_id,
            realm_id=realm_id,
            scopes=scopes,
            person=person,
            made_at=now,
            refresh_token=f"RT1-{secrets.token_urlsafe(36)}",
            refresh_token_made_at=now,
            own=own,
        )
        self._grants[grant.id] = grant
        self._keep(grant)
        return grant

    def _keep(self, grant: Grant) -> None:
        self._by_refresh[grant.refresh_token] = grant.id
        self._storage.put("grant", grant.id, msgspec.json.encode(grant))

    def _issue_access(self, grant: Grant) -> AccessToken:
        self._drop_expired()
        access = AccessToken(f"eyJ{secrets.token_urlsafe(96)}", grant.id, self._clock.now() + ACCESS_LIFE)
        self._access[access.value] = access
        self._storage.put("access", access.value, msgspec.json.encode(access))
        return access

    def _drop_expired(self) -> None:
        # Dicts keep the order of issue, so the oldest tokens come first.
        now = self._clock.now()
        for access in list(self._access.values()):
            if access.expires_at > now:
                break
            self._drop_access(access.value)

    def _drop_access(self, value: str) -> None:
        del self._access[value]
        self._storage.remove("access", value)

    def _end(self, grant_id: str) -> None:
        grant = self._grants.pop(grant_id, None)
        if grant is None:
            return
        self._by_refresh = {value: id_ for value, id_ in self._by_refresh.items() if id_ != grant_id}
        for access in [a for a in self._access.values() if a.grant_id == grant_id]:
            self._drop_access(access.value)
        self._storage.remove("grant", grant_id)


def _stored(storage: Storage, space: str, kind: type[T]) -> list[T]:
    return [msgspec.json.decode(value, type=kind) for _, value in storage.entries(space)]
