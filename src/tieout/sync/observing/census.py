"""Reading a kind in full, and finding what was deleted: queries show no deletions, so what is there is compared with
what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from tieout import clock
from tieout.kinds import Kind
from tieout.kinds.contact import ROLES
from tieout.quickbooks import reading
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Done, Object, Refused
from tieout.quickbooks.wire.faults import Next, next_step
from tieout.sync.models import Seen
from tieout.sync.running import Running

from .taking_in import mark_deleted, take_in, take_in_all

TOGETHER = 500  # objects


def read_pages(run: Running, kinds: Iterable[Kind[Any]], since: datetime | None) -> None:
    """What comes is stored as soon as it is much, so that kinds of which there is little cost one transaction."""
    read: dict[str, list[Object]] = {}
    began = clock.now()
    for kind in kinds:
        for page in filter(None, reading.pages(run.client, kind.entity, since)):
            read.setdefault(kind.entity, []).extend(page)
            if sum(map(len, read.values())) >= TOGETHER:
                _store(run, read, began)
                read, began = {}, clock.now()
    _store(run, read, began)


def _store(run: Running, read: Mapping[str, Sequence[Object]], read_at: datetime) -> None:
    if read:
        with run.lease.transaction():
            take_in_all(run.company, read, read_at)


EVEN_INACTIVE = "Active IN (true, false)"


def can_vanish(kind: Kind[Any]) -> bool:
    """Entries of lists are made inactive, never deleted; but of two names that are merged one may be gone."""
    return kind.in_cdc and (kind.entity in ROLES or not kind.has_active)


def counted(kind: Kind[Any]) -> str:
    """The condition under which all that are known are counted."""
    return EVEN_INACTIVE if kind.has_active else ""


def known_numbers(run: Running) -> Mapping[str, int]:
    """By entity."""
    living = Seen.objects.filter(company=run.company, deleted=False).order_by()
    return defaultdict(int, living.values_list("entity").annotate(Count("pk")))


def _living(run: Running, kind: Kind[Any]) -> QuerySet[Seen]:
    return Seen.objects.filter(company=run.company, entity=kind.entity, deleted=False)


def census_of_fewer(run: Running, kinds: Iterable[Kind[Any]]) -> None:
    known = known_numbers(run)
    for kind in filter(can_vanish, kinds):
        if known[kind.entity] and reading.count(run.client, kind.entity, counted(kind)) < known[kind.entity]:
            census(run, kind)


def census(run: Running, kind: Kind[Any]) -> None:
    """By all ids of the kind; each that is missing is confirmed by a read."""
    there = reading.ids(run.client, kind.entity)
    gone = [id_ for id_ in _living(run, kind).values_list("qbo_id", flat=True) if id_ not in there]
    confirmed = confirmed_gone(run, kind.entity, gone)
    with run.lease.transaction():
        mark_deleted(run.company, kind.entity, confirmed, clock.now())


def confirmed_gone(run: Running, entity: str, ids: Sequence[str]) -> list[str]:
    """A delete is the costliest misreading, so each is read once more; also what was never seen, lest it never is."""
    known = Seen.objects.filter(company=run.company, entity=entity, qbo_id__in=ids, deleted=True)
    already = set(known.values_list("qbo_id", flat=True))
    wanted = [id_ for id_ in ids if id_ not in already]
    answers = run.client.send([requests.read(entity, id_) for id_ in wanted])
    run.client.check()
    alive = [answer.object for answer in answers if isinstance(answer, Done)]
    with run.lease.transaction():
        take_in(run.company, entity, alive, clock.now())
    return [id_ for id_, answer in zip(wanted, answers, strict=True) if _says_gone(answer)]


def _says_gone(answer: object) -> bool:
    return isinstance(answer, Refused) and next_step(answer.fault) is Next.NOT_FOUND
