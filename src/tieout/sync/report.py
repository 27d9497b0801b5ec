"""Ends a run: both cursors stand behind what was looked at, and the result is stored."""

from __future__ import annotations

from tieout import clock

from .models import Cursor, Run
from .running import Running


def report(run: Running) -> None:
    with run.lease.transaction():
        Cursor.objects.filter(company=run.company).update(ours=run.ours_upto, in_full=False)
        end(run, Run.Ending.DONE)


def stopped(run: Running, reason: str, details: str) -> None:
    """It could not go on now; the cursors stay, so the next run looks at the same again."""
    run.row.reason, run.row.details = reason, details
    with run.lease.transaction():
        end(run, Run.Ending.STOPPED)


def end(run: Running, ending: Run.Ending) -> None:
    row = run.row
    row.ending, row.ended_at, row.kind = ending, clock.now(), ""
    row.calls_core, row.calls_core_plus = run.client.calls.core, run.client.calls.core_plus
    row.save()
