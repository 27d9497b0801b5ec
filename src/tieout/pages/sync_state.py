"""What the top bar says of the sync: the run that is on, and the flag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

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


def sync_state(company: Company) -> SyncState:
    run = Run.objects.filter(company=company).order_by("-started_at").first()
    has_failed = Link.objects.of(company).filter(status=Status.FAILED).exists()
    asked = Cursor.objects.filter(company=company, wanted=True).exists()
    return SyncState(run, status.flag_of(run, has_failed), asked)


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


def first_line(company: Company, state: SyncState) -> str:
    """What is read first when the flag is opened."""
    if state.could_not_finish and state.run:
        return state.run.details or "The last sync could not finish. Nothing is lost."
    failed = sum(tally.number for tally in status.tallies(company) if tally.status == Status.FAILED)
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


def causes(company: Company) -> list[Cause]:
    """The most frequent first."""
    found: Counter[tuple[str, str]] = Counter()
    for tally in status.tallies(company):
        if is_open(tally):
            found[tally.kind, tally.reason] += tally.number
    listed = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
    return list(filter(None, (_cause(company, kind, reason, number) for (kind, reason), number in listed)))


def _cause(company: Company, kind: str, reason: str, number: int) -> Cause | None:
    alike = Link.objects.of(company).filter(kind=kind, reason=reason).exclude(CLOSED)
    oldest = alike.order_by("attempted_at", "id").first()
    if oldest is None:
        return None
    text = of_many(reason, oldest.details) if number > 1 else oldest.details
    return Cause(kind, reason, number, oldest.pk, text)
