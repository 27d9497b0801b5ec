"""Takes in what changed on both sides since the cursors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from tieout import clock
from tieout.kinds import KINDS, Kind
from tieout.quickbooks import reading
from tieout.quickbooks.errors import ReadFailed
from tieout.quickbooks.reading import Changes
from tieout.quickbooks.webhooks import inbox
from tieout.quickbooks.wire.answers import Object
from tieout.sync.carrying_out.results import HELD_BY_GUARDS
from tieout.sync.models import Cursor, Link, Trigger
from tieout.sync.running import Running

from . import daily
from .census import census_of_fewer, confirmed_gone, read_pages
from .taking_in import mark_deleted, take_in_all

OVERLAP = timedelta(minutes=5)  # a commit may carry an earlier time than our last read
CDC_REACHES = timedelta(days=29)  # Intuit's 30 days less one, for clocks that differ
SAFETY_READ = timedelta(hours=1)
UNASKED = (Trigger.AUTOMATIC, Trigger.WEBHOOK)
FOLLOWED = tuple(kind.entity for kind in KINDS if kind.in_cdc)
UNFOLLOWED = tuple(kind.entity for kind in KINDS if not kind.in_cdc)


def observe(run: Running) -> None:
    since = run.cursor.theirs
    if since is None or run.cursor.in_full or clock.now() - since > CDC_REACHES:
        _read_in_full(run)
    elif is_to_be_read(run, since):
        _read_changes(run, since)
    if run.only is None and daily.is_due(run):
        daily.check(run)


def is_to_be_read(run: Running, since: datetime) -> bool:
    """Where QuickBooks tells of changes, a call is spent only on what it told, on what will be written, on a person
    who asks, and once an hour lest something was not told."""
    unasked = run.row.trigger in UNASKED
    told = not inbox.are_on(run.company) or bool(inbox.hints(run.company))
    return not unasked or told or clock.now() - since >= OVERLAP + SAFETY_READ or bool(run.changed)


def _read_changes(run: Running, since: datetime) -> None:
    changes = _changes(run, since)
    deleted = {entity: _deleted_ids(rows) for entity, rows in changes.objects.items()}
    gone = {entity: confirmed_gone(run, entity, ids) for entity, ids in deleted.items() if ids}
    with run.lease.transaction():
        living = {kind.entity: _living(changes.objects[kind.entity]) for kind in _kinds_of(changes.objects)}
        take_in_all(run.company, living, changes.time)
        for entity, ids in gone.items():
            mark_deleted(run.company, entity, ids, changes.time)
        if not changes.full:
            _move_cursor(run, changes.time)
    if changes.full:
        _read_beyond_cap(run)


def _changes(run: Running, since: datetime) -> Changes:
    """Together with the preferences, which every write needs, where there is something to write."""
    if settings.BATCH_METERED_BY == "call" and (run.changed or _tries_again(run)):
        try:
            changes, preferences = reading.changes_and_preferences(run.client, FOLLOWED, since)
        except ReadFailed:
            pass  # that a batch takes both is known from Intuit's schema alone; one by one is sure
        else:
            run.know_preferences(preferences, changes.time)
            return changes
    return reading.changes(run.client, FOLLOWED, since)


def _tries_again(run: Running) -> bool:
    """What the guards held is judged anew in every run, and they need the preferences."""
    return Link.objects.of(run.company).filter(due=True, reason__in=HELD_BY_GUARDS).exists()


def _read_beyond_cap(run: Running) -> None:
    """A full answer proves nothing: every kind is asked for by itself, and counted, since queries show no deletions."""
    began = _their_time(run)
    kinds = [kind for kind in KINDS if kind.in_cdc]
    read_pages(run, kinds, since=run.cursor.theirs)
    census_of_fewer(run, kinds)
    with run.lease.transaction():
        _move_cursor(run, began)


def _their_time(run: Running) -> datetime:
    """By QuickBooks' clock, before what is read next."""
    run.preferences()
    return run.their_time or clock.now()


def _read_in_full(run: Running) -> None:
    began = _their_time(run)
    first_time = run.cursor.theirs is None
    read_pages(run, KINDS, since=None)
    if not first_time:
        census_of_fewer(run, KINDS)
    with run.lease.transaction():
        _move_cursor(run, began)
        daily.note(run)


def read_lists(run: Running) -> None:
    """Tax codes and rates: daily, and when one is named that is not known."""
    read_pages(run, [kind for kind in KINDS if not kind.in_cdc], since=None)


def _move_cursor(run: Running, time: datetime) -> None:
    run.cursor.theirs = time - OVERLAP
    Cursor.objects.filter(company=run.company).update(theirs=run.cursor.theirs)
    if inbox.is_open():
        # What was told of a later moment may not be visible yet; the next run reads once more for it.
        inbox.seen(inbox.hints(run.company).until(run.cursor.theirs))


def _kinds_of(objects: Iterable[str]) -> list[Kind[Any]]:
    wanted = set(objects)
    return [kind for kind in KINDS if kind.entity in wanted]


def _deleted_ids(rows: Sequence[Object]) -> list[str]:
    return [str(row["Id"]) for row in rows if row.get("status") == "Deleted"]


def _living(rows: Sequence[Object]) -> list[Object]:
    return [row for row in rows if row.get("status") != "Deleted"]
