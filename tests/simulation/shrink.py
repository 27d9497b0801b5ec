"""Leaves out of a broken history whatever it breaks without (delta debugging)."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.simulation import steps
from tests.simulation.history import Outcome, live
from tests.simulation.steps import Flavour

LONGEST_S = 90.0


def shrink(seed: int, flavour: Flavour, promise: str) -> tuple[list[int], Outcome]:
    """The numbers of the steps that are left, and what they come to."""
    numbers = [step.number for step in steps.everything(steps.history(seed, flavour))]
    found: list[Outcome] = []

    def breaks(kept: list[int]) -> bool:
        outcome = live(seed, flavour, set(kept))
        broken = any(each.promise == promise for each in outcome.broken)
        if broken:
            found.append(outcome)
        return broken

    kept = least(numbers, breaks, deadline=time.monotonic() + LONGEST_S)
    return kept, found[-1] if found else live(seed, flavour)


def least(numbers: list[int], breaks: Callable[[list[int]], bool], deadline: float) -> list[int]:
    """What came last is left out first: it was most likely lived after the harm was done."""
    size = len(numbers)
    while size >= 1 and time.monotonic() < deadline:
        for start in reversed(range(0, len(numbers), size)):
            without = numbers[:start] + numbers[start + size :]
            if time.monotonic() < deadline and len(without) < len(numbers) and breaks(without):
                numbers = without
        size = size // 2 if size > 1 else 0
    return numbers
