"""The arithmetic of lines, tax and totals. Pure; half up, as QuickBooks rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tieout.subledger.money import quantise


def line_amount(quantity: Decimal, rate: Decimal, currency: str) -> Decimal:
    return quantise(quantity * rate, currency)


def tax(taxed: Iterable[tuple[Decimal, Decimal]], currency: str) -> Decimal:
    """`taxed`: pairs of amount and percent. Rounded once per percentage, on the sum of its lines."""
    sums: dict[Decimal, Decimal] = defaultdict(Decimal)
    for amount, percent in taxed:
        sums[percent] += amount
    return sum((quantise(amount * percent / 100, currency) for percent, amount in sums.items()), Decimal(0))
