"""Lists that QuickBooks is master of: accounts, items, tax codes and rates, classes, terms, payment methods."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from .fields import active_name, folded, number, ref, text
from .kind import Kind, Likeness, Object, RefMapper, Traits, Values


class Entry(Values, frozen=True, kw_only=True):
    name: str
    full_name: str
    active: bool


class Account(Entry, frozen=True, kw_only=True):
    number: str = ""
    type: str = ""
    subtype: str = ""
    currency: str = ""


class Item(Entry, frozen=True, kw_only=True):
    type: str = ""
    sku: str = ""
    description: str = ""
    rate: Decimal | None = None
    taxable: bool = False


class TaxRate(Entry, frozen=True, kw_only=True):
    percent: Decimal | None = None


class TaxCode(Entry, frozen=True, kw_only=True):
    rates: tuple[str, ...] = ()  # TaxRate ids of its sales rates


class Class(Entry, frozen=True, kw_only=True):
    pass


class Term(Entry, frozen=True, kw_only=True):
    days: int | None = None


class PaymentMethod(Entry, frozen=True, kw_only=True):
    pass


def _entry(obj: Object) -> dict[str, Any]:
    name = active_name(obj.get("Name"))
    return {
        "name": name,
        "full_name": active_name(obj.get("FullyQualifiedName")) or name,
        "active": bool(obj.get("Active", True)),
    }


def _account(obj: Object) -> Account:
    return Account(
        **_entry(obj),
        number=text(obj.get("AcctNum")),
        type=text(obj.get("AccountType")),
        subtype=text(obj.get("AccountSubType")),
        currency=ref(obj.get("CurrencyRef")) or "",
    )


def _item(obj: Object) -> Item:
    return Item(
        **_entry(obj),
        type=text(obj.get("Type")),
        sku=text(obj.get("Sku")),
        description=text(obj.get("Description")),
        rate=number(obj.get("UnitPrice")),
        taxable=bool(obj.get("Taxable", False)),
    )


def _tax_rate(obj: Object) -> TaxRate:
    return TaxRate(**_entry(obj), percent=number(obj.get("RateValue")))


def _tax_code(obj: Object) -> TaxCode:
    details = (obj.get("SalesTaxRateList") or {}).get("TaxRateDetail") or []
    rates = (ref(detail.get("TaxRateRef")) for detail in details)
    return TaxCode(**_entry(obj), rates=tuple(rate for rate in rates if rate))


def _map_rates(values: TaxCode, map_ref: RefMapper) -> TaxCode:
    rates = tuple(rate for rate in (map_ref("TaxRate", rate) for rate in values.rates) if rate)
    return TaxCode(name=values.name, full_name=values.full_name, active=values.active, rates=rates)


def _class(obj: Object) -> Class:
    return Class(**_entry(obj))


def _term(obj: Object) -> Term:
    days = number(obj.get("DueDays"))
    return Term(**_entry(obj), days=None if days is None else int(days))


def _payment_method(obj: Object) -> PaymentMethod:
    return PaymentMethod(**_entry(obj))


def _never_written(values: Values, groups: Collection[str], latest: Object | None, *, their_tax: bool) -> Object:
    raise NotImplementedError("QuickBooks is master of its lists")


def _likeness(ours: Entry, theirs: Entry) -> Likeness:
    """Entries that were here before connecting, say from an import, are matched by their full name."""
    return Likeness.SURE if folded(ours.full_name) == folded(theirs.full_name) else Likeness.NONE


def _list(name: str, entity: str, values: Any, parse: Callable[[Object], Any], **more: Any) -> Kind[Any]:
    return Kind(
        name=name,
        entity=entity,
        values=values,
        groups={"entry": lambda entry: entry},
        fields={"entry": values.__struct_fields__},
        parse=parse,
        body=_never_written,
        traits=lambda entry: Traits(name=folded(entry.full_name)),
        likeness=_likeness,
        outward=False,
        has_active=True,
        **more,
    )


ACCOUNT = _list("account", "Account", Account, _account)
TAX_RATE = _list("tax_rate", "TaxRate", TaxRate, _tax_rate, in_cdc=False)
TAX_CODE = _list("tax_code", "TaxCode", TaxCode, _tax_code, in_cdc=False, map_refs=_map_rates, needs=("TaxRate",))
CLASS = _list("class", "Class", Class, _class)
TERM = _list("term", "Term", Term, _term)
PAYMENT_METHOD = _list("payment_method", "PaymentMethod", PaymentMethod, _payment_method)
ITEM = _list("item", "Item", Item, _item)
