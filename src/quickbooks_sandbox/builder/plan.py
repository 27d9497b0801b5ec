"""How large a company is wanted."""

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Plan(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Exactly so many customers, vendors, items, invoices, sales receipts, bills and expenses; payments, deposits
    and credit memos follow from them."""

    customers: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 100
    vendors: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 20
    items: Annotated[int, msgspec.Meta(ge=1, le=2_000)] = 30
    invoices: Count = 1_000
    receipts: Count = 100
    bills: Count = 150
    expenses: Count = 100
    years: Annotated[float, msgspec.Meta(gt=0, le=20)] = 1.0
    """How long ago the company began."""
    seed: int = 1
    """Another seed is another company of the same size."""
