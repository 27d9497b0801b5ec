"""A history as plain data: what is done, in which order, from one seed.

Each step carries dice of its own, so it does the same whatever other steps are left out; what it finds to act on
may differ. A step may hold others: they happen in the middle of it, at its `at`-th point, or where it has written for
the `at`-th time.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

HOLDING = "run"
ANYWHERE, BEFORE_A_COMMIT = "", "before a commit"
BEFORE_A_WRITE, AFTER_A_WRITE = "before a write", "after a write"


@dataclass(frozen=True)
class Step:
    number: int
    act: str
    dice: int
    at: int = 0
    where: str = ""
    inner: tuple[Step, ...] = ()

    def chance(self) -> random.Random:
        return random.Random(self.dice)

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


@dataclass(frozen=True)
class Flavour:
    """How often each act comes, and how often something happens in the middle of a run."""

    weights: Mapping[str, int]
    interrupted: float = 0.4
    workers: Mapping[str, float] = field(default_factory=lambda: {"die": 0.5, "overtake": 0.25, "second worker": 0.12})
    """What happens to workers in the middle of a run, against all that people do there."""
    points: Sequence[tuple[str, int]] = ((ANYWHERE, 12), (AFTER_A_WRITE, 1))
    """Where in a run something happens, and how many such points it passes before, on average."""
    inner: Mapping[str, int] = field(default_factory=dict)
    """What happens more often in the middle of a run than elsewhere."""
    world: Mapping[str, Any] = field(default_factory=dict)
    """Answers to open questions about QuickBooks that are not left to the dice."""
    around: Sequence[str] = ()
    """What else there is: see `history.AROUND`."""
    length: int = 56


def history(seed: int, flavour: Flavour) -> list[Step]:
    """At least `flavour.length` steps, those inside others included."""
    chance = random.Random(f"history {seed}")
    steps: list[Step] = []
    number = 0
    while number < flavour.length:
        step, number = _step(chance, flavour, number)
        steps.append(step)
    return steps


def _step(chance: random.Random, flavour: Flavour, number: int) -> tuple[Step, int]:
    act = chance.choices(list(flavour.weights), list(flavour.weights.values()))[0]
    mine, number = number, number + 1
    inner: list[Step] = []
    if act == HOLDING and chance.random() < flavour.interrupted:
        for _ in range(chance.choice((1, 1, 2, 3))):
            inner.append(_inner_step(chance, flavour, number))
            number += 1
    where, mean = chance.choice(flavour.points)
    at = int(chance.expovariate(1 / mean)) if inner else 0
    return Step(mine, act, chance.getrandbits(32), at, where, tuple(inner)), number


def _inner_step(chance: random.Random, flavour: Flavour, number: int) -> Step:
    acts = {act: weight for act, weight in flavour.weights.items() if act not in (HOLDING, "die", "overtake")}
    acts |= flavour.inner
    everybody = sum(acts.values())
    acts |= {act: round(everybody * share) for act, share in flavour.workers.items()}
    act = chance.choices(list(acts), list(acts.values()))[0]
    return Step(number, act, chance.getrandbits(32))


def everything(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from everything(step.inner)


def only(steps: Sequence[Step], kept: Collection[int]) -> list[Step]:
    """What is left of a history; the inner steps of a step that is left out go with it."""
    return [replace(step, inner=tuple(only(step.inner, kept))) for step in steps if step.number in kept]
