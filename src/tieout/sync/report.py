"""Ends a run: the cursor of our book stands behind what was looked at, and the result is stored."""

from __future__ import annotations

from contextlib import suppress

from tieout import clock
from tieout.quickbooks.errors import ReadFailed
from tieout.subledger.models import Company

from .carrying_out.backoff import pause
from .hold import LeaseLost
from .models import Cursor, Run
from .running import Running


def report(run: Running) -> None:
    with run.lease.transaction():
        if run.only is None:
            _move_on(run)
        end(run, Run.Ending.DONE)


def _move_on(run: Running) -> None:
    done = {"ours": run.ours_upto, "in_full": False, "tries": 0, "not_before": None}
    Cursor.objects.filter(company=run.company).update(**done)


def put_off(company: Company) -> None:
    """After a run that failed by itself; a connection has pauses of its own. By hand it runs at once."""
    tries = Cursor.objects.values_list("tries", flat=True).get(company=company) + 1
    not_before = clock.now() + pause(tries, str(company.pk))
    Cursor.objects.filter(company=company).update(tries=tries, not_before=not_before)


def stopped(run: Running, reason: str, details: str) -> None:
    """It could not go on now; the cursors stay, so the next run looks at the same again."""
    run.row.reason, run.row.details = reason, details
    with run.lease.transaction():
        end(run, Run.Ending.STOPPED)
        if reason == ReadFailed.__name__:
            put_off(run.company)


def broken(run: Running, error: Exception) -> None:
    """A mistake of ours ended it. It is said at once, and what was stored until then stands."""
    run.row.reason, run.row.details = "Bug", f"{type(error).__name__}: {error}"[:2000]
    with suppress(LeaseLost), run.lease.transaction():
        end(run, Run.Ending.BROKEN)
        put_off(run.company)


def end(run: Running, ending: Run.Ending) -> None:
    row = run.row
    row.ending, row.ended_at, row.kind = ending, clock.now(), ""
    row.calls_core, row.calls_core_plus = run.client.calls.core, run.client.calls.core_plus
    row.save()
