from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.pages import formatting

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_money_is_exact_and_has_the_currencys_decimals(amount: Decimal) -> None:
    assert Decimal(formatting.money(amount).replace(",", "")) == amount
    assert formatting.money(amount)[-3] == "."


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [("1234567.5", "USD", "1,234,567.50"), ("1200", "JPY", "1,200"), ("1.5", "KWD", "1.500"), ("-3", "USD", "-3.00")],
)
def test_money_of_several_currencies(amount: str, currency: str, text: str) -> None:
    assert formatting.money(Decimal(amount), currency) == text


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (NOON, "12:00"),
        (NOON - timedelta(days=1), "19 Nov 12:00"),
        (NOON - timedelta(days=400), "16 Oct 2025"),
    ],
)
def test_a_time_is_as_short_as_it_can_be(at: datetime, text: str) -> None:
    assert formatting.short_time(at, NOON) == text


def test_the_exact_time_names_its_zone() -> None:
    at = NOON.astimezone(ZoneInfo("America/Los_Angeles"))
    assert formatting.exact_time(at) == "Friday, 20 November 2026, 04:00:00 PST"


def test_a_zone_that_does_not_exist_is_passed_over() -> None:
    assert formatting.zone("", "Mars/Olympus", "Europe/Oslo") == ZoneInfo("Europe/Oslo")
    assert formatting.zone("../etc/passwd") == ZoneInfo("UTC")


@pytest.mark.parametrize(("value", "text"), [("2.5000000", "2.5"), ("100", "100"), ("0.0000", "0")])
def test_a_quantity_has_no_zeros_that_only_its_column_adds(value: str, text: str) -> None:
    assert formatting.plain_number(Decimal(value)) == text


@pytest.mark.parametrize(("value", "text"), [("2.5000000", "2.50"), ("1000", "1,000.00"), ("0.1234500", "0.12345")])
def test_a_rate_is_written_as_a_price(value: str, text: str) -> None:
    assert formatting.rate(Decimal(value)) == text


@pytest.mark.parametrize(("seconds", "text"), [(40, "40 s"), (150, "2 min"), (7300, "2 h"), (200_000, "2 days")])
def test_a_duration_has_one_unit(seconds: int, text: str) -> None:
    assert formatting.duration(timedelta(seconds=seconds)) == text


def test_days_and_numbers_in_words() -> None:
    assert formatting.day(date(2026, 2, 3)) == "3 Feb 2026"
    assert formatting.count(1, "record") == "1 record"
    assert formatting.count(1200, "category", "categories") == "1,200 categories"
