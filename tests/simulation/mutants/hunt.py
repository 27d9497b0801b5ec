"""Lets one mistake loose in a process of its own, and lives histories until one catches it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.mutants.mutant import Mutant


@dataclass(frozen=True)
class Caught:
    name: str
    mistake: str
    seed: int | None
    broken: str
    histories: int
    seconds: float


def begin() -> None:
    from tests.simulation import bench

    bench.set_up()


def names() -> list[str]:
    from tests.simulation.mutants.all import MUTANTS

    return list(MUTANTS)


def seeds_known() -> list[int]:
    """By which some mistake is said to be caught."""
    from tests.simulation.mutants.all import MUTANTS

    return sorted({mutant.seeds[0] for mutant in MUTANTS.values() if mutant.seeds})


def hunt(name: str, first: int | None, most: int, known: Mapping[int, bool]) -> Caught:
    """The same histories and the same oracle as ever, on an engine with one mistake in it. `known`: of some seeds,
    whether they keep every promise without it."""
    from tests.simulation.flavours import flavour_of
    from tests.simulation.history import live
    from tests.simulation.mutants.all import MUTANTS

    mutant, began, lived = MUTANTS[name], time.monotonic(), 0
    for seed in islice(_seeds(mutant, first), most):
        lived += 1
        with mutant.alive():
            outcome = live(seed, flavour_of(seed))
        # What breaks without the mistake too does not show it.
        if outcome.broken and (known[seed] if seed in known else is_sound(seed)):
            return Caught(name, mutant.mistake, seed, str(outcome.broken[0]), lived, time.monotonic() - began)
    return Caught(name, mutant.mistake, None, "", lived, time.monotonic() - began)


@cache
def is_sound(seed: int) -> bool:
    from tests.simulation.flavours import flavour_of
    from tests.simulation.history import live

    return not live(seed, flavour_of(seed)).broken


def _seeds(mutant: Mutant, first: int | None) -> Iterator[int]:
    from tests.simulation.flavours import flavour_of

    if first is None:
        yield from mutant.seeds
    for seed in count(first or 0):
        known = first is None and seed in mutant.seeds
        if not known and mutant.flavour in (None, flavour_of(seed)):
            yield seed
