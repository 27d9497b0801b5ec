"""Commits that are not yet seen by queries and change data capture, as a setting has it."""

from collections.abc import Iterable
from datetime import datetime

from quickbooks_sandbox.ledger.store import Row

#: When the change shows, and the row until then; None for a row that was not there.
Late = tuple[datetime, Row | None]


class Visibility:
    def __init__(self) -> None:
        self._late: dict[str, dict[str, list[Late]]] = {}

    def note(self, changes: Iterable[tuple[Row | None, Row]], shows_at: datetime) -> None:
        for before, after in changes:
            self._late.setdefault(after.entity, {}).setdefault(after.id, []).append((shows_at, before))

    def still_shown(self, entity: str, now: datetime) -> dict[str, Row | None]:
        """By id, the rows of which queries see an older version, or none."""
        if not self._late:
            return {}
        waiting = {
            id: [each for each in changes if each[0] > now] for id, changes in self._late.pop(entity, {}).items()
        }
        waiting = {id: changes for id, changes in waiting.items() if changes}
        if waiting:
            self._late[entity] = waiting
        return {id: changes[0][1] for id, changes in waiting.items()}
