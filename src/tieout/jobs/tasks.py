"""What a worker does, as Procrastinate knows it. Imported by workers only, which PostgreSQL alone has."""

from __future__ import annotations

import asyncio
import logging

from django.conf import settings
from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import DjangoApp
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from . import due, queue, running, tending

SCHEDULE = "tieout.schedule"
TEND = "tieout.tend"
EACH_MINUTE = "* * * * *"
OFTEN = "* * * * * */10"  # the last column is seconds
FIRST = 100  # a worker that is busy does it before any further run

log = logging.getLogger(__name__)


def app_on(connector: BaseConnector) -> App:
    app = DjangoApp(connector=connector)
    app.task(name=queue.RUN)(run)
    app.periodic(cron=OFTEN)(app.task(name=SCHEDULE, queueing_lock=SCHEDULE, priority=FIRST)(schedule))
    app.periodic(cron=EACH_MINUTE)(app.task(name=TEND, queueing_lock=TEND, priority=FIRST)(tend))
    return app


def tend(timestamp: int) -> None:  # noqa: ARG001
    tending.tend()


def run(company: int) -> None:
    """Nothing to do if another runner was faster."""
    if job := due.claim_of(company):
        running.run(job)


def schedule(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives it to whatever is periodic
    """Also of those who were woken just when a run of theirs began, or when another process held them."""
    for company_id in due.now_due():
        queue.enqueue(company_id, queue.DUE)


async def keep_taking_back(jobs: JobManager) -> None:
    """Each worker for all others, and beside its own runs, since all of these may be long."""
    while True:
        await take_back(jobs)
        await asyncio.sleep(settings.LEASE_S / 3)


async def take_back(jobs: JobManager) -> None:
    """Jobs of workers whose heart stopped. Should one only have slept, the lease's fence keeps it from writing."""
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=silence_s()):
        try:
            await jobs.retry_job(job)
        except UniqueViolation:  # the same waits already
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
        except ConnectorException:
            log.info("Another worker was faster to take job %s back.", job.id)


def silence_s() -> float:
    """After this the lease of a dead worker's run has run out too: heart and lease are renewed thrice in it."""
    return settings.LEASE_S * 4 / 3
