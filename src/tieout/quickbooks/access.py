"""The bearer token a client sends: kept in the database, renewed by one process at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from django.db import transaction

from tieout import clock

from .errors import AccessLost, NotConnected
from .models import Connection
from .oauth import GrantRefused, OAuth
from .session import Session

# A token that is about to expire is renewed before the work, so that no request is wasted on it.
RENEW_BEFORE = timedelta(minutes=2)

GRANT_ENDED = (
    "QuickBooks no longer accepts the saved authorisation. That happens when someone disconnects the app in "
    "QuickBooks, when the person who connected it is no longer an admin there, or after 100 days without use."
)
TOKEN_REFUSED = "QuickBooks refuses access although the authorisation was just renewed."  # noqa: S105


class Access(Protocol):
    def token(self) -> str: ...

    def renew(self, stale: str) -> None:
        """After `stale` was refused."""

    def lost(self, reason: str) -> None:
        """QuickBooks says that the connection itself has ended."""


class StoredAccess:
    def __init__(self, company_id: int, session: Session) -> None:
        self._company_id, self._session = company_id, session
        self._use(checked(Connection.objects.filter(pk=company_id).first()))

    def token(self) -> str:
        if self._expires_at is not None and self._expires_at - clock.now() < RENEW_BEFORE:
            self.renew(self._token)
        return self._token

    def renew(self, stale: str) -> None:
        # Two renewals with one refresh token end the connection, so the row is locked while QuickBooks is asked;
        # durable, because a new refresh token that is rolled back is lost for good.
        with transaction.atomic(durable=True):
            row = checked(Connection.objects.select_for_update().filter(pk=self._company_id).first())
            if not _renewed_meanwhile(row, stale):
                self._ask(row)
        self._use(checked(row))

    def lost(self, reason: str) -> None:
        with transaction.atomic():
            row = Connection.objects.select_for_update().get(pk=self._company_id)
            row.needs_reconnecting(reason)
            row.save()

    def _ask(self, row: Connection) -> None:
        try:
            tokens = OAuth(self._session, row.sandbox, row.keys).refresh(row.unseal("refresh_token"))
        except GrantRefused as refusal:
            row.needs_reconnecting(f"{GRANT_ENDED} ({refusal})")
        else:
            row.keep_tokens(tokens)
        row.save()

    def _use(self, row: Connection) -> None:
        self._token, self._expires_at = row.unseal("access_token"), row.access_expires_at


def _renewed_meanwhile(row: Connection, stale: str) -> bool:
    fresh = row.access_expires_at is not None and row.access_expires_at > clock.now()
    return fresh and row.unseal("access_token") != stale


def checked(row: Connection | None) -> Connection:
    if row is None or row.status == Connection.Status.DISCONNECTED:
        raise NotConnected("The company is not connected to QuickBooks.")
    if row.status == Connection.Status.NEEDS_RECONNECTING:
        raise AccessLost(row.reason)
    return row


class GivenToken:
    """A token just received, for what must be read before the connection is stored."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token

    def renew(self, stale: str) -> None:
        raise AccessLost(TOKEN_REFUSED)

    def lost(self, reason: str) -> None:
        """Nothing is stored yet that could be marked."""
