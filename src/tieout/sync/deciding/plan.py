"""What a run would do with some kinds, portion by portion: the same for a run, a set-up and a preview."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from tieout.kinds import KINDS, Kind
from tieout.sync.matching.ends import Pairs
from tieout.sync.matching.listed import to_look_at
from tieout.sync.matching.match import match
from tieout.sync.running import Running

from . import mass
from .decide import decide
from .pair import Decision

Plan = list[Decision[Any]]


def plans(run: Running, kinds: Collection[Kind[Any]] = KINDS) -> Iterator[tuple[Kind[Any], Pairs, Plan]]:
    """Each portion is decided when its turn comes, on what the ones before it have changed."""
    for kind, listed in to_look_at(run, kinds):  # what others refer to comes first
        guard = mass.guard(run, kind, listed)
        for pairs in match(run, kind, listed):
            yield kind, pairs, [guard.held(decision) for decision in decide(pairs, run.choices)]
