"""One description per kind of record, in the order in which they are synced: what others refer to comes first."""

from __future__ import annotations

from typing import Any

from .account import ACCOUNT
from .contact import CUSTOMER, VENDOR
from .credit_note import CREDIT_NOTE
from .invoice import INVOICE
from .item import ITEM
from .kind import Kind
from .klass import CLASS
from .payment import PAYMENT
from .payment_method import PAYMENT_METHOD
from .tax_code import TAX_CODE
from .tax_rate import TAX_RATE
from .term import TERM

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
BOTH_WAYS = tuple(dict.fromkeys(kind.name for kind in KINDS if kind.outward))
"""Names of the kinds that are written in either book; of all others QuickBooks is master."""

__all__ = ["BOTH_WAYS", "BY_ENTITY", "KINDS", "Kind"]
