"""A person's way to QuickBooks and back: who comes back must be who was sent, in the same browser, once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings

from tieout import clock
from tieout.quickbooks.models import Connection, ConsentAsked
from tieout.subledger.models import Company, User

from .connection import authorise_url

# A code from Intuit lives ten minutes; choosing a company takes a while too.
ANSWER_WITHIN = timedelta(minutes=30)


class NotExpected(Exception):
    """Somebody comes back whom we did not send, or who was here already. The message is for a person."""

    def __str__(self) -> str:
        return (
            "This answer from QuickBooks was not expected: it was used already, is too old, or belongs to another "
            "log-in. Nothing was connected. Start again."
        )


@dataclass(frozen=True)
class Asked:
    company: Company
    redirect_uri: str
    sandbox: str


def sandbox_of(company: Company) -> str:
    """The local QuickBooks that the company is in or would be connected to; empty for Intuit's own."""
    row = Connection.objects.filter(pk=company.pk).first()
    return row.sandbox if row is not None else settings.QUICKBOOKS_SANDBOX


def ask(company: Company, user: User, session_key: str, redirect_uri: str) -> str:
    """The address at QuickBooks to send the browser to."""
    state, sandbox = secrets.token_urlsafe(32), sandbox_of(company)
    url = authorise_url(redirect_uri, state, sandbox)
    ConsentAsked.objects.filter(asked_at__lt=clock.now() - ANSWER_WITHIN).delete()
    ConsentAsked.objects.create(
        state_hash=_hash(state),
        company=company,
        user=user,
        session_hash=_hash(session_key),
        redirect_uri=redirect_uri,
        sandbox=sandbox,
        asked_at=clock.now(),
    )
    return url


def answered(state: str, user: User, session_key: str) -> Asked:
    """Raises NotExpected; a state works once, whatever comes of it."""
    row = ConsentAsked.objects.select_related("company").filter(state_hash=_hash(state)).first()
    if row is None or not ConsentAsked.objects.filter(pk=row.pk).delete()[0]:
        raise NotExpected
    is_late = clock.now() - row.asked_at > ANSWER_WITHIN
    if is_late or row.user_id != user.pk or row.session_hash != _hash(session_key):
        raise NotExpected
    return Asked(row.company, row.redirect_uri, row.sandbox)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
