from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.subledger.money import exponent, fits, quantise
from tieout.subledger.services import totals

AMOUNTS = st.decimals(-(10**9), 10**9, places=7)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.005", "USD", "0.01"),
        ("-0.005", "USD", "-0.01"),
        ("2.675", "USD", "2.68"),
        ("0.5", "JPY", "1"),
        ("0.0005", "KWD", "0.001"),
    ],
)
def test_halves_are_rounded_away_from_zero(amount: str, currency: str, rounded: str) -> None:
    assert quantise(Decimal(amount), currency) == Decimal(rounded)


@given(amount=AMOUNTS, currency=st.sampled_from(["USD", "JPY", "KWD"]))
def test_what_is_rounded_fits_and_is_near(amount: Decimal, currency: str) -> None:
    rounded = quantise(amount, currency)
    assert fits(rounded, currency)
    assert abs(rounded - amount) * 2 <= Decimal(1).scaleb(-exponent(currency))


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from([Decimal(0), Decimal("8.25")]))))
def test_tax_is_within_half_a_cent_of_the_exact_per_rate(lines: list[tuple[Decimal, Decimal]]) -> None:
    exact = sum((amount * percent / 100 for amount, percent in lines), Decimal(0))
    assert abs(totals.tax(lines, "USD") - exact) <= Decimal("0.005")
