"""What a person does to a connection that stands: switch it off and on, end it, take a wrong choice back."""

from __future__ import annotations

from django.db import transaction

from tieout import clock
from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, User
from tieout.subledger.services.refusal import refuse

from .binding import connected
from .history import What, note
from .oauth import OAuth

Status = Connection.Status


def disable(company: Company, by: User) -> None:
    """No run begins any more. The authorisation, the binding and all links are kept."""
    with transaction.atomic():
        row = Connection.objects.select_for_update().get(pk=company.pk)
        if row.status != Status.CONNECTED:
            raise refuse("Only a sync that is switched on can be switched off.")
        row.status = Status.DISABLED
        _note(row, What.DISABLED, by)


def enable(company: Company, by: User) -> None:
    with transaction.atomic():
        row = Connection.objects.select_for_update().get(pk=company.pk)
        if row.status != Status.DISABLED:
            raise refuse("It is not switched off.")
        since = row.connected_at
        connected(row)
        row.connected_at = since
        _note(row, What.ENABLED, by)


def disconnect(company: Company, by: User | None = None) -> None:
    """Ends our access at QuickBooks too. The binding, the links and all history stay."""
    row = Connection.objects.get(pk=company.pk)
    _revoke(row)
    with transaction.atomic():
        row = Connection.objects.select_for_update().get(pk=company.pk)
        row.forget_tokens()
        row.status, row.cause, row.reason = Status.DISCONNECTED, "", ""
        _note(row, What.DISCONNECTED, by)


def take_back(company: Company) -> None:
    """Before anything was read of a company chosen by mistake: the binding is undone with our access."""
    row = Connection.objects.get(pk=company.pk)
    if row.connected_at is not None:
        raise refuse("It is connected already, and belongs to this QuickBooks company for good.")
    _revoke(row)
    row.delete()


def _revoke(row: Connection) -> None:
    if token := row.unseal("refresh_token"):
        with Session() as session:
            OAuth(session, row.sandbox, row.keys).revoke(token)


def _note(row: Connection, what: What, by: User | None) -> None:
    row.since = clock.now()
    row.save()
    note(row.company_id, what, by=by.email if by else "")
