from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import structlog
from django.db import connection, transaction

from tieout import clock
from tieout.subledger.models import Company, User
from tieout.sync.models import Task

from . import acts, comparing

log = structlog.get_logger(__name__)

WORK: dict[str, Callable[[Task], None]] = {
    Task.What.TIE_OUT: comparing.compare,
    Task.What.UNLINK: acts.unlink,
    Task.What.RELINK: acts.relink,
    Task.What.TRY_AGAIN: acts.try_again,
}


def begin(company: Company, what: Task.What, by: User, **asked: Any) -> Task:
    """Starts once the caller's transaction is committed."""
    task = Task.objects.create(company=company, what=what, by=by, asked=asked, total=len(asked.get("links", ())))
    transaction.on_commit(lambda: spawn(task.pk))
    return task


def spawn(task_id: int) -> None:
    threading.Thread(target=_alone, args=(task_id,), name=f"task {task_id}", daemon=True).start()


def _alone(task_id: int) -> None:
    try:
        carry_out(task_id)
    finally:
        connection.close()


def carry_out(task_id: int) -> None:
    task = Task.objects.select_related("company", "by").get(pk=task_id)
    task.state = Task.State.DONE
    try:
        WORK[task.what](task)
    except Exception:
        log.exception("task broke off", task=task.pk, what=task.what, company=task.company_id)
        task.state = Task.State.BROKEN
    task.ended_at = task.moved_at = clock.now()
    task.save()


def latest(company: Company, what: Task.What, *, done: bool = False) -> Task | None:
    tasks = Task.objects.filter(company=company, what=what)
    tasks = tasks.filter(state=Task.State.DONE) if done else tasks
    return tasks.order_by("-started_at", "-pk").first()
