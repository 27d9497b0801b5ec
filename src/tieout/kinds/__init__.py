"""One description per kind of record, in the order in which they are synced: what others refer to comes first."""

from __future__ import annotations

from typing import Any

from .contact import CUSTOMER, VENDOR
from .credit_note import CREDIT_NOTE
from .invoice import INVOICE
from .kind import Kind
from .lists import ACCOUNT, CLASS, ITEM, PAYMENT_METHOD, TAX_CODE, TAX_RATE, TERM
from .payment import PAYMENT

KINDS: tuple[Kind[Any], ...] = (
    ACCOUNT,
    TAX_RATE,
    TAX_CODE,
    CLASS,
    TERM,
    PAYMENT_METHOD,
    ITEM,
    CUSTOMER,
    VENDOR,
    INVOICE,
    CREDIT_NOTE,
    PAYMENT,
)
BY_ENTITY: dict[str, Kind[Any]] = {kind.entity: kind for kind in KINDS}

__all__ = ["BY_ENTITY", "KINDS", "Kind"]
