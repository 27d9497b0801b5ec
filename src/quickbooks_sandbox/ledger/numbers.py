"""Money and quantities, exact."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from quickbooks_sandbox.faults import fault

Number = Decimal | int
ZERO = Decimal(0)
CENT = Decimal("0.01")


# An amount has at most 15 digits before the point; beyond that cents could not be kept exact either.
BEYOND = Decimal(10) ** 15


def to_cents(value: Number) -> Decimal:
    if not -BEYOND < value < BEYOND:
        raise fault("2240", field="Amount", value=value)
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


def money(value: Number) -> Decimal:
    """The amount as QuickBooks writes it: 0, 100.0, 37.5, 12.25."""
    cents = to_cents(value)
    if not cents:
        return ZERO
    tenths = cents.quantize(Decimal("0.1"))
    return tenths if tenths == cents else cents


def plain(value: Number) -> Number:
    """A rate or quantity without needless zeros: 75, 4.5."""
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else number.normalize()


def total(values: Iterable[Number]) -> Decimal:
    return Decimal(sum(values, ZERO))
