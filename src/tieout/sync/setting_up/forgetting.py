"""Forgetting which record is which object: as if the two books had never met. Neither book is changed."""

from __future__ import annotations

from django.db import transaction

from tieout.quickbooks.connecting.history import What, note
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, User
from tieout.subledger.services.refusal import refuse
from tieout.sync.hold import Busy, hold
from tieout.sync.models import Cursor, Link, Seen

NOT_WHILE_RUNNING = "A sync is on just now. Try again when it has ended."
IDLE = (Connection.Status.DISCONNECTED, Connection.Status.DISABLED)


def number_of(company: Company) -> int:
    return Link.objects.of(company).filter(record_id__isnull=False, qbo_id__isnull=False).count()


def forget_links(company: Company, name: str, by: User) -> int:
    """The number of links that were. Afterwards both books are read and matched as when they were first connected."""
    if name.strip() != company.name:
        raise refuse(f"Type the name exactly as it is: {company.name}", "name")
    if not Connection.objects.filter(pk=company.pk, status__in=IDLE).exists():
        raise refuse("Switch the sync off, or disconnect, before its links are forgotten.", "name")
    try:
        with hold(company, wait=False):
            return _forget(company, by)
    except Busy:
        raise refuse(NOT_WHILE_RUNNING, "name") from None


def _forget(company: Company, by: User) -> int:
    with transaction.atomic():
        number = number_of(company)
        Link.objects.of(company).delete()
        Seen.objects.filter(company=company).delete()
        Cursor.objects.filter(company=company).update(theirs=None, ours=0, in_full=True, checked_at=None)
        note(company.pk, What.LINKS_FORGOTTEN, by=by.email, words=f"{number} links")
    return number
