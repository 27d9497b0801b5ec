"""Takes in what documents name, so that documents can be entered or imported before the first sync."""

from __future__ import annotations

from tieout.kinds import KINDS
from tieout.subledger.models import Company
from tieout.sync import report, run
from tieout.sync.hold import hold
from tieout.sync.models import Run, Trigger
from tieout.sync.observing.census import read_pages


def take_in_lists(company: Company, by: str = "") -> Run:
    """Accounts, items, terms, tax codes and the like. Moves no cursor: the first sync still matches in full."""
    with hold(company, wait=True) as lease, run.begun(company, lease, Trigger.CONNECT, by) as running:
        for kind in KINDS:
            if not kind.outward:
                read_pages(running, [kind], since=None)
                run.look(running, [kind])
        report.end(running, Run.Ending.DONE)
    return running.row
