"""When a company's next run is: at once if somebody asked for one, else once per interval."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from tieout import clock
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Only, Policy, Trigger, pack, unpack

from . import queue

# Multiples of it, modulo one, are spread evenly however many companies there are.
GOLDEN_RATIO = 0.618_033_988_75
ASKED_BY_HAND = (Trigger.MANUAL, Trigger.CONNECT)
MOST_ALONE = 20  # more than these are no single edits any more, and a run of everything costs no more


@dataclass(frozen=True)
class Job:
    company: Company
    trigger: Trigger
    by: str
    only: Only = ()
    slot: datetime | None = field(default=None, compare=False)
    """The next one of the company, which a run of some records alone does not take."""


def wake(company: Company, by: str = "", trigger: Trigger = Trigger.MANUAL, only: Only = ()) -> None:
    """Asks for a run soon; commits with the caller's transaction. Asked twice before it begins, it runs once.

    `only`: of these records alone, with what they need, unless somebody asked for all of it meanwhile.
    """
    with transaction.atomic():
        # Whoever claims the run waits for this row, and so sees what the caller changed.
        cursor = Cursor.objects.select_for_update().filter(company=company).first()
        if cursor is None:
            return
        if not cursor.wanted or not _is_by_hand(cursor.wanted_trigger) or _is_by_hand(trigger):
            asked = {"wanted_by": by, "wanted_trigger": trigger, "wanted_only": _together(cursor, only)}
            Cursor.objects.filter(company=company).update(wanted=True, **asked)
        queue.enqueue(company.pk, queue.WOKEN)


def _together(cursor: Cursor, only: Only) -> str:
    before = unpack(cursor.wanted_only)
    if not only or (cursor.wanted and not before):
        return ""
    both = tuple(dict.fromkeys((*before, *only)))
    return pack(both) if len(both) <= MOST_ALONE else ""


def _is_by_hand(trigger: str) -> bool:
    """A person's own wish goes before a pause, so that nothing else that asks meanwhile may take its place."""
    return trigger in ASKED_BY_HAND


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
        Cursor.objects.filter(_asked_for() | _has_its_slot(now))
        .exclude(held_until__gt=now)
        .select_related("company")
        .order_by("-wanted", "next_run_at")
    )


def _asked_for() -> Q:
    """A person goes before a pause after an outage, and has the books read while setting up."""
    unfinished = Q(company__connection__status=Connection.Status.SET_UP_UNFINISHED)
    return Q(wanted=True) & (_connected() & (_not_paused() | Q(wanted_trigger__in=ASKED_BY_HAND)) | unfinished)


def _has_its_slot(now: datetime) -> Q:
    return Q(next_run_at__lte=now) & _connected() & _not_paused()


def _connected() -> Q:
    return Q(company__connection__status=Connection.Status.CONNECTED)


def _not_paused() -> Q:
    """Neither after an outage nor after runs that failed by themselves."""
    return _past("company__connection__retry_at") & _past("not_before")


def _past(moment: str) -> Q:
    return Q(**{f"{moment}__isnull": True}) | Q(**{f"{moment}__lte": clock.now()})


def first_taken(cursors: QuerySet[Cursor], now: datetime) -> Job | None:
    for cursor in cursors:
        if taken(cursor, now):
            return _job(cursor, now)
    return None


def _job(cursor: Cursor, now: datetime) -> Job:
    if not cursor.wanted:
        return Job(cursor.company, Trigger.AUTOMATIC, "")
    trigger, slot = Trigger(cursor.wanted_trigger), cursor.next_run_at
    if cursor.wanted_only and (slot is None or slot > now):
        return Job(cursor.company, trigger, cursor.wanted_by, unpack(cursor.wanted_only), slot)
    return Job(cursor.company, trigger, cursor.wanted_by)


def taken(cursor: Cursor, now: datetime) -> bool:
    """Claims by update, so that of two workers one gets it. Should this process die, it is due again soon."""
    seen = Cursor.objects.filter(
        pk=cursor.pk, wanted=cursor.wanted, wanted_only=cursor.wanted_only, next_run_at=cursor.next_run_at
    )
    again = now + timedelta(seconds=settings.LEASE_S)
    return seen.update(wanted=False, wanted_by="", wanted_only="", next_run_at=again) == 1


def finished(company: Company, slot: datetime | None = None) -> None:
    """After an outage it is tried again when its pause is over, which may be sooner or later than its next slot."""
    paused = Connection.objects.filter(pk=company.pk).values_list("retry_at", flat=True).first()
    next_run_at = paused or slot or clock.now() + interval(company.pk)
    Cursor.objects.filter(company=company).update(next_run_at=next_run_at)


def spread(now: datetime) -> None:
    """Companies that never had a slot get theirs at different moments of the interval."""
    for cursor in connected().filter(next_run_at=None):
        cursor.next_run_at = slot(cursor.pk, now)
        cursor.save(update_fields=["next_run_at"])


def slot(company_id: int, now: datetime) -> datetime:
    """Within the interval from now, at a moment of the company's own."""
    return now + interval(company_id) * (company_id * GOLDEN_RATIO % 1)


def set_interval(company: Company, minutes: int) -> None:
    with transaction.atomic():
        Policy.objects.filter(company=company).update(interval_minutes=minutes)
        Cursor.objects.filter(company=company).update(next_run_at=slot(company.pk, clock.now()))


def connected() -> QuerySet[Cursor]:
    return Cursor.objects.filter(_connected())


def interval(company_id: int) -> timedelta:
    return timedelta(minutes=Policy.objects.values_list("interval_minutes", flat=True).get(pk=company_id))
