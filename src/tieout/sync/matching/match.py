"""Brings together what belongs together: both ends of each link that may have changed, and what is on one side only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tieout.kinds import Kind
from tieout.sync.models import Link
from tieout.sync.running import Running

from .ends import Pairs, Portion, bring_together
from .listed import Listed, portions


def match(run: Running, kind: Kind[Any], listed: Listed) -> Iterator[Pairs]:
    """In portions, so that memory does not grow with the books."""
    done = Portion()
    for portion in _portions(listed):
        portion.objects -= done.objects
        portion.links -= done.links
        if portion:
            yield done.noting(bring_together(run, kind, portion))


def _portions(listed: Listed) -> Iterator[Portion]:
    ends: list[tuple[str, Any]] = [("records", pk) for pk in listed.changed]
    ends += [("objects", id_) for id_ in listed.pending]
    ends += [("links", pk) for pk in listed.due]
    for part in portions(ends):
        yield Portion(*({id_ for end, id_ in part if end == name} for name in ("records", "objects", "links")))


def linked(run: Running, kind: Kind[Any], listed: Listed) -> list[int]:
    """Of what is to be looked at, the links that have both ends."""
    rows = Link.objects.of(run.company).filter(entity=kind.entity, record_id__isnull=False, qbo_id__isnull=False)
    found: set[int] = set()
    for portion in _portions(listed):
        found |= set(rows.filter(portion.named).values_list("pk", flat=True))
    return sorted(found)


def of_links(run: Running, kind: Kind[Any], links: list[int]) -> Iterator[Pairs]:
    for ids in portions(links):
        yield bring_together(run, kind, Portion(links=set(ids)))
