from __future__ import annotations

from datetime import date

import pytest
from tests.sample.lists import TODAY, make_companies, read_lists

from tieout import sample
from tieout.subledger.models import CreditNote, Invoice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 2, 29)])
def test_it_loads_on_any_day(today: date) -> None:
    quayside = make_companies()[1]
    sample.people_and_places(quayside)
    read_lists(quayside, items=("Services",))
    sample.documents(quayside, today)
    assert not Invoice.objects.filter(date__gt=today).exists()
    assert not CreditNote.objects.filter(date__lt=sample.first_day(today)).exists()


def test_documents_need_the_lists_first() -> None:
    harbour = make_companies()[0]
    sample.people_and_places(harbour)
    with pytest.raises(sample.ListsMissing, match="no service items yet"):
        sample.documents(harbour, TODAY)
