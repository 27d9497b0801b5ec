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
        where = f"Line {self.line}, {self.column} “{self.value}”" if self.column else f"Line {self.line}"
        return f"{where}: {self.reason}"


@dataclass
class ImportReport:
    what: str
    dry_run: bool = False
    refused: bool = False  # because of its errors, all of it
    taken: int = 0  # in a dry run: what would be
    already_there: int = 0
    contacts_made: int = 0
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0

    def add_error(self, line: int, column: str, value: str, reason: str) -> None:
        self.error_count += 1
        if len(self.errors) < _MOST_ERRORS:
            self.errors.append(RowError(line, column, value[:_LONGEST_VALUE], reason))

    def refuse(self) -> None:
        self.refused, self.taken, self.contacts_made = True, 0, 0

    def __str__(self) -> str:
        if self.refused:
            nothing = "Nothing would be" if self.dry_run else "Nothing was"
            return f"{nothing} taken in: {_count(self.error_count, 'error')}."
        did = "Would take in" if self.dry_run else "Took in"
        parts = [f"{did} {_count(self.taken, self.what[:-1])}", f"{self.already_there} were there already"]
        if self.contacts_made:
            parts.append(f"{_count(self.contacts_made, 'new customer')}")
        if self.error_count:
            parts.append(f"{_count(self.error_count, 'error')}")
        return f"{'; '.join(parts)}."

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
