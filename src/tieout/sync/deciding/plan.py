"""What a run would do with one kind, portion by portion: the same for a run, a set-up and a preview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tieout.kinds import Kind
from tieout.sync.matching.ends import Pairs
from tieout.sync.matching.match import match, to_look_at
from tieout.sync.running import Running

from . import mass
from .decide import decide
from .pair import Decision

Plan = list[Decision[Any]]


def plans(run: Running, kind: Kind[Any]) -> Iterator[tuple[Pairs, Plan]]:
    """Each portion is decided when its turn comes, on what the ones before it have changed."""
    listed = to_look_at(run, kind)
    guard = mass.guard(run, kind, listed)
    for pairs in match(run, kind, listed):
        yield pairs, [guard.held(decision) for decision in decide(pairs, run.choices)]
