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
        ready(origin, data, memory)
        exit = show_sync(arguments)
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


def show_sync(arguments: argparse.Namespace) -> Exit:
    companies = list(Company.objects.order_by("name"))
    outcomes = [sync_until_quiet(company) for company in companies]
    summary = figures.summary(outcomes)
    if arguments.json:
        answer_json(summary)
    else:
        table.show(companies)
        answer(figures.as_sentence(summary))
    return max(one.exit for one in outcomes)


def sync_until_quiet(company: Company) -> figures.Outcome:
    """A run that wrote is followed by one that reads how QuickBooks took it."""
    outcomes = [runs.sync_one(company)]
    while outcomes[-1].writes and outcomes[-1].exit <= Exit.ATTENTION and len(outcomes) < MOST_RUNS:
        outcomes.append(runs.sync_one(company))
    return figures.in_sequence(outcomes)


def serve(listener: socket.socket, memory: Memory) -> None:
    from tieout.cli.server import serve as serve_pages

    host, port = listener.getsockname()[:2]
    answer(f"Open http://{host}:{port} and log in as {books.EMAIL} with the password {memory.password}")
    answer("Ctrl-C ends everything that was started.")
    serve_pages(listener)
