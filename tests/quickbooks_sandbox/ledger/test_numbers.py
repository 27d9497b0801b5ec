from decimal import Decimal

import pytest

from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.ledger.numbers import to_cents


def test_half_a_cent_is_rounded_away_from_zero() -> None:
    assert [to_cents(Decimal(text)) for text in ("0.005", "-0.005", "0.0049")] == [
        Decimal("0.01"),
        Decimal("-0.01"),
        Decimal(0),
    ]


def test_an_amount_beyond_fifteen_digits_is_refused() -> None:
    assert to_cents(999_999_999_999_999) == 999_999_999_999_999
    for amount in (10**15, -(10**15), Decimal("1e30")):
        with pytest.raises(Fault, match="2240"):
            to_cents(amount)
