from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tieout import sample
from tieout.subledger.models import Company

from .lists import TODAY, make_companies, read_lists


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Company]]:
    """Loaded once, since it takes seconds; the tests only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        companies = make_companies()
        for company in companies:
            sample.people_and_places(company)
            read_lists(company, ("Hours", "Management fee", "Rent", "Repairs", "Utilities"))
            sample.documents(company, TODAY)
        yield companies
        transaction.set_rollback(True)
