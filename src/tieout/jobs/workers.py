"""A worker among many: Procrastinate over PostgreSQL, which wakes it, and hands out what is due."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import suppress

from django.conf import settings
from procrastinate import App
from procrastinate.contrib.django import app as on_django

from . import tasks
from .embedded import POLL_S, THREADS

AGAIN_AFTER_S = 2.0

log = logging.getLogger(__name__)


def work(patience_s: float) -> None:
    """Until SIGTERM or SIGINT; then for the runs that are on, but no longer than that."""
    asyncio.run(_work(patience_s))


async def _work(patience_s: float) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    keeping_on = asyncio.create_task(_keep_on())
    await stopping.wait()
    # A run has no safe place to be cut; what takes longer is taken over after its lease.
    asyncio.get_running_loop().call_later(patience_s, os._exit, 0)
    keeping_on.cancel()
    with suppress(asyncio.CancelledError):
        await keeping_on


async def _keep_on() -> None:
    """It ends by itself when PostgreSQL goes away, or forgot it while it slept."""
    while True:
        try:
            await _until_it_ends(tasks.app_on(on_django.connector.get_worker_connector()))  # type: ignore[attr-defined]
        except Exception:
            log.exception("The worker could not go on; it tries again.")
        await asyncio.sleep(AGAIN_AFTER_S)


async def _until_it_ends(app: App) -> None:
    async with app.open_async(), asyncio.TaskGroup() as group:
        taking_back = group.create_task(tasks.keep_taking_back(app.job_manager))
        await app.run_worker_async(
            name="tieout",
            concurrency=THREADS,
            fetch_job_polling_interval=POLL_S,
            update_heartbeat_interval=settings.LEASE_S / 3,
            stalled_worker_timeout=tasks.silence_s(),
            delete_jobs="always",
            install_signal_handlers=False,
        )
        taking_back.cancel()
