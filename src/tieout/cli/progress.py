"""A run's progress on the terminal; silent where standard error is none, so that logs stay short."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from tieout.subledger.models import Company
from tieout.sync.models import Run

LOOK_EVERY_S = 0.2


@contextmanager
def shown(company: Company) -> Iterator[None]:
    """Reads what the run notes about itself while the body of the `with` runs it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=watch, args=(company, console, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def watch(company: Company, console: Console, done: threading.Event) -> None:
    last = Run.objects.filter(company=company).order_by("-id").values_list("id", flat=True).first() or 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console) as progress:
            tasks: dict[str, TaskID] = {}
            while not done.wait(LOOK_EVERY_S):
                update(progress, tasks, company, last)
            update(progress, tasks, company, last)
    finally:
        connection.close()


def update(progress: Progress, tasks: dict[str, TaskID], company: Company, after: int) -> None:
    run = Run.objects.filter(company=company, id__gt=after).order_by("id").first()
    for kind, counts in (run.progress if run else {}).items():
        if kind not in tasks:
            tasks[kind] = progress.add_task(f"{company}: {kind.replace('_', ' ')}")
        progress.update(tasks[kind], completed=counts["done"], total=counts["total"])
