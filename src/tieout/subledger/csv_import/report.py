"""What an import came to."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

_MOST_ERRORS = 1000  # listed; more are only counted
_LONGEST_VALUE = 200


@dataclass(frozen=True)
class RowError:
    line: int  # of the file, the header being line 1
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column} {self.value!r}: {self.reason}"


@dataclass
class ImportReport:
    what: str
    dry_run: bool = False
    taken: int = 0  # in a dry run: what would be
    already_there: int = 0
    contacts_made: int = 0
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0

    def add_error(self, line: int, column: str, value: str, reason: str) -> None:
        self.error_count += 1
        if len(self.errors) < _MOST_ERRORS:
            self.errors.append(RowError(line, column, value[:_LONGEST_VALUE], reason))

    def nothing_was_taken(self) -> None:
        self.taken = self.contacts_made = 0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
