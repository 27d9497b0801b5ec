from __future__ import annotations

from decimal import Decimal

from .fields import number, text
from .kind import Object
from .lists import Entry, entry, of_list


class Item(Entry, frozen=True, kw_only=True):
    type: str = ""
    sku: str = ""
    description: str = ""
    rate: Decimal | None = None
    taxable: bool = False


def parse(obj: Object) -> Item:
    return Item(
        **entry(obj),
        type=text(obj.get("Type")),
        sku=text(obj.get("Sku")),
        description=text(obj.get("Description")),
        rate=number(obj.get("UnitPrice")),
        taxable=bool(obj.get("Taxable", False)),
    )


ITEM = of_list("item", "Item", Item, parse)
