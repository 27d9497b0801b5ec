"""Histories in processes of their own, all of whose dice and hashes come from the seed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Report:
    seed: int
    steps: int
    broken: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the shrunken history
    kept: list[int] = field(default_factory=list)
    fingerprint: str = ""


class Many:
    def __init__(self, workers: int, mutant: str = "") -> None:
        # Sets of texts are walked in the same order in every process.
        os.environ["PYTHONHASHSEED"] = "0"
        self._workers = workers
        self._pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (mutant,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def live(self, seeds: Iterable[int]) -> Iterator[Report]:
        """As they end; no more are begun than there are workers, so that one may stop early."""
        left = iter(seeds)
        running: set[Future[Report]] = {self._pool.submit(_live, seed) for seed in islice(left, self._workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()
            running |= {self._pool.submit(_live, seed) for seed in islice(left, self._workers - len(running))}

    def again(self, seed: int, kept: Sequence[int] | None) -> Report:
        return self._pool.submit(_again, seed, kept).result()


def _begin(mutant: str) -> None:
    from tests.simulation import bench

    bench.set_up()


def _live(seed: int) -> Report:
    from tests.simulation.flavours import flavour_of
    from tests.simulation.history import live
    from tests.simulation.shrink import shrink

    flavour = flavour_of(seed)
    outcome = live(seed, flavour)
    if not outcome.broken:
        return Report(seed, outcome.steps, fingerprint=outcome.fingerprint)
    kept, least = shrink(seed, flavour, outcome.broken[0].promise)
    return Report(seed, outcome.steps, [str(each) for each in least.broken], least.lines, kept, outcome.fingerprint)


def _again(seed: int, kept: Sequence[int] | None) -> Report:
    from tests.simulation.flavours import flavour_of
    from tests.simulation.history import live

    outcome = live(seed, flavour_of(seed), kept)
    return Report(seed, outcome.steps, [str(each) for each in outcome.broken], outcome.lines, list(kept or []))
