"""The pages under gunicorn: one process that also runs the syncs, answering requests in threads."""

from __future__ import annotations

import gc
import os
import socket
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from .running import PATIENCE_S, start_runner


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._runner: Any = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            # A copy, since gunicorn closes it and the caller closes its own.
            "bind": f"fd://{self._listener.dup().detach()}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 8,
            "loglevel": "warning",
            "control_socket_disable": True,
            "graceful_timeout": int(PATIENCE_S),
            # Threads don't survive a fork, so the runner begins in the process that serves.
            "post_worker_init": self._start_runner,
            "worker_exit": self._stop_runner,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()

    def _start_runner(self, worker: Any) -> None:
        del worker
        keep_what_is_loaded()
        self._runner = start_runner()

    def _stop_runner(self, server: Any, worker: Any) -> None:
        del server, worker
        if self._runner:
            self._runner.stop(PATIENCE_S / 2)


def keep_what_is_loaded() -> None:
    """Out of the collector's sight: to look through all of it once more holds a page up for a tenth of a second."""
    _ = get_resolver().url_patterns  # loads every page
    gc.collect()
    gc.freeze()


def serve(listener: socket.socket) -> None:
    """Returns after SIGTERM or SIGINT, in the process that called it."""
    caller = os.getpid()
    try:
        Server(listener).run()
    except SystemExit as end:  # how gunicorn ends, also when all went well
        if os.getpid() != caller:
            # The forked worker: what our caller cleans up is not its own.
            os._exit(end.code if isinstance(end.code, int) else 1)
        if end.code:
            raise
