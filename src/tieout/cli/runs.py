"""Syncing companies one after another from the command line; one that fails stops no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tieout.jobs import due
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.sync import status, tie_out
from tieout.sync.models import Cursor, Link, Run, State, Status, Trigger
from tieout.sync.run import sync

from .errors import problem_of
from .exits import Exit
from .figures import Outcome
from .output import say
from .progress import shown

FOR_A_PERSON = (State.CANDIDATE, State.HELD, State.CONFLICT, State.GONE, State.UNCERTAIN)


def sync_all(companies: Iterable[Company]) -> list[Outcome]:
    return [sync_one(company) for company in companies]


def sync_in_full(companies: Iterable[Company]) -> list[Outcome]:
    """Reads both books from the beginning."""
    chosen = list(companies)
    Cursor.objects.filter(company__in=chosen).update(in_full=True)
    return sync_all(chosen)


def as_it_stands(company: Company) -> Outcome:
    return outcome(company, Exit.DONE)


def sync_one(company: Company) -> Outcome:
    try:
        with shown(company):
            run = sync(company, Trigger.MANUAL, by="tieout sync")
        due.finished(company)
    except Exception as error:  # noqa: BLE001 - told in a sentence, and the other companies go on
        problem = problem_of(error)
        say(f"{company}: {problem.sentence}")
        return outcome(company, problem.exit)
    if run.ending != Run.Ending.DONE:
        say(f"{company}: {run.details or run.reason or run.get_ending_display()}")
    return outcome(company, exit_of(run), run)


def outcome(company: Company, exit: Exit, *runs: Run) -> Outcome:
    report = tie_out.tie_out(company)
    if exit == Exit.DONE and (report.differences or needs_attention(company)):
        exit = Exit.ATTENTION
    return Outcome(
        exit,
        report.differences,
        report.explained,
        status.counts(company),
        Counter(Core=sum(run.calls_core for run in runs), CorePlus=sum(run.calls_core_plus for run in runs)),
        sum(run.writes for run in runs),
    )


def needs_attention(company: Company) -> bool:
    links = Link.objects.of(company)
    return links.filter(status=Status.FAILED).exists() or links.filter(state__in=FOR_A_PERSON).exists()


def exit_of(run: Run) -> Exit:
    if run.ending == Run.Ending.DONE:
        return Exit.DONE
    connection = Connection.objects.get(company=run.company_id)
    return Exit.NOT_NOW if connection.status == Connection.Status.CONNECTED else Exit.RECONNECT
