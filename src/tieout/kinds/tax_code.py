from __future__ import annotations

import msgspec

from .fields import ref
from .kind import Object, RefMapper
from .lists import Entry, entry, of_list


class TaxCode(Entry, frozen=True, kw_only=True):
    rates: tuple[str, ...] = ()  # TaxRate ids of its sales rates


def parse(obj: Object) -> TaxCode:
    details = (obj.get("SalesTaxRateList") or {}).get("TaxRateDetail") or []
    rates = (ref(detail.get("TaxRateRef")) for detail in details)
    return TaxCode(**entry(obj), rates=tuple(rate for rate in rates if rate))


def map_refs(values: TaxCode, map_ref: RefMapper) -> TaxCode:
    rates = (map_ref("TaxRate", rate) for rate in values.rates)
    return msgspec.structs.replace(values, rates=tuple(rate for rate in rates if rate))


TAX_CODE = of_list("tax_code", "TaxCode", TaxCode, parse, in_cdc=False, map_refs=map_refs, needs=("TaxRate",))
