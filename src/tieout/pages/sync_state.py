"""What the top bar says of the sync: the run that is on, and the flag."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, Min

from tieout.pages.formatting import count
from tieout.pages.kinds import words
from tieout.pages.results.explain import of_many
from tieout.pages.results.filter import open_parts
from tieout.subledger.models import Company
from tieout.sync import status
from tieout.sync.models import Cursor, Link, Run, Status

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
    return SyncState(run, status.flag(company), Cursor.objects.filter(company=company, wanted=True).exists())


def first_line(company: Company, state: SyncState) -> str:
    """What is read first when the flag is opened."""
    if state.could_not_finish and state.run:
        return state.run.details or "The last sync could not finish. Nothing is lost."
    failed = Link.objects.of(company).filter(status=Status.FAILED).count()
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
    grouped = chain.from_iterable(
        part.order_by()
        .values("kind", "reason")
        .annotate(number=Count("id"), open=Min("id"), example=Min("details"))
        .order_by("-number", "kind", "reason")[:SHOWN]
        for _, part in open_parts(Link.objects.of(company))
    )
    return sorted((_cause(**row) for row in grouped), key=lambda cause: -cause.number)[:SHOWN]


def _cause(kind: str, reason: str, number: int, open: int, example: str) -> Cause:
    return Cause(kind, reason, number, open, of_many(reason, example) if number > 1 else example)
