"""Syncing companies one after another from the command line; one that fails stops no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tieout.jobs import due
from tieout.subledger.models import Company
from tieout.sync import status, tie_out
from tieout.sync.models import Cursor, Run, Trigger
from tieout.sync.run import sync

from .errors import problem_of
from .exits import Exit
from .figures import Outcome
from .output import say
from .progress import shown


def sync_all(companies: Iterable[Company]) -> list[Outcome]:
    return [sync_one(company) for company in companies]


def sync_in_full(companies: Iterable[Company]) -> list[Outcome]:
    """Reads both books from the beginning."""
    chosen = list(companies)
    Cursor.objects.filter(company__in=chosen).update(in_full=True)
    return sync_all(chosen)


def as_it_stands(company: Company) -> Outcome:
    return outcome(company, Exit.DONE, [])


def sync_one(company: Company) -> Outcome:
    since = last_run()
    exit = attempt(company)
    return outcome(company, exit, Run.objects.filter(company=company, id__gt=since))


def attempt(company: Company) -> Exit:
    """Never raises: a company that cannot be synced is told of, and the others go on."""
    try:
        with shown(company):
            sync(company, Trigger.MANUAL, by="tieout sync")
    except Exception as error:  # noqa: BLE001 - every failure becomes a sentence
        problem = problem_of(error)
        say(f"{company}: {problem.sentence}")
        return problem.exit
    due.finished(company)
    return Exit.DONE


def last_run() -> int:
    return Run.objects.order_by("-id").values_list("id", flat=True).first() or 0


def outcome(company: Company, exit: Exit, runs: Iterable[Run]) -> Outcome:
    """How the company stands after these runs."""
    report = tie_out.tie_out(company)
    if exit == Exit.DONE and (report.differences or status.needs_somebody(company)):
        exit = Exit.ATTENTION
    made = list(runs)
    calls = Counter(Core=sum(run.calls_core for run in made), CorePlus=sum(run.calls_core_plus for run in made))
    writes = sum(run.writes for run in made)
    return Outcome(exit, report.differences, report.explained, status.counts(company), calls, writes)
