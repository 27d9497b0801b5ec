"""What the oracle lets the engine do once a person has taken a run back: an object gets the values that it had before,
or it is voided or deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.simulation.books import VOID


@dataclass(frozen=True)
class TakenBack:
    act: str
    held: Mapping[str, Sequence[Any]]
    """By group, all that the object had held until then."""

    def allows(self, group: str, value: Any) -> bool:
        if group == VOID:
            return bool(value) and self.act == "void"
        return value in self.held.get(group, ())

    @property
    def allows_deletion(self) -> bool:
        return self.act == "delete"


NOT_TAKEN_BACK = TakenBack("", {})
