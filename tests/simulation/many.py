"""Histories in processes of their own, all of whose dice and hashes come from the seed."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self

from tests.simulation.hand import Hand, Lost

# A history takes seconds, and shrinking one that broke a promise a minute and a half.
LONGEST_S = 300.0


@dataclass(frozen=True)
class Report:
    seed: int
    steps: int
    broken: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the shrunken history
    kept: list[int] = field(default_factory=list)
    fingerprint: str = ""


Live = Callable[[int], Report]


class Many:
    """A history that hangs, or takes its process along, is one that broke a promise; the others go on."""

    def __init__(self, workers: int, live: Live | None = None, longest_s: float = LONGEST_S) -> None:
        # Sets of texts are walked in the same order in every process.
        os.environ["PYTHONHASHSEED"] = "0"
        self._hands = [Hand(live or live_and_shrink, longest_s) for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for hand in self._hands:
            hand.close()

    def live(self, seeds: Iterable[int]) -> Iterator[Report]:
        """As they end; no more are begun than there are workers, so that one may stop early."""
        left = iter(seeds)
        idle, lived = list(self._hands), dict[Hand[Report], int]()
        while True:
            for hand, seed in zip(idle, left, strict=False):
                hand.begin(seed)
                lived[hand] = seed
            if not lived:
                return
            ready = wait([hand.answers for hand in lived])
            idle = [hand for hand in lived if hand.answers in ready]
            for hand in idle:
                yield _report(hand, lived.pop(hand))


def _report(hand: Hand[Report], seed: int) -> Report:
    try:
        return hand.end()
    except Lost as lost:
        return Report(seed, 0, [f"hang or crash: {lost}"])


def live_and_shrink(seed: int) -> Report:
    _set_up()
    from tests.simulation.flavours import flavour_of
    from tests.simulation.history import live
    from tests.simulation.shrink import shrink

    flavour = flavour_of(seed)
    outcome = live(seed, flavour)
    if not outcome.broken:
        return Report(seed, outcome.steps, fingerprint=outcome.fingerprint)
    kept, least = shrink(seed, flavour, outcome.broken[0].promise)
    return Report(seed, outcome.steps, [str(each) for each in least.broken], least.lines, kept, outcome.fingerprint)


def again(seed: int, kept: Collection[int] | None) -> Report:
    """In a process of its own, for as long as it takes."""
    os.environ["PYTHONHASHSEED"] = "0"
    hand = Hand(_live_again, LONGEST_S)
    try:
        hand.begin(seed, kept)
        return _report(hand, seed)
    finally:
        hand.close()


def _live_again(seed: int, kept: Collection[int] | None) -> Report:
    _set_up()
    from tests.simulation.flavours import flavour_of
    from tests.simulation.history import live

    outcome = live(seed, flavour_of(seed), kept)
    return Report(seed, outcome.steps, [str(each) for each in outcome.broken], outcome.lines, list(kept or []))


@cache
def _set_up() -> None:
    from tests.simulation import bench

    bench.set_up()
