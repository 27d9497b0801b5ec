"""Once a day, in one call: what change data capture leaves out or may have missed.

It leaves out tax codes and rates; and a deletion that it missed shows in the number of documents there are.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tieout import clock
from tieout.kinds import KINDS, Kind
from tieout.quickbooks.reading import PAGE
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Done
from tieout.sync.running import Running

from .census import can_vanish, census, counted, known_numbers, read_pages
from .taking_in import take_in

DAY = timedelta(days=1)
COUNTED = [kind for kind in KINDS if can_vanish(kind)]
LISTED = [kind for kind in KINDS if not kind.in_cdc]


def is_due(run: Running) -> bool:
    at = run.cursor.checked_at
    return at is None or clock.now() - at >= DAY


def note(run: Running) -> None:
    """All has just been read in full, which a check could not better."""
    run.cursor.checked_at = clock.now()
    run.cursor.save(update_fields=["checked_at"])


def check(run: Running) -> None:
    answers = _ask(run)
    for kind, answer in zip(LISTED, answers[len(COUNTED) :], strict=True):
        _take_in_list(run, kind, answer)
    known = known_numbers(run)
    for kind, answer in zip(COUNTED, answers, strict=False):
        if answer.count != known[kind.entity]:
            read_pages(run, [kind], since=None)
            census(run, kind)
    with run.lease.transaction():
        note(run)


def _ask(run: Running) -> list[Done]:
    counts = [requests.query(_number_of(kind)) for kind in COUNTED]
    lists = [requests.query(_all_of(kind)) for kind in LISTED]
    return run.client.get_together([*counts, *lists])


def _number_of(kind: Kind[Any]) -> str:
    condition = f" WHERE {counted(kind)}" if counted(kind) else ""
    return f"SELECT count(*) FROM {kind.entity}{condition}"  # noqa: S608 - names of ours


def _all_of(kind: Kind[Any]) -> str:
    return f"SELECT * FROM {kind.entity} WHERE Active IN (true, false) MAXRESULTS {PAGE}"  # noqa: S608 - names of ours


def _take_in_list(run: Running, kind: Kind[Any], answer: Done) -> None:
    if len(answer.rows) == PAGE:
        read_pages(run, [kind], since=None)
        return
    with run.lease.transaction():
        take_in(run.company, kind.entity, answer.rows, clock.now())
