"""Lists what a run has to look at, of all kinds at once, so that a company in which nothing moved costs next to
nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Exists, Q

from tieout import clock
from tieout.kinds import KINDS, Kind
from tieout.subledger.models import Contact, Status
from tieout.subledger.values import ADAPTERS
from tieout.sync.models import Cursor, Link, Seen
from tieout.sync.running import Running

from .ends import has_link

PORTION = 500
T = TypeVar("T")
OUTWARD = tuple(kind for kind in KINDS if kind.outward)
CONTACTS = tuple(kind.entity for kind in KINDS if kind.name == "contact")


@dataclass(frozen=True)
class Listed:
    """What to look at of one kind. Listed before anything is carried out: what this run leaves undone is for the next
    one, which reads anew."""

    changed: Sequence[int] = ()  # our records
    pending: Sequence[str] = ()  # their objects
    due: Sequence[int] = ()  # links

    def __len__(self) -> int:
        return len(self.changed) + len(self.pending) + len(self.due)


def is_anything(run: Running) -> bool:
    """Whether the books have to be brought together at all."""
    pending = Seen.objects.filter(company=run.company, pending=True)
    due = Link.objects.of(run.company).filter(due=True)
    asked = Cursor.objects.filter(Exists(pending) | Exists(due), company=run.company)
    return run.cursor.in_full or bool(run.changed) or asked.exists()


def to_look_at(run: Running, kinds: Collection[Kind[Any]] = KINDS) -> list[tuple[Kind[Any], Listed]]:
    """Of those kinds of which there is anything, in their order."""
    entities = [kind.entity for kind in kinds]
    pending, due = _pending_there(run, entities), _due(run, entities)
    found = []
    for kind in kinds:
        listed = Listed(run.changed.get(kind.entity, ()), pending[kind.entity], due[kind.entity])
        if listed and run.only is not None and kind.outward:
            listed = _within(run, kind, listed, run.only)
        if listed:
            found.append((kind, listed))
    return found


def _within(run: Running, kind: Kind[Any], listed: Listed, only: Mapping[str, Collection[int]]) -> Listed:
    """Of it, what a run of some records alone looks at; the rest is for the next run."""
    records = only.get(kind.entity, ())
    rows = Link.objects.of(run.company).filter(entity=kind.entity, record_id__in=records)
    ends = rows.values_list("pk", "qbo_id")
    links, objects = {pk for pk, _ in ends}, {qbo_id for _, qbo_id in ends}
    return Listed(
        changed=[pk for pk in listed.changed if pk in records],
        pending=[id_ for id_ in listed.pending if id_ in objects],
        due=[pk for pk in listed.due if pk in links],
    )


def portions(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]


# Their objects, and links


def _pending_there(run: Running, entities: Sequence[str]) -> dict[str, list[str]]:
    seen = Seen.objects.filter(company=run.company, entity__in=entities)
    # Apart from each other, since what is pending has an index of its own.
    pending = list(seen.filter(pending=True).order_by("pk").values_list("entity", "qbo_id"))
    looked_at = seen.filter(pending=False).order_by("pk").values_list("entity", "qbo_id")
    if run.cursor.in_full:
        pending += looked_at.filter(~has_link(run))
    elif wanted := _wanted_there(run):
        pending += _unlinked(run, looked_at.filter(wanted))
    return _by_entity(pending)


def _unlinked(run: Running, objects: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    found = list(objects)
    links = Link.objects.of(run.company).filter(qbo_id__in={id_ for _, id_ in found}) if found else Link.objects.none()
    linked = set(links.values_list("entity", "qbo_id"))
    return [each for each in found if each not in linked]


def _wanted_there(run: Running) -> Q:
    """What documents name that are looked at."""
    asked = Q(entity__in=CONTACTS, qbo_id__in=run.wanted.contacts) if run.wanted.contacts else Q()
    for entity, ids in run.wanted.documents.items():
        asked |= Q(entity=entity, qbo_id__in=ids)
    return asked


def _due(run: Running, entities: Sequence[str]) -> dict[str, list[int]]:
    ready = Q(not_before__isnull=True) | Q(not_before__lte=clock.now())
    rows = Link.objects.of(run.company).filter(ready, entity__in=entities, due=True)
    return _by_entity(rows.order_by("pk").values_list("entity", "pk"))


def _by_entity(rows: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for entity, id_ in rows:
        found[entity].append(id_)
    return found


# Our records


def changed_here(run: Running) -> dict[str, list[int]]:
    """By entity, what changed since the last run but for what the sync itself took in."""
    since = 0 if run.cursor.in_full else run.cursor.ours
    found: dict[str, set[int]] = defaultdict(set)
    named: set[int] = set()
    for rows in portions(_touched(run, since) if since < run.ours_upto else []):
        links = _links_of(run, rows)
        for row in rows:
            for entity in _entities(row, links):
                found[entity].add(row.pk)
                if row.kind != "contact" and row.mark != Status.DRAFT:
                    named.add(row.whom)
    if unmet := _without_link(run, named):
        found["Customer"] |= unmet
    return {entity: sorted(changed) for entity, changed in found.items()}


class Touched(NamedTuple):
    kind: str
    pk: int
    version: int
    mark: str  # of a contact its type, of a document its status
    whom: int  # its contact


LinksOf = Mapping[tuple[str, int], tuple[bool, int]]
"""By entity and record: whether it is due, and the version it knows."""


def _touched(run: Running, since: int) -> list[Touched]:
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, {"company": run.company.pk, "since": since, "upto": run.ours_upto})
        return [Touched(*row) for row in cursor.fetchall()]


def _rows(model: type[Any]) -> str:
    mark, whom = ("type", "id") if model is Contact else ("status", "contact_id")
    return (
        f"SELECT '{model.kind}', id, version, {mark}, {whom} FROM {model._meta.db_table} "  # noqa: S608 - names of ours
        "WHERE company_id = %(company)s AND version > %(since)s AND version <= %(upto)s"
    )


# Of every run, and mostly of nothing: to have it put together each time costs more than all else of such a run.
TOUCHED = " UNION ALL ".join(map(_rows, dict.fromkeys(ADAPTERS[kind.entity].model for kind in OUTWARD)))


def _links_of(run: Running, rows: Sequence[Touched]) -> LinksOf:
    kinds, records = {row.kind for row in rows}, {row.pk for row in rows}
    links = Link.objects.of(run.company).filter(kind__in=kinds, record_id__in=records)
    ends = links.values_list("entity", "record_id", "due", "our_version")
    return {(entity, record): (due, version) for entity, record, due, version in ends if record is not None}


def _entities(row: Touched, links: LinksOf) -> Iterator[str]:
    """Where it is to be looked at. A contact is a Customer or a Vendor by its type; or both, once links say so."""
    for kind in OUTWARD:
        link = links.get((kind.entity, row.pk))
        is_one = kind.name == row.kind and (link is not None or ADAPTERS[kind.entity].keeps(row.mark))
        if is_one and link != (False, row.version):
            yield kind.entity


def _without_link(run: Running, contacts: set[int]) -> set[int]:
    """A contact takes part from its first document on, which does not change the contact."""
    linked = Link.objects.of(run.company).filter(kind="contact", qbo_id__isnull=False)
    for ids in portions(sorted(contacts)):
        contacts = contacts - set(linked.filter(record_id__in=ids).values_list("record_id", flat=True))
    return contacts
