"""The main job from nothing: a local QuickBooks, sample books, sync, tie-out, and the pages."""

from __future__ import annotations

import argparse
import socket
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tieout.cli import figures, running, runs, table
from tieout.cli.exits import Exit
from tieout.cli.output import answer, answer_json, say
from tieout.subledger.models import Company
from tieout.sync.models import Run

from . import books, quickbooks
from .memory import Memory, keep, recall

MOST_RUNS = 5  # agreement takes two that read; more mean that something is wrong, which the tie-out then tells


def run(arguments: argparse.Namespace, data: Path) -> Exit:
    memory = recall(data)
    keep(data, memory)
    with (
        running.alone(data, "tieout demo"),
        pages(arguments) as listener,
        quickbooks.running(data, memory.port) as origin,
    ):
        before = runs.last_run()
        ready(origin, data, memory)
        exit = show_sync(arguments, before)
        if listener is None:
            return exit
        say(f"The books in QuickBooks: {origin}/app")
        serve(listener, memory)
        return Exit.DONE


def pages(arguments: argparse.Namespace) -> AbstractContextManager[socket.socket | None]:
    """The port is taken first, so that one in use is told before minutes of work."""
    return nullcontext() if arguments.once else running.listening("127.0.0.1", arguments.port)


def ready(origin: str, data: Path, memory: Memory) -> None:
    books.point_at(origin)
    if not memory.prepared:
        say("Making sample books in Tieout and in a local QuickBooks ...")
        books.prepare(origin, memory)
    memory.port, memory.prepared = int(origin.rsplit(":", 1)[1]), True
    keep(data, memory)


def show_sync(arguments: argparse.Namespace, before: int) -> Exit:
    companies = list(Company.objects.order_by("name"))
    outcomes = [sync_until_quiet(company, before) for company in companies]
    summary, exit = figures.summary(outcomes), max(one.exit for one in outcomes)
    if arguments.json:
        answer_json(summary)
    else:
        table.show(companies)
        answer(figures.as_sentence(summary, exit))
    return exit


def sync_until_quiet(company: Company, before: int) -> figures.Outcome:
    """A run that wrote is followed by one that reads how QuickBooks took it. Counts all runs after `before`."""
    for _ in range(MOST_RUNS):
        last = runs.last_run()
        exit = runs.attempt(company)
        if exit > Exit.DONE or not writes_since(company, last):
            break
    return runs.outcome(company, exit, Run.objects.filter(company=company, id__gt=before))


def writes_since(company: Company, last: int) -> bool:
    return Run.objects.filter(company=company, id__gt=last, writes__gt=0).exists()


def serve(listener: socket.socket, memory: Memory) -> None:
    from tieout.cli.server import serve as serve_pages

    answer(f"Open {running.url_of(listener)} and log in as {books.EMAIL} with the password {memory.password}")
    answer("Ctrl-C ends everything that was started.")
    serve_pages(listener)
