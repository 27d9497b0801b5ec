"""Which documents take part: dated on or after Sync From, changed since connecting, or open on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from tieout.sync.models import Policy


@dataclass(frozen=True)
class Scope:
    sync_from: date
    connected_at: datetime
    connected_version: int
    open_items: bool

    @classmethod
    def of(cls, policy: Policy) -> Self:
        return cls(policy.sync_from, policy.connected_at, policy.connected_version, policy.open_items)

    def has_theirs(self, dated: date | None, updated_at: datetime | None, open_amount: Decimal) -> bool:
        """`updated_at`: None of what was not read yet."""
        if dated is None or dated >= self.sync_from:
            return True
        changed = updated_at is not None and updated_at > self.connected_at
        return changed or (self.open_items and open_amount != 0)

    def has_ours(self, dated: date | None, version: int, is_open: bool) -> bool:
        if dated is None or dated >= self.sync_from:
            return True
        return version > self.connected_version or (self.open_items and is_open)
