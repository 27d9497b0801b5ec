"""What the top bar says of the sync: the run that is on, and the flag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Min, OuterRef, Q, Subquery, Sum

from tieout.pages.formatting import count
from tieout.pages.kinds import words
from tieout.pages.results.explain import of_many
from tieout.pages.results.filter import CLOSED, is_open
from tieout.subledger.models import Company
from tieout.sync import status
from tieout.sync.models import Cursor, Link, LinkCount, Run, Status

SHOWN = 12
FLAG_WORDS: dict[str, str] = {
    "none": "No sync yet",
    "running": "Syncing",
    "blue": "No errors",
    "orange": "Error found",
    "red": "Errors",
}


@dataclass(frozen=True)
class SyncState:
    """`colour` only supports the word."""

    run: Run | None
    colour: status.Flag
    is_asked_for: bool = False

    @property
    def is_running(self) -> bool:
        return self.run is not None and self.run.ending == Run.Ending.RUNNING

    @property
    def is_busy(self) -> bool:
        return self.is_running or self.is_asked_for

    @property
    def could_not_finish(self) -> bool:
        return self.run is not None and self.run.ending in (Run.Ending.STOPPED, Run.Ending.BROKEN)

    @property
    def word(self) -> str:
        return "Stopped" if self.could_not_finish else FLAG_WORDS[self.colour]


# Every page asks for it, so it is one statement, and one that Django need not put together each time.
NEWEST = """
SELECT run.*,
    EXISTS (SELECT 1 FROM sync_link WHERE company_id = run.company_id AND status = 'failed') AS has_failed,
    EXISTS (SELECT 1 FROM sync_cursor WHERE company_id = run.company_id AND wanted) AS is_asked_for
FROM sync_run run WHERE company_id = %s ORDER BY started_at DESC LIMIT 1
"""


def sync_state(company: Company) -> SyncState:
    runs: list[Any] = list(Run.objects.raw(NEWEST, [company.pk]))
    if runs:
        return SyncState(runs[0], status.flag_of(runs[0], runs[0].has_failed), bool(runs[0].is_asked_for))
    asked = Cursor.objects.filter(company=company, wanted=True)
    return SyncState(None, status.flag_of(None, has_failed=False), asked.exists())


def sync_states(companies: Sequence[Company]) -> dict[int, SyncState]:
    """Of many companies by a fixed number of queries."""
    newest = Run.objects.filter(company=OuterRef("pk")).order_by("-started_at").values("pk")[:1]
    ids = [company.pk for company in companies]
    found = dict(Company.objects.filter(pk__in=ids).annotate(run=Subquery(newest)).values_list("pk", "run"))
    runs = Run.objects.in_bulk([run for run in found.values() if run is not None])
    failed = LinkCount.objects.filter(company__in=ids, status=Status.FAILED).values_list("company")
    has_failed = {company for company, number in failed.annotate(Sum("number")) if number > 0}
    asked = set(Cursor.objects.filter(company__in=ids, wanted=True).values_list("pk", flat=True))
    states = {}
    for pk in ids:
        run = runs.get(found[pk]) if found[pk] is not None else None
        states[pk] = SyncState(run, status.flag_of(run, pk in has_failed), pk in asked)
    return states


def first_line(counted: Sequence[status.Tally], state: SyncState) -> str:
    """What is read first when the flag is opened."""
    if state.could_not_finish and state.run:
        return state.run.details or "The last sync could not finish. Nothing is lost."
    failed = sum(tally.number for tally in counted if tally.status == Status.FAILED)
    return f"{count(failed, 'record needs', 'records need')} you." if failed else "No record needs you."


@dataclass(frozen=True)
class Cause:
    """Open records of one kind with one reason; `open` is the link to show expanded, the oldest of them."""

    kind: str
    reason: str
    number: int
    open: int
    text: str

    @property
    def what(self) -> str:
        named = words(self.kind)
        return count(self.number, named.one, named.many).lower()


def causes(company: Company, counted: Sequence[status.Tally]) -> list[Cause]:
    """The most frequent first."""
    found: Counter[tuple[str, str]] = Counter()
    for tally in counted:
        if is_open(tally):
            found[tally.kind, tally.reason] += tally.number
    listed = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
    oldest = _oldest(company, [alike for alike, _ in listed])
    return [_cause(oldest[alike], number) for alike, number in listed if alike in oldest]


def _cause(oldest: Link, number: int) -> Cause:
    text = of_many(oldest.reason, oldest.details) if number > 1 else oldest.details
    return Cause(oldest.kind, oldest.reason, number, oldest.pk, text)


def _oldest(company: Company, alike: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Link]:
    """The first open link of each kind and reason: each walks an index, and one statement asks for all."""
    wanted = reduce(or_, (Q(kind=kind, reason=reason) for kind, reason in alike), Q(pk__in=[]))
    links = Link.objects.of(company).filter(kind=OuterRef("kind"), reason=OuterRef("reason")).exclude(CLOSED)
    first = Subquery(links.order_by("attempted_at", "id").values("pk")[:1])
    # A kind and reason may be counted in several rows.
    once = LinkCount.objects.filter(wanted, company=company).values("kind", "reason").annotate(one=Min("pk"))
    ids = LinkCount.objects.filter(pk__in=once.values("one")).annotate(first=first).values("first")
    found = Link.objects.of(company).filter(pk__in=ids).only("kind", "reason", "details")
    return {(link.kind, link.reason): link for link in found}
