"""All contacts' balances together, against the accounts of the ledger that control them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .balances import NOTHING, Balance
from .statement import Statement


@dataclass(frozen=True)
class Control:
    """Of receivables or payables. All three figures are equal when everything agrees."""

    whose: str
    ours: Decimal
    theirs: Decimal  # the sum of QuickBooks' customers or vendors
    account: Decimal  # what QuickBooks' control accounts say
    explained: Decimal  # of the difference between ours and theirs

    @property
    def difference(self) -> Decimal:
        return self.ours - self.theirs

    @property
    def unexplained(self) -> Decimal:
        return self.difference - self.explained

    @property
    def without_contact(self) -> Decimal:
        """Posted to the control account there under no customer or vendor."""
        return self.account - self.theirs


def controls(rows: Sequence[Balance], statement: Statement) -> list[Control]:
    return [_control(whose, [row for row in rows if row.whose == whose], statement) for whose in ("Customer", "Vendor")]


def _control(whose: str, rows: Sequence[Balance], statement: Statement) -> Control:
    return Control(
        whose=whose,
        ours=sum((row.ours for row in rows), NOTHING),
        theirs=sum((row.theirs for row in rows), NOTHING),
        account=statement.control[whose],
        explained=sum((row.difference - row.unexplained for row in rows), NOTHING),
    )
