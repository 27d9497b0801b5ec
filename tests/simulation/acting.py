"""What every act of a person has at hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from tests.simulation.world import World

from tieout.subledger.models import Company, Item

NAMES = [f"Person {n}" for n in range(12)]


class Nothing(Exception):
    """There is nothing yet that this could be done to, so it was no step."""


@dataclass
class Acting:
    world: World
    chance: random.Random
    number: int

    @property
    def company(self) -> Company:
        return self.world.company

    @property
    def item(self) -> Item:
        return self.world.item

    @property
    def tag(self) -> str:
        """Marks what this step enters, in a text that nobody edits: by it two copies are known as one."""
        return f"T{self.number}"

    def one(self, among: Any) -> Any:
        listed = list(among)
        if not listed:
            raise Nothing
        return self.chance.choice(listed)

    def words(self) -> str:
        return f"{self.chance.randint(100, 999)} {self.chance.randint(1000, 9999)}"

    def name(self) -> str:
        return self.chance.choice(NAMES)

    def amount(self) -> str:
        return f"{self.chance.randint(1, 300)}.{self.chance.randint(0, 99):02}"

    def day(self) -> date:
        return self.world.today - timedelta(days=self.chance.choice((0, 0, 0, 0, 1, 5, 20)))


Act: TypeAlias = Callable[[Acting], str]
"""Answers what was done, in a few words. Raises Nothing, or what either book says when it refuses."""
