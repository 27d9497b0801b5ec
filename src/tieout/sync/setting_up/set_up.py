"""What a newly connected company needs before its first run, and how Sync From is moved later."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tieout import clock
from tieout.quickbooks.connecting.connection import finish_set_up
from tieout.quickbooks.connecting.history import What, note
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, User
from tieout.subledger.services.refusal import refuse
from tieout.sync.models import Cursor, Policy


def set_up(company: Company, sync_from: date) -> None:
    """Once per company; repeated, it changes nothing but an earlier Sync From, which takes in the period that was
    opened."""
    with transaction.atomic():
        company.refresh_from_db()
        Cursor.objects.get_or_create(company=company)
        policy, new = Policy.objects.get_or_create(
            company=company, defaults={"sync_from": sync_from, "connected_version": company.version}
        )
        if not new and sync_from < policy.sync_from:
            policy.sync_from = sync_from
            policy.save(update_fields=["sync_from"])
            look_at_everything_again(company)


def choose_date(company: Company, sync_from: date, *, open_items: bool) -> None:
    """While the set-up is unfinished any date may be chosen, and changed."""
    with transaction.atomic():
        _check_unfinished(company)
        set_up(company, sync_from)
        Policy.objects.filter(company=company).update(sync_from=sync_from, open_items=open_items)


def start(company: Company, by: User) -> None:
    """From here on runs go by themselves; what people change after this moment is in scope whatever its date."""
    with transaction.atomic():
        _check_unfinished(company)
        company.refresh_from_db()
        started = Policy.objects.filter(company=company)
        if not started.update(connected_at=clock.now(), connected_version=company.version):
            raise refuse("Choose the Sync From date first.", "sync_from")
        look_at_everything_again(company)
        finish_set_up(company, by)


def move_back(company: Company, sync_from: date, by: User) -> bool:
    """After a closed period was opened again. A later date is refused: what is linked already would fall out of every
    run unseen. Whether the date moved."""
    with transaction.atomic():
        policy = Policy.objects.select_for_update().get(company=company)
        if sync_from > policy.sync_from:
            raise refuse(
                f"Sync From can only be moved back, to before {policy.sync_from.isoformat()}: records after it are "
                "synced already. Unlink those that are to stay out.",
                "sync_from",
            )
        moved = sync_from < policy.sync_from
        if moved:
            words = f"{policy.sync_from.isoformat()} to {sync_from.isoformat()}"
            set_up(company, sync_from)
            note(company.pk, What.SYNC_FROM, by=by.email, words=words)
    return moved


def look_at_everything_again(company: Company) -> None:
    """Both books are read and matched in full before the next write."""
    Cursor.objects.filter(company=company).update(in_full=True)


def _check_unfinished(company: Company) -> None:
    row = Connection.objects.select_for_update().filter(pk=company.pk).first()
    if row is None or row.status != Connection.Status.SET_UP_UNFINISHED:
        raise refuse("This company's set-up is not under way.")
