"""Threads that run the companies that are due, within `serve` or as `worker`."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import IO

from django.db import close_old_connections, connection

from tieout.filelock import hold

from . import due, running, tending

POLL_S = 1.0
THREADS = 4  # a company whose QuickBooks is slow to answer must not keep the others waiting

log = logging.getLogger(__name__)


def alone(data: Path, label: str) -> IO[str] | None:
    """SQLite is for one runner; raises `filelock.Locked` if there is one. PostgreSQL takes as many as one starts."""
    return hold(data / "worker.lock", label=label) if connection.vendor == "sqlite" else None


class Runner:
    def __init__(self, threads: int = THREADS) -> None:
        self._stopping = threading.Event()
        self._choosing = threading.Lock()
        self._busy: set[int] = set()
        self._threads = [
            threading.Thread(target=self._work, name=f"sync-{number}", daemon=True) for number in range(threads)
        ]
        self._threads.append(threading.Thread(target=self._tend, name="tending", daemon=True))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, wait_s: float) -> None:
        """Begins no further run and waits for those that are on; one that takes longer is taken over later."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(wait_s / len(self._threads))

    def _work(self) -> None:
        while not self._stopping.is_set():
            close_old_connections()
            if not self.run_one():
                self._stopping.wait(POLL_S)
        connection.close()

    def _tend(self) -> None:
        while not self._stopping.wait(tending.EVERY_S):
            close_old_connections()
            tending.tend()
        connection.close()

    def run_one(self) -> bool:
        """Whether there was one. Nothing that goes wrong may end the thread."""
        try:
            if (job := self._claim()) is None:
                return False
            self._run(job)
        except Exception:
            log.exception("The runner could not go on; it tries again.")
            return False
        return True

    def _claim(self) -> due.Job | None:
        with self._choosing:
            if (job := due.claim(self._busy)) is not None:
                self._busy.add(job.company.pk)
            return job

    def _run(self, job: due.Job) -> None:
        try:
            running.run(job)
        finally:
            self._busy.discard(job.company.pk)
