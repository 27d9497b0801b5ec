"""Lists what a run has to look at, of all kinds at once, so that a company in which nothing moved costs next to
nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from tieout import clock
from tieout.kinds import KINDS, Kind
from tieout.subledger.models import Status
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
    pending = [seen.filter(pending=True)]
    # Apart from each other, since what is pending has an index of its own.
    if run.cursor.in_full:
        pending.append(seen.filter(~has_link(run), pending=False))
    elif wanted := _wanted_there(run):
        pending.append(seen.filter(wanted, ~has_link(run), pending=False))
    return _by_entity(row for rows in pending for row in rows.order_by("pk").values_list("entity", "qbo_id"))


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
    kinds = _touched(run, since) if since < run.ours_upto else ()
    rows = [_changed(run, kind, since).values_list(Value(kind.entity), "pk") for kind in kinds]
    found = _by_entity(rows[0].union(*rows[1:], all=True) if rows else ())
    if named := _named_here(run, found):
        found["Customer"] += named - set(found["Customer"])
    return {entity: sorted(changed) for entity, changed in found.items()}


def _since(run: Running, model: type[Any], since: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.of(run.company).filter(version__gt=since, version__lte=run.ours_upto)
    return rows.order_by()


def _touched(run: Running, since: int) -> list[Kind[Any]]:
    """Asked first, since most runs find most kinds as they were."""
    models = dict.fromkeys(ADAPTERS[kind.entity].model for kind in OUTWARD)
    first, *others = (_since(run, model, since).values_list(Value(model.__name__), flat=True) for model in models)
    touched = set(first.union(*others))
    return [kind for kind in OUTWARD if ADAPTERS[kind.entity].model.__name__ in touched]


def _changed(run: Running, kind: Kind[Any], since: int) -> QuerySet[Any]:
    adapter = ADAPTERS[kind.entity]
    links = Link.objects.of(run.company).filter(kind=kind.name, entity=kind.entity, record_id=OuterRef("pk"))
    rows = _since(run, adapter.model, since)
    if kind.entity in CONTACTS:  # a Customer or a Vendor by its type; or both, once links say so
        rows = rows.filter(Q(pk__in=adapter.records(run.company).values("pk")) | Exists(links))
    return rows.exclude(Exists(links.filter(due=False, our_version=OuterRef("version"))))


def _named_here(run: Running, changed: Mapping[str, Sequence[int]]) -> set[int]:
    """A contact takes part from its first document on, which does not change the contact."""
    named: set[int] = set()
    for kind in OUTWARD:
        for ids in portions(changed.get(kind.entity, ())) if kind.entity not in CONTACTS else ():
            rows = ADAPTERS[kind.entity].model.objects.of(run.company).filter(pk__in=ids)
            named |= set(rows.exclude(status=Status.DRAFT).values_list("contact_id", flat=True))
    linked = Link.objects.of(run.company).filter(kind="contact", qbo_id__isnull=False)
    for ids in portions(sorted(named)):
        named -= set(linked.filter(record_id__in=ids).values_list("record_id", flat=True))
    return named
