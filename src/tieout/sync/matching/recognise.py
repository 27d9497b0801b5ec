"""Finds records and objects that nothing links and that may be the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from tieout.kinds import Kind
from tieout.kinds.kind import Likeness, Traits, V


@dataclass(frozen=True)
class Recognised:
    sure: dict[int, str] = field(default_factory=dict)  # our id -> theirs
    for_ours: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    for_theirs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def ask_about(self, ours: int) -> None:
        """However sure, a person decides."""
        if (theirs := self.sure.pop(ours, None)) is not None:
            self.for_ours[ours] = [theirs]
            self.for_theirs[theirs].append(ours)


@dataclass(frozen=True)
class Pool(Generic[V]):
    """What is free on both sides; ours with references in QuickBooks' ids."""

    ours: Mapping[int, V]
    theirs: Mapping[str, V]
    apart: frozenset[tuple[int, str]] = frozenset()
    """Pairs of which a person has said that they are not the same."""


def recognise(kind: Kind[V], pool: Pool[V], *, connecting: bool) -> Recognised:
    """A sure likeness links by itself only where it is the only one on either side. Two documents are surely one
    only while connecting: later a twin may be a second entry of one event, which a person must judge. What is void
    here comes after all that lives: it is the same only if nothing has taken its place."""
    found = Recognised()
    sure: list[tuple[int, str]] = []
    void: list[tuple[int, str]] = []
    for ours_id, their_id in _neighbours(kind, pool):
        if (ours_id, their_id) in pool.apart:
            continue
        likeness = kind.likeness(pool.ours[ours_id], pool.theirs[their_id])
        if likeness is Likeness.NONE:
            continue
        if getattr(pool.ours[ours_id], "void", False):
            void += [(ours_id, their_id)] if likeness is Likeness.SURE and connecting else []
            continue
        found.for_ours[ours_id].append(their_id)
        found.for_theirs[their_id].append(ours_id)
        if likeness is Likeness.SURE and (connecting or kind.has_active):
            sure.append((ours_id, their_id))
    _keep_unambiguous(found, sure)
    _keep_unambiguous(found, [each for each in void if each[1] not in found.for_theirs])
    return found


def _keep_unambiguous(found: Recognised, sure: list[tuple[int, str]]) -> None:
    """A sure one wins over mere candidates; two sure ones are both left to a person."""
    of_ours, of_theirs = _counted(ours for ours, _ in sure), _counted(theirs for _, theirs in sure)
    for ours, theirs in sure:
        if of_ours[ours] == of_theirs[theirs] == 1:
            found.sure[ours] = theirs
    taken = set(found.sure.values())
    for ours in list(found.for_ours):
        left = [theirs for theirs in found.for_ours[ours] if theirs not in taken]
        found.for_ours[ours] = [] if ours in found.sure else left
    for theirs in list(found.for_theirs):
        left_ours = [ours for ours in found.for_theirs[theirs] if ours not in found.sure]
        found.for_theirs[theirs] = [] if theirs in taken else left_ours


def _counted(ids: Iterable[Any]) -> Mapping[Any, int]:
    counts: dict[Any, int] = defaultdict(int)
    for id_ in ids:
        counts[id_] += 1
    return counts


def _neighbours(kind: Kind[V], pool: Pool[V]) -> Iterable[tuple[int, str]]:
    """Pairs that share a key, each once; comparing everything with everything would be quadratic."""
    by_key: dict[object, list[str]] = defaultdict(list)
    for their_id, values in pool.theirs.items():
        for key in _keys(kind.traits(values)):
            by_key[key].append(their_id)
    for ours_id, values in pool.ours.items():
        near = {their_id for key in _keys(kind.traits(values)) for their_id in by_key.get(key, [])}
        for their_id in sorted(near):
            yield ours_id, their_id


def _keys(traits: Traits) -> Iterator[object]:
    if traits.name:
        yield "name", traits.name
    for number in traits.numbers:
        yield "number", number
    if traits.contact:
        yield "contact and date", traits.contact, traits.date
        yield "contact and total", traits.contact, traits.total
