from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout import sample
from tieout.sample import plan


@pytest.mark.parametrize("firm", sample.COMPANIES, ids=lambda firm: firm.name)
@given(today=st.dates(date(2000, 6, 1), date(2090, 1, 1)))
def test_on_any_day_the_plan_holds_together(firm: sample.firms.Firm, today: date) -> None:
    made = plan.make(firm, today)
    assert made == plan.make(firm, today)
    for day in [document.date for group in (made.invoices, made.credit_notes, made.payments) for document in group]:
        assert plan.first_day(today) <= day <= today
    assert all(invoice.open >= 0 for invoice in made.invoices)
    for carrier in made.carriers:
        assert carrier.date >= max(carrier.credit.date, carrier.invoice.date)
        assert carrier.credit.status == carrier.invoice.status == "approved"
