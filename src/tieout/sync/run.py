"""One sync of one company, from reading both books to the report."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from tieout import clock
from tieout.kinds import KINDS, Kind
from tieout.quickbooks.connecting import outage
from tieout.quickbooks.connecting.connection import open_client
from tieout.quickbooks.errors import ConnectionTrouble, NotConnected, ReadFailed
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company

from .carrying_out.takes import take
from .carrying_out.writes import write
from .deciding.pair import Decision, State
from .deciding.plan import Plan, plans
from .hold import Lease, LeaseLost, hold
from .matching import merged
from .matching.ends import Pairs
from .matching.listed import changed_here, is_anything
from .matching.needed import needed
from .matching.scope import Scope
from .matching.wanted import wanted
from .models import Cursor, Only, Policy, Run, Trigger, pack
from .observing.observe import UNFOLLOWED, observe, read_lists
from .observing.settle import settle
from .report import broken, report, stopped
from .running import Running


def sync(
    company: Company,
    trigger: Trigger | str = Trigger.MANUAL,
    by: str = "",
    *,
    only: Only = (),
    wait: bool = True,
) -> Run:
    """Runs to the end. Waits for a run that is on, or raises hold.Busy at once.

    `only`: these records alone, with what they need; everything else waits for a run of its own.
    Raises ConnectionTrouble when QuickBooks cannot be worked with now; what was done until then is stored.
    """
    _check_set_up(company)
    with hold(company, wait=wait, for_all=not only) as lease, begun(company, lease, trigger, by) as run:
        limit(run, only)
        run.changed = changed_here(run)
        observe(run)
        settle(run)
        if is_anything(run):
            run.merges = merged.find(run)
            run.wanted = wanted(company, run.scope, in_full=run.cursor.in_full)
            look(run)
        if run.names_unknown_tax:
            read_lists(run)
            run.changed = changed_here(run)
            look(run)
        report(run)
    return run.row


def _check_set_up(company: Company) -> None:
    if Connection.objects.filter(pk=company.pk, status=Connection.Status.SET_UP_UNFINISHED).exists():
        raise NotConnected(f"The set-up of {company} is not finished. An owner goes on with it under Settings.")


def limit(run: Running, only: Only) -> None:
    """Before both books have been read in full, nothing can be told apart from its like, so nothing goes alone."""
    if only and run.cursor.theirs is not None and not run.cursor.in_full:
        run.only, run.row.only = needed(run.company, only), pack(only)
        run.row.save(update_fields=["only"])


def look(run: Running, kinds: Collection[Kind[Any]] = KINDS) -> None:
    for kind, pairs, plan in plans(run, kinds):
        carry_out(run, kind, pairs, plan)


def carry_out(run: Running, kind: Kind[Any], pairs: Pairs, plan: Plan) -> None:
    """Takes first, then writes; what had to be looked at has been then."""
    run.show(kind, total=len(plan))
    run.names_unknown_tax |= any(_waits_for_tax(decision) for decision in plan)
    left = take(run, plan, pairs)
    if left:
        write(run, left)
    run.show(kind, done=len(plan))


def _waits_for_tax(decision: Decision[Any]) -> bool:
    """Newly, so that a code which nobody has does not cost a read in every run."""
    new = decision.pair.link.state is not State.WAITING
    return new and decision.verdict.reason == "waits_for" and decision.verdict.facts["entity"] in UNFOLLOWED


@contextmanager
def begun(company: Company, lease: Lease, trigger: Trigger | str, by: str) -> Iterator[Running]:
    _end_abandoned(company)
    company.refresh_from_db()
    row = Run.objects.create(company=company, trigger=trigger, by=by)
    try:
        client = open_client(company)
    except ConnectionTrouble as trouble:
        _notbegun(row, trouble)
        outage.failed(company, trouble)
        raise
    with client:
        run = _running(company, lease, row, client)
        try:
            yield run
        except (ConnectionTrouble, ReadFailed) as trouble:
            stopped(run, type(trouble).__name__, str(trouble))
            outage.failed(company, trouble)
            raise
        except LeaseLost:
            raise  # whoever took it over reports
        except Exception as error:
            broken(run, error)
            raise
        outage.over(company)


def _running(company: Company, lease: Lease, row: Run, client: Any) -> Running:
    cursor = Cursor.objects.select_related("company__policy").get(company=company)
    policy: Policy = cursor.company.policy
    scope = Scope.of(policy)
    return Running(
        company=company,
        row=row,
        cursor=cursor,
        policy=policy,
        client=client,
        lease=lease,
        scope=scope,
        ours_upto=company.version,
    )


def _notbegun(row: Run, trouble: ConnectionTrouble) -> None:
    row.ending, row.ended_at = Run.Ending.STOPPED, clock.now()
    row.reason, row.details = type(trouble).__name__, str(trouble)
    row.save()


def _end_abandoned(company: Company) -> None:
    """We hold the lease, so a run that still reads as running has no process any more."""
    Run.objects.filter(company=company, ending=Run.Ending.RUNNING).update(
        ending=Run.Ending.BROKEN, ended_at=clock.now(), details="The process that ran it ended in the middle."
    )
