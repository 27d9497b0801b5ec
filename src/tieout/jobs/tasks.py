"""What a worker does, as Procrastinate knows it. Imported by workers only, which PostgreSQL alone has."""

from __future__ import annotations

from django.conf import settings
from procrastinate import App, JobContext
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import DjangoApp
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from . import due, queue, running

SCHEDULE, TAKE_BACK = "tieout.schedule", "tieout.take_back"
OFTEN = "* * * * * */10"  # the last column is seconds
FIRST = 100  # a worker that is busy does these before any further run


def app_on(connector: BaseConnector) -> App:
    app = DjangoApp(connector=connector)
    app.task(name=queue.RUN)(run)
    often = app.periodic(cron=OFTEN)
    often(app.task(name=SCHEDULE, queueing_lock=SCHEDULE, priority=FIRST)(schedule))
    often(app.task(name=TAKE_BACK, queueing_lock=TAKE_BACK, priority=FIRST, pass_context=True)(take_back))
    return app


def run(company: int) -> None:
    """Nothing to do if another runner was faster."""
    if job := due.claim_of(company):
        running.run(job)


def schedule(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives it to whatever is periodic
    """Also of those who were woken just when a run of theirs began, or when another process held them."""
    for company_id in due.now_due():
        queue.enqueue(company_id, queue.DUE)


async def take_back(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Jobs of workers whose heart stopped. Should one only have slept, the lease's fence keeps it from writing."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=settings.LEASE_S):
        try:
            await jobs.retry_job(job)
        except ConnectorException:  # the same is waiting already
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
