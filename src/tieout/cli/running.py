"""What `worker`, `serve` and `demo` share: one runner per SQLite database, and a port to listen on."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tieout.filelock import Locked
from tieout.jobs import embedded

from .errors import sentence
from .exits import Exit, Problem

# For a run that is on when one is asked to stop; what takes longer is taken over after the lease.
PATIENCE_S = 8.0


@contextmanager
def alone(folder: Path, label: str) -> Iterator[None]:
    try:
        lock = embedded.alone(folder, label)
    except Locked as error:
        raise Problem(
            Exit.NOT_NOW,
            f"{error.holder or 'another tieout'} already runs the syncs of {folder}; "
            "stop it first, or use PostgreSQL, which takes several.",
        ) from error
    try:
        yield
    finally:
        if lock:
            lock.close()


def start_runner() -> embedded.Runner:
    runner = embedded.Runner()
    runner.start()
    return runner


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Taken before anything is served, so that a port in use is told in one sentence."""
    try:
        opened = socket.create_server((host, port), backlog=512)
    except (OSError, OverflowError) as error:
        raise Problem(*why_not(error, host, port)) from error
    with opened:
        yield opened


def why_not(error: Exception, host: str, port: int) -> tuple[Exit, str]:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return Exit.NOT_NOW, f"port {port} is in use; choose another with --port."
    return Exit.WRONG_USE, sentence(f"can't listen on {host} port {port}: {error}")


def url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{host}:{port}"
