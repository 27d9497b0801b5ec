"""When a company's next run is: at once if somebody asked for one, else once per interval."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from tieout import clock
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Policy, Trigger

from . import queue

# Multiples of it, modulo one, are spread evenly however many companies there are.
GOLDEN_RATIO = 0.618_033_988_75


@dataclass(frozen=True)
class Job:
    company: Company
    trigger: Trigger
    by: str


def wake(company: Company, by: str = "", trigger: Trigger = Trigger.MANUAL) -> None:
    """Asks for a run soon; commits with the caller's transaction. Asked twice before it begins, it runs once."""
    with transaction.atomic():
        # First, since whoever claims the run then waits for this row, and so sees what the caller changed.
        woken = Cursor.objects.filter(company=company).update(wanted=True, wanted_by=by, wanted_trigger=trigger)
        if woken:
            queue.enqueue(company.pk, queue.WOKEN)


def claim(busy: Collection[int] = ()) -> Job | None:
    """The next company that is due and that nobody runs now; whoever gets it must call `finished`."""
    now = clock.now()
    spread(now)
    return first_taken(due(now).exclude(pk__in=busy), now)


def claim_of(company_id: int) -> Job | None:
    """The same for one company; None if it is not due, or held."""
    now = clock.now()
    return first_taken(due(now).filter(pk=company_id), now)


def now_due() -> list[int]:
    now = clock.now()
    spread(now)
    return list(due(now).values_list("pk", flat=True))


def due(now: datetime) -> QuerySet[Cursor]:
    return (
        connected()
        .filter(Q(wanted=True) | Q(next_run_at__lte=now))
        .exclude(held_until__gt=now)
        .select_related("company")
        .order_by("-wanted", "next_run_at")
    )


def first_taken(cursors: QuerySet[Cursor], now: datetime) -> Job | None:
    for cursor in cursors:
        if taken(cursor, now):
            trigger = Trigger(cursor.wanted_trigger) if cursor.wanted else Trigger.AUTOMATIC
            return Job(cursor.company, trigger, cursor.wanted_by if cursor.wanted else "")
    return None


def taken(cursor: Cursor, now: datetime) -> bool:
    """Claims by update, so that of two workers one gets it. Should this process die, it is due again soon."""
    seen = Cursor.objects.filter(pk=cursor.pk, wanted=cursor.wanted, next_run_at=cursor.next_run_at)
    again = now + timedelta(seconds=settings.LEASE_S)
    return seen.update(wanted=False, wanted_by="", next_run_at=again) == 1


def finished(company: Company) -> None:
    next_run_at = clock.now() + interval(company.pk)
    Cursor.objects.filter(company=company).update(next_run_at=next_run_at)


def spread(now: datetime) -> None:
    """Companies that never had a slot get theirs at different moments of the interval."""
    for cursor in connected().filter(next_run_at=None):
        cursor.next_run_at = now + interval(cursor.pk) * (cursor.pk * GOLDEN_RATIO % 1)
        cursor.save(update_fields=["next_run_at"])


def connected() -> QuerySet[Cursor]:
    return Cursor.objects.filter(company__connection__status=Connection.Status.CONNECTED)


def interval(company_id: int) -> timedelta:
    return timedelta(minutes=Policy.objects.values_list("interval_minutes", flat=True).get(pk=company_id))
