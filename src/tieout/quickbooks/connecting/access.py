"""The bearer token a client sends: kept in the database, renewed by one process at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from django.db import transaction
from django.db.models import Q

from tieout import clock
from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.errors import AccessLost, NotConnected
from tieout.quickbooks.models import Connection

from . import history
from .causes import Cause
from .keys import Tokens
from .oauth import GrantRefused, OAuth

# A token that is about to expire is renewed before the work, so that no request is wasted on it.
RENEW_BEFORE = timedelta(minutes=2)
# Longer than discovery and renewal can take (`oauth.ANSWER_WITHIN_S` each).
RENEWAL_TAKES = timedelta(seconds=30)
POLL_S = 0.2
CAN_BE_LOST = (Connection.Status.CONNECTED, Connection.Status.SET_UP_UNFINISHED)


class Access(Protocol):
    def token(self) -> str: ...

    def renew(self, stale: str) -> None:
        """After `stale` was refused."""

    def lost(self, cause: Cause) -> None:
        """QuickBooks says that the connection itself has ended."""


class StoredAccess:
    def __init__(self, row: Connection, session: Session) -> None:
        self._company_id, self._session = row.company_id, session
        self._use(row)

    def token(self) -> str:
        if self._expires_at is not None and self._expires_at - clock.now() < RENEW_BEFORE:
            self.renew(self._token)
        return self._token

    def renew(self, stale: str) -> None:
        """Two renewals with one refresh token end the connection, so whoever marks the row first asks; the others
        wait for what comes of it."""
        while not _renewed_meanwhile(row := self._row(), stale):
            if self._marked():
                self._ask_unless_done(stale)
            else:
                clock.sleep(POLL_S)
        self._use(row)

    def lost(self, cause: Cause) -> None:
        with transaction.atomic():
            row = Connection.objects.select_for_update().get(pk=self._company_id)
            _lose(row, cause)

    def _row(self) -> Connection:
        return checked(Connection.objects.filter(pk=self._company_id).first())

    def _marked(self) -> bool:
        now = clock.now()
        free = Q(renewing_until__isnull=True) | Q(renewing_until__lte=now)
        mine = Connection.objects.filter(free, pk=self._company_id)
        return mine.update(renewing_until=now + RENEWAL_TAKES) == 1

    def _unmark(self) -> None:
        Connection.objects.filter(pk=self._company_id).update(renewing_until=None)

    def _ask_unless_done(self, stale: str) -> None:
        row = self._row()
        if _renewed_meanwhile(row, stale):
            self._unmark()  # by whoever had the mark before us
        else:
            self._ask(row)

    def _ask(self, row: Connection) -> None:
        """No transaction is open meanwhile, so that a slow answer keeps nobody else from storing anything."""
        asked_with = row.unseal("refresh_token")
        try:
            tokens = OAuth(self._session, row.sandbox, row.keys).refresh(asked_with)
        except GrantRefused as refusal:
            self._refused(refusal, asked_with)
        except BaseException:
            self._unmark()
            raise
        else:
            self._keep(tokens, asked_with)

    def _keep(self, tokens: Tokens, asked_with: str) -> None:
        # Durable, because a new refresh token that is rolled back is lost for good.
        with transaction.atomic(durable=True):
            row = Connection.objects.select_for_update().get(pk=self._company_id)
            if row.unseal("refresh_token") != asked_with:
                return  # somebody connected again meanwhile; what that brought is newer
            row.keep_tokens(tokens)
            row.save()

    def _refused(self, refusal: GrantRefused, asked_with: str) -> None:
        with transaction.atomic(durable=True):
            row = Connection.objects.select_for_update().get(pk=self._company_id)
            if row.unseal("refresh_token") != asked_with:
                return  # by a worker that took our mark over while we stood still; its renewal counts
            row.renewing_until = None
            _lose(row, _why_refused(row), str(refusal))

    def _use(self, row: Connection) -> None:
        self._token, self._expires_at = row.unseal("access_token"), row.access_expires_at


def _why_refused(row: Connection) -> Cause:
    now = clock.now()
    if row.hard_expires_at is not None and row.hard_expires_at <= now:
        return Cause.TOO_OLD
    if row.refresh_expires_at is not None and row.refresh_expires_at <= now:
        return Cause.UNUSED
    return Cause.DISCONNECTED


def _lose(row: Connection, cause: Cause, reason: str = "") -> None:
    """Once per loss; and what a person has ended is not lost."""
    if row.status in CAN_BE_LOST:
        row.needs_reconnecting(cause, reason)
        history.note(row.company_id, history.What.LOST, words=cause)
    row.save()


def _renewed_meanwhile(row: Connection, stale: str) -> bool:
    fresh = row.access_expires_at is not None and row.access_expires_at > clock.now()
    return fresh and row.unseal("access_token") != stale


def checked(row: Connection | None) -> Connection:
    if row is None or row.status == Connection.Status.DISCONNECTED:
        raise NotConnected("The company is not connected to QuickBooks.")
    if row.status == Connection.Status.DISABLED:
        raise NotConnected("The sync with QuickBooks is switched off for this company.")
    if row.status == Connection.Status.NEEDS_RECONNECTING:
        raise AccessLost(row.why.what if row.why else row.reason)
    return row


class GivenToken:
    """A token just received, for what must be read before the connection is stored."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token

    def renew(self, stale: str) -> None:
        raise AccessLost.because(Cause.REFUSED)

    def lost(self, cause: Cause) -> None:
        """Nothing is stored yet that could be marked."""
