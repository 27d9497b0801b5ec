"""What happened in both books, in order, and who did it. The oracle knows nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Key = tuple[str, str]
"""(kind or entity, id): a record of ours, or an object of theirs."""
Values = Mapping[str, Any]
"""A record's or object's groups, each compared as a whole."""

PEOPLE, ENGINE, RESTORED = "people", "engine", "a copy that came back"


@dataclass(frozen=True)
class Change:
    """Of one record or object: None where it is not there."""

    at: datetime
    who: str
    book: str  # "here" or "there"
    key: Key
    before: Values | None
    after: Values | None

    @property
    def groups(self) -> list[str]:
        if self.before is None or self.after is None:
            return []
        return [group for group in self.after if self.before.get(group) != self.after[group]]


@dataclass(frozen=True)
class Shown:
    """One line of the results that people see."""

    kind: str
    entity: str
    record: str | None
    object: str | None
    status: str
    reason: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Decision:
    """Of a person about a line of the results, or about the company."""

    at: datetime
    what: str
    kind: str = ""
    record: str | None = None
    object: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Chronicle:
    """`told` hears of each change as it is noted."""

    told: list[Callable[[Change], None]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    closed: list[tuple[datetime, date | None]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # for people who read a failure
    who: str = PEOPLE

    def note(self, change: Change) -> None:
        self.changes.append(change)
        for tell in self.told:
            tell(change)

    def say(self, line: str) -> None:
        self.lines.append(line)

    @contextmanager
    def by(self, who: str) -> Iterator[None]:
        before, self.who = self.who, who
        try:
            yield
        finally:
            self.who = before
