"""Takes in what changed on both sides since the cursors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tieout import clock
from tieout.kinds import KINDS, Kind
from tieout.quickbooks import reading, requests
from tieout.quickbooks.answers import Done, Object, Refused
from tieout.quickbooks.faults import Next, next_step

from .models import Cursor, Seen
from .running import Running
from .taking_in import mark_deleted, take_in

OVERLAP = timedelta(minutes=5)  # a commit may carry an earlier time than our last read
CDC_REACHES = timedelta(days=29)  # Intuit's 30 days less one, for clocks that differ
LISTS_LAST = timedelta(days=1)  # what cdc leaves out is read so often
FOLLOWED = tuple(kind.entity for kind in KINDS if kind.in_cdc)
UNFOLLOWED = tuple(kind.entity for kind in KINDS if not kind.in_cdc)


def observe(run: Running) -> None:
    since = run.cursor.theirs
    if since is None or run.cursor.in_full or clock.now() - since > CDC_REACHES:
        _read_in_full(run)
    else:
        _read_changes(run, since)
    _read_unfollowed_lists(run)


def _read_changes(run: Running, since: datetime) -> None:
    changes = reading.changes(run.client, FOLLOWED, since)
    deleted = {entity: _deleted_ids(rows) for entity, rows in changes.objects.items()}
    gone = {entity: _confirmed_gone(run, entity, ids) for entity, ids in deleted.items() if ids}
    with run.lease.transaction():
        for kind in _kinds_of(changes.objects):
            take_in(run.company, kind.entity, _living(changes.objects[kind.entity]), changes.time)
        for entity, ids in gone.items():
            mark_deleted(run.company, entity, ids, changes.time)
        if not changes.full:
            _move_cursor(run, changes.time)
    if changes.full:
        _read_beyond_cap(run)


def _read_beyond_cap(run: Running) -> None:
    """A full answer proves nothing: every kind is asked for by itself, and counted, since queries show no deletions."""
    began = _their_time(run)
    for kind in KINDS:
        if kind.in_cdc:
            read_pages(run, kind, since=run.cursor.theirs)
            _census_if_fewer(run, kind)
    with run.lease.transaction():
        _move_cursor(run, began)


def _their_time(run: Running) -> datetime:
    """By QuickBooks' clock, before what is read next."""
    run.preferences()
    return run.their_time or clock.now()


def _read_in_full(run: Running) -> None:
    began = _their_time(run)
    first_time = run.cursor.theirs is None
    for kind in KINDS:
        read_pages(run, kind, since=None)
        if not first_time:
            _census_if_fewer(run, kind)
    with run.lease.transaction():
        _move_cursor(run, began)
        run.cursor.lists_read_at = clock.now()
        run.cursor.save(update_fields=["lists_read_at"])


def _read_unfollowed_lists(run: Running) -> None:
    read_at = run.cursor.lists_read_at
    if read_at is not None and clock.now() - read_at < LISTS_LAST:
        return
    read_lists(run)


def read_lists(run: Running) -> None:
    """Tax codes and rates: daily, and when one is named that is not known."""
    for kind in KINDS:
        if not kind.in_cdc:
            read_pages(run, kind, since=None)
    with run.lease.transaction():
        run.cursor.lists_read_at = clock.now()
        run.cursor.save(update_fields=["lists_read_at"])


def read_pages(run: Running, kind: Kind[Any], since: Any) -> None:
    for page in reading.pages(run.client, kind.entity, since):
        with run.lease.transaction():
            take_in(run.company, kind.entity, page, clock.now())


def _census_if_fewer(run: Running, kind: Kind[Any]) -> None:
    living = Seen.objects.filter(company=run.company, entity=kind.entity, deleted=False)
    known = living.count()
    if known == 0 or kind.has_active:
        return  # entries of lists are made inactive, never deleted
    if reading.count(run.client, kind.entity) >= known:
        return
    there = reading.ids(run.client, kind.entity)
    gone = [id_ for id_ in living.values_list("qbo_id", flat=True) if id_ not in there]
    confirmed = _confirmed_gone(run, kind.entity, gone)
    with run.lease.transaction():
        mark_deleted(run.company, kind.entity, confirmed, clock.now())


def _confirmed_gone(run: Running, entity: str, ids: Sequence[str]) -> list[str]:
    """A delete is the costliest misreading, so each that concerns us is read once more."""
    known = Seen.objects.filter(company=run.company, entity=entity, qbo_id__in=ids, deleted=False)
    wanted = list(known.values_list("qbo_id", flat=True))
    answers = run.client.send([requests.read(entity, id_) for id_ in wanted])
    run.client.check()
    alive = [answer.object for answer in answers if isinstance(answer, Done)]
    with run.lease.transaction():
        take_in(run.company, entity, alive, clock.now())
    return [id_ for id_, answer in zip(wanted, answers, strict=True) if _says_gone(answer)]


def _says_gone(answer: object) -> bool:
    return isinstance(answer, Refused) and next_step(answer.fault) is Next.NOT_FOUND


def _move_cursor(run: Running, time: Any) -> None:
    run.cursor.theirs = time - OVERLAP
    Cursor.objects.filter(company=run.company).update(theirs=run.cursor.theirs)


def _kinds_of(objects: Iterable[str]) -> list[Kind[Any]]:
    wanted = set(objects)
    return [kind for kind in KINDS if kind.entity in wanted]


def _deleted_ids(rows: Sequence[Object]) -> list[str]:
    return [str(row["Id"]) for row in rows if row.get("status") == "Deleted"]


def _living(rows: Sequence[Object]) -> list[Object]:
    return [row for row in rows if row.get("status") != "Deleted"]
