"""Reads both books for a person who sets a company up. Sends nothing, and of records takes only lists in."""

from __future__ import annotations

from tieout.kinds import KINDS
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.sync import report, run
from tieout.sync.hold import hold
from tieout.sync.models import Only, Policy, Run, Trigger
from tieout.sync.observing.census import read_pages


def turn(company: Company, trigger: Trigger | str, by: str = "", *, only: Only = (), wait: bool = True) -> Run:
    """What a company gets when its turn comes: a sync, or while it is being set up only this reading."""
    if is_for(company):
        return prepare(company, by, wait=wait)
    return run.sync(company, trigger, by, only=only, wait=wait)


def is_for(company: Company) -> bool:
    """Whether somebody is still setting the company up, and has chosen a date."""
    status = Connection.objects.filter(pk=company.pk).values_list("status", flat=True).first()
    return status == Connection.Status.SET_UP_UNFINISHED and Policy.objects.filter(company=company).exists()


def prepare(company: Company, by: str = "", *, wait: bool = True) -> Run:
    with hold(company, wait=wait) as lease, run.begun(company, lease, Trigger.CONNECT, by) as running:
        running.preferences()
        for kind in KINDS:
            running.show(kind, total=1)
            read_pages(running, [kind], since=None)
            if not kind.outward:
                run.look(running, [kind])
            running.show(kind, done=1)
        report.end(running, Run.Ending.DONE)
    return running.row


def finished(company: Company) -> bool:
    """Whether QuickBooks has been read for this set-up."""
    return Run.objects.filter(company=company, trigger=Trigger.CONNECT, ending=Run.Ending.DONE).exists()
