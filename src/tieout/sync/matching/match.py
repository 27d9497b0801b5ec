"""Brings together what belongs together: both ends of each link that may have changed, and what is on one side only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tieout import clock
from tieout.kinds import Kind
from tieout.subledger.models import CreditNote, Invoice, Payment, Status
from tieout.subledger.values import ADAPTERS
from tieout.sync.models import Link, Seen
from tieout.sync.running import Running

from .ends import Pairs, Portion, bring_together, has_link

PORTION = 500


@dataclass(frozen=True)
class Listed:
    """What to look at of one kind. Listed before anything of it is carried out: what this run leaves undone is for
    the next one, which reads anew."""

    changed: list[int]  # our records
    pending: list[str]  # their objects
    due: list[int]  # links


def to_look_at(run: Running, kind: Kind[Any]) -> Listed:
    listed = Listed(changed_here(run, kind), _pending_there(run, kind), _due(run, kind))
    return listed if run.only is None or not kind.outward else _within(run, kind, listed, run.only)


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


def match(run: Running, kind: Kind[Any], listed: Listed) -> Iterator[Pairs]:
    """In portions, so that memory does not grow with the books."""
    done = Portion()
    for ids in _portions(listed.changed):
        yield done.noting(bring_together(run, kind, Portion(records=set(ids))))
    for ids in _portions(listed.pending):
        yield done.noting(bring_together(run, kind, Portion(objects=set(ids) - done.objects)))
    for ids in _portions(listed.due):
        yield done.noting(bring_together(run, kind, Portion(links=set(ids) - done.links)))


def linked(run: Running, kind: Kind[Any], listed: Listed) -> list[int]:
    """Of what is to be looked at, the links that have both ends."""
    rows = Link.objects.of(run.company).filter(entity=kind.entity, record_id__isnull=False, qbo_id__isnull=False)
    found: set[int] = set()
    for end, all_ids in (("record_id", listed.changed), ("qbo_id", listed.pending), ("pk", listed.due)):
        for ids in _portions(all_ids):
            found |= set(rows.filter(**{f"{end}__in": ids}).values_list("pk", flat=True))
    return sorted(found)


def of_links(run: Running, kind: Kind[Any], links: list[int]) -> Iterator[Pairs]:
    for ids in _portions(links):
        yield bring_together(run, kind, Portion(links=set(ids)))


# What to look at


def changed_here(run: Running, kind: Kind[Any]) -> list[int]:
    if not kind.outward:
        return []
    since = 0 if run.cursor.in_full else run.cursor.ours
    if since >= run.ours_upto:
        return []
    linked = Link.objects.of(run.company).filter(entity=kind.entity, record_id=OuterRef("pk"))
    rows = ADAPTERS[kind.entity].model.objects.of(run.company).filter(version__gt=since, version__lte=run.ours_upto)
    ours = Q(pk__in=ADAPTERS[kind.entity].records(run.company).values("pk")) | Exists(linked)
    versions = dict(rows.filter(ours).order_by("pk").values_list("pk", "version"))
    changed = versions.keys() - _known_at(run, kind, versions)
    return sorted(changed | _named_here(run, since) if kind.entity == "Customer" else changed)


def _known_at(run: Running, kind: Kind[Any], versions: dict[int, int]) -> set[int]:
    """Those whose link has already seen this very version: what the sync itself took in."""
    known: set[int] = set()
    rows = Link.objects.of(run.company).filter(entity=kind.entity, due=False).exclude(our_version=0)
    for ids in _portions(list(versions)):
        seen = rows.filter(record_id__in=ids).values_list("record_id", "our_version")
        known |= {pk for pk, version in seen if pk is not None and versions[pk] == version}
    return known


def _named_here(run: Running, since: int) -> set[int]:
    """A contact takes part from its first document on, which does not change the contact."""
    named: set[int] = set()
    for model in (Invoice, CreditNote, Payment):
        rows = model.objects.of(run.company).filter(version__gt=since, version__lte=run.ours_upto)
        named |= set(rows.exclude(status=Status.DRAFT).values_list("contact_id", flat=True))
    linked = Link.objects.of(run.company).filter(kind="contact", qbo_id__isnull=False)
    for ids in _portions(list(named)):
        named -= set(linked.filter(record_id__in=ids).values_list("record_id", flat=True))
    return named


def _pending_there(run: Running, kind: Kind[Any]) -> list[str]:
    rows = Seen.objects.filter(company=run.company, entity=kind.entity)
    asked: Any = Q(pending=True)
    if run.cursor.in_full:
        asked |= ~has_link(run, kind)
    if kind.name == "contact":
        asked |= Q(qbo_id__in=run.wanted.contacts) & ~has_link(run, kind)
    if ids := run.wanted.documents.get(kind.entity):
        asked |= Q(qbo_id__in=ids) & ~has_link(run, kind)
    return list(rows.filter(asked).order_by("pk").values_list("qbo_id", flat=True))


def _due(run: Running, kind: Kind[Any]) -> list[int]:
    ready = Q(not_before__isnull=True) | Q(not_before__lte=clock.now())
    rows = Link.objects.of(run.company).filter(ready, entity=kind.entity, due=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _portions(ids: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]
