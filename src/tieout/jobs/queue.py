"""Wake-ups for workers on other machines: rows in PostgreSQL that commit with what caused them. See `workers`."""

from __future__ import annotations

from contextlib import suppress

from django.db import connection, transaction

RUN = "tieout.run"
WOKEN, DUE = 10, 0  # who asked for a run gets it before those whose time has merely come


def is_there() -> bool:
    return connection.vendor == "postgresql"


def enqueue(company_id: int, priority: int) -> None:
    """At most one waits per company, beside the one that runs. Without PostgreSQL the embedded runner looks itself."""
    if not is_there():
        return
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    lock = f"company {company_id}"
    job = app.configure_task(RUN, lock=lock, queueing_lock=lock, priority=priority)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(company=company_id)
