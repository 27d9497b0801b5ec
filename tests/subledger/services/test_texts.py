"""A form refuses what the sync would hold: both go by QuickBooks' lengths."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.db.models import Model

from tieout.kinds import contact, documents, payment
from tieout.subledger.models import Contact, CreditNote, Invoice, InvoiceLine, Payment
from tieout.subledger.services.texts import length


@pytest.mark.parametrize(
    ("model", "longest"),
    [
        (Contact, contact.LONGEST | contact.LONGEST_IN_ADDRESS),
        (Invoice, documents.LONGEST),
        (CreditNote, documents.LONGEST),
        (InvoiceLine, {"description": documents.LONGEST_DESCRIPTION}),
        (Payment, payment.LONGEST),
    ],
)
def test_a_column_is_as_long_as_what_quickbooks_takes(model: type[Model], longest: Mapping[str, int]) -> None:
    assert {field: length(model, field) for field in longest} == longest
