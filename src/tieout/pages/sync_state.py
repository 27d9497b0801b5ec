"""What the top bar says of the sync: the run that is on, and the flag."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min

from tieout.pages.formatting import count
from tieout.pages.kinds import words
from tieout.pages.results.filter import still_open
from tieout.subledger.models import Company
from tieout.sync.models import Link, Run, Status


@dataclass(frozen=True)
class Flag:
    """`colour` only supports the word; `line` is the first line when it is opened."""

    colour: str
    word: str
    line: str


@dataclass(frozen=True)
class SyncState:
    run: Run | None
    flag: Flag

    @property
    def is_running(self) -> bool:
        return self.run is not None and self.run.ending == Run.Ending.RUNNING


def sync_state(company: Company) -> SyncState:
    run = Run.objects.filter(company=company).order_by("-started_at").first()
    return SyncState(run, _flag(company, run))


def _flag(company: Company, run: Run | None) -> Flag:
    if run is None:
        return Flag("none", "No sync yet", "Nothing has been synced yet.")
    if run.ending == Run.Ending.RUNNING:
        if run.found_error:
            return Flag("orange", "Error found", "An error was found. The sync goes on.")
        return Flag("none", "Syncing", "No error so far.")
    if run.ending != Run.Ending.DONE:
        return Flag("red", "Stopped", run.details or "The last sync could not finish. Nothing is lost.")
    failed = needing_someone(company)
    if failed:
        return Flag("red", "Errors", f"{count(failed, 'record needs', 'records need')} you.")
    return Flag("blue", "No errors", "No errors.")


def needing_someone(company: Company) -> int:
    return Link.objects.of(company).filter(status=Status.FAILED).count()


@dataclass(frozen=True)
class Cause:
    """Open records of one kind with one reason; `open` is the link to show expanded, the oldest of them."""

    kind: str
    reason: str
    number: int
    open: int
    details: str

    @property
    def what(self) -> str:
        named = words(self.kind)
        return count(self.number, named.one, named.many).lower()


def causes(company: Company) -> list[Cause]:
    """The most frequent first."""
    grouped = (
        Link.objects.of(company)
        .filter(still_open())
        .values("kind", "reason")
        .annotate(number=Count("id"), open=Min("id"), example=Min("details"))
        .order_by("-number")[:12]
    )
    return [Cause(row["kind"], row["reason"], row["number"], row["open"], row["example"]) for row in grouped]
