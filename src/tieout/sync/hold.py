"""One run per company at a time, anywhere: a lease in the database with a fencing number.

A process that freezes past its lease and wakes up again finds a higher fence and may store nothing more.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F, Q

from tieout import clock
from tieout.subledger.models import Company

from .models import Cursor

POLL_S = 0.2
# Before all that a run stores, so it is spelt out once, which costs a fifth of having it put together each time.
RENEW = "UPDATE sync_cursor SET held_until = %s WHERE company_id = %s AND fence = %s AND owner = %s"


class LeaseLost(Exception):
    """What this process still meant to do is void."""

    def __str__(self) -> str:
        return "Another process has taken this company's run over, since this one did not move for too long."


class Busy(Exception):
    """Somebody else holds the company."""

    def __str__(self) -> str:
        return "This company is being synced by another process just now."


class Lease:
    def __init__(self, company_id: int, owner: str, fence: int) -> None:
        self.company_id, self.owner, self.fence = company_id, owner, fence
        self.lost = threading.Event()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything a run stores goes through here: it is stored under the fence or not at all."""
        with transaction.atomic():
            if connection.features.has_select_for_update:  # else the whole database is locked already
                self._lock_company()
            self.renew()
            yield

    def _lock_company(self) -> None:
        """Before the cursor, as people's changes do, which then ask for a run: else each could wait for the other."""
        rows = Company.objects.filter(pk=self.company_id)
        rows.select_for_update(no_key=True).values_list("pk").first()

    def renew(self) -> None:
        until = connection.ops.adapt_datetimefield_value(_until())
        with connection.cursor() as cursor:
            cursor.execute(RENEW, [until, self.company_id, self.fence, self.owner])
            if not cursor.rowcount:
                self.lost.set()
                raise LeaseLost


def take(company: Company, *, for_all: bool = True) -> Lease:
    """Raises Busy while another holds it. A run that looks at everything is what was asked for until then."""
    owner = f"{socket.gethostname()} {os.getpid()} {threading.get_ident()}"
    now = clock.now()
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    answered = {"wanted": False, "wanted_only": ""} if for_all else {}
    taken = Cursor.objects.filter(free, company=company).update(
        owner=owner, fence=F("fence") + 1, held_until=_until(), **answered
    )
    if not taken:
        raise Busy
    return Lease(company.pk, owner, Cursor.objects.values_list("fence", flat=True).get(company=company))


def release(lease: Lease) -> None:
    Cursor.objects.filter(company_id=lease.company_id, fence=lease.fence).update(held_until=None, owner="")


@contextmanager
def hold(company: Company, *, wait: bool, for_all: bool = True) -> Iterator[Lease]:
    """Waits for a run that is on, or raises Busy at once."""
    lease = _take_when_free(company, for_all=for_all) if wait else take(company, for_all=for_all)
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(lease, stop), name=f"lease of company {company.pk}", daemon=True)
    heart.start()
    try:
        yield lease
    finally:
        stop.set()
        heart.join()
        release(lease)


def _take_when_free(company: Company, *, for_all: bool) -> Lease:
    while True:
        try:
            return take(company, for_all=for_all)
        except Busy:
            clock.sleep(POLL_S)


def _until() -> datetime:
    return clock.now() + timedelta(seconds=settings.LEASE_S)


def _beat(lease: Lease, stop: threading.Event) -> None:
    """A call to QuickBooks may last longer than the lease."""
    while not stop.wait(settings.LEASE_S / 3):
        try:
            lease.renew()
        except LeaseLost:
            break
        except DatabaseError:
            pass  # busy for a moment; the next beat comes before the lease ends
        finally:
            close_old_connections()
    connection.close()
