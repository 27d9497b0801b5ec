"""Companies for which no run came to its end in three intervals: shown as long as it lasts, mailed once each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from tieout import clock
from tieout.mails.letter import Letter
from tieout.mails.outbox import post
from tieout.subledger.models import Company, Membership, Role
from tieout.sync.models import Cursor, Run

from .due import connected

INTERVALS = 3
PAUSE = timedelta(minutes=5)  # those who look do so each minute


@dataclass(frozen=True)
class Late:
    company: Company
    since: datetime  # when a run last came to its end, or when the connection was made or made again
    trouble: str  # what the latest attempt said, if there was one
    interval: timedelta

    def for_intervals(self) -> float:
        return (clock.now() - self.since) / self.interval


class Awake:
    """Since when this process has looked without a pause; one whose machine slept has not."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._last = clock.now()

    def since(self) -> datetime:
        now = clock.now()
        if self._since is None or now - self._last > PAUSE:
            self._since = now
        self._last = now
        return self._since


def late(company: Company) -> Late | None:
    return next(all_late(connected().filter(pk=company.pk)), None)


def all_late(cursors: QuerySet[Cursor] | None = None) -> Iterator[Late]:
    return (each for each in _standing(cursors) if each.for_intervals() >= INTERVALS)


def check(up_since: datetime) -> None:
    """Writes the mails that are due, however often it is asked. `up_since`: when this machine began to look.

    A machine that was off may first catch up: nobody is told before an interval of trying.
    """
    for each in all_late():
        first_try = Run.objects.filter(company=each.company, started_at__gt=each.since).order_by("started_at").first()
        tried_since = min(up_since, first_try.started_at) if first_try else up_since
        if clock.now() - tried_since >= each.interval:
            post(f"late:{each.company.pk}:{each.since.isoformat()}", addressees(each.company), letter(each))


def _standing(cursors: QuerySet[Cursor] | None = None) -> Iterator[Late]:
    runs = Run.objects.filter(company=OuterRef("pk")).order_by("-started_at")
    rows = (connected() if cursors is None else cursors).select_related("company__connection", "company__policy")
    ended = Subquery(runs.filter(ending=Run.Ending.DONE, only="").values("ended_at")[:1])
    trouble = Subquery(runs.exclude(ending=Run.Ending.RUNNING).values("details")[:1])
    for row in rows.annotate(ended=ended, trouble=trouble):
        connection = row.company.connection
        times = [at for at in (row.ended, connection.connected_at, connection.since) if at is not None]
        if times:
            minutes = row.company.policy.interval_minutes
            yield Late(row.company, max(times), row.trouble or "", timedelta(minutes=minutes))


def addressees(company: Company) -> list[str]:
    """The owners, and who connected it."""
    to_know = Q(role=Role.OWNER) | Q(user=company.connection.connected_by)
    members = Membership.objects.filter(to_know, company=company, user__is_active=True)
    return list(members.order_by("user__email").values_list("user__email", flat=True))


def letter(of: Late) -> Letter:
    since = of.since.astimezone(ZoneInfo(of.company.time_zone))
    said = (f"The latest attempt said: {of.trouble}",) if of.trouble else ()
    return Letter(
        f"{of.company}: no sync has come to its end for a while",
        (
            f"Since {since:%d %B %Y, %H:%M} ({of.company.time_zone}) no sync of {of.company} with QuickBooks has come "
            f"to its end. It is tried every {of.interval // timedelta(minutes=1)} minutes.",
            *said,
            "Nothing is lost: what is changed in either book waits. Look at the latest syncs; if none begins at all, "
            "ask whoever runs Tieout whether its worker is up.",
        ),
        reverse("run", args=[of.company.pk]),
        "See the latest syncs",
    )
