from __future__ import annotations

from decimal import Decimal

from .fields import number
from .kind import Object
from .lists import Entry, entry, of_list


class TaxRate(Entry, frozen=True, kw_only=True):
    percent: Decimal | None = None


def parse(obj: Object) -> TaxRate:
    return TaxRate(**entry(obj), percent=number(obj.get("RateValue")))


TAX_RATE = of_list("tax_rate", "TaxRate", TaxRate, parse, in_cdc=False)
