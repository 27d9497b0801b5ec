from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.subledger.csv_import.cells import BadCell, date_reader, number
from tieout.subledger.csv_import.reading import BadFile


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_every_plain_number_is_read_exactly(value: Decimal) -> None:
    assert number(f"{value:f}") == value


@given(st.text())
def test_whatever_else_is_refused_or_the_number_it_shows(text: str) -> None:
    try:
        read = number(text)
    except BadCell:
        return
    assert read == Decimal(text)


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2068, 12, 31)))
def test_dates_are_read_in_the_form_that_was_named(day: date) -> None:
    assert date_reader("YYYY-MM-DD")(day.isoformat()) == day
    assert date_reader("MM/DD/YYYY")(day.strftime("%m/%d/%Y")) == day
    assert date_reader("d.m.yy")(f"{day.day}.{day.month}.{day:%y}") == day
    assert date_reader("%d %B %Y")(day.strftime("%d %B %Y")) == day


@pytest.mark.parametrize("form", ["", "MM/YYYY", "%d/%m", "nonsense", "YYYY"])
def test_a_form_that_is_no_date_is_refused(form: str) -> None:
    with pytest.raises(BadFile, match="no date format"):
        date_reader(form)
