"""Amounts and the number of decimals their currency has (ISO 4217)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tieout.kinds.limits import LARGEST

# All that QuickBooks Online offers and that differ from two.
_EXPONENTS = {
    **dict.fromkeys(["CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}


def exponent(currency: str) -> int:
    return _EXPONENTS.get(currency, 2)


def quantise(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-exponent(currency)), rounding=ROUND_HALF_UP)


def fits(amount: Decimal, currency: str) -> bool:
    """Whether the amount has no more decimals than its currency."""
    return amount.is_finite() and abs(amount) <= LARGEST and quantise(amount, currency) == amount
