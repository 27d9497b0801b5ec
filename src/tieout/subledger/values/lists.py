from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tieout.kinds.account import Account
from tieout.kinds.item import Item
from tieout.kinds.kind import Held
from tieout.kinds.klass import Class
from tieout.kinds.lists import Entry
from tieout.kinds.payment_method import PaymentMethod
from tieout.kinds.tax_code import TaxCode
from tieout.kinds.tax_rate import TaxRate
from tieout.kinds.term import Term
from tieout.subledger import models
from tieout.subledger.models import Company, ListEntry

from .adapter import Adapter, pk


class ListAdapter(Adapter[Any, Any]):
    """Entries whose model has the members of its values under the same names."""

    def __init__(self, model: type[ListEntry], values: type[Entry]) -> None:
        self.model, self.values = model, values  # type: ignore[misc]
        self.members = [name for name in values.__struct_fields__ if name != "active"]

    def held(self, company: Company, record: Any) -> Held[Any]:
        members = {name: getattr(record, name) for name in self.members}
        values = self.values(**members, active=not record.archived)
        return Held(id=record.pk, version=record.version, values=values, by=record.changed_by, label=str(record))

    def assign(self, record: Any, values: Any) -> None:
        for name in self.members:
            setattr(record, name, getattr(values, name))
        record.archived = not values.active

    def alike(self, company: Company, values: Iterable[Any]) -> list[int]:
        names = [entry.full_name for entry in values]
        found = self.model.objects.of(company).filter(full_name__in=names)
        return list(found.values_list("pk", flat=True))


class TaxCodeAdapter(ListAdapter):
    def related(self, records: Any) -> Any:
        return records.prefetch_related("rates")

    def held(self, company: Company, record: Any) -> Held[Any]:
        rates = tuple(sorted(str(rate.pk) for rate in record.rates.all()))
        values = TaxCode(name=record.name, full_name=record.full_name, active=not record.archived, rates=rates)
        return Held(id=record.pk, version=record.version, values=values, by=record.changed_by, label=str(record))

    def assign(self, record: Any, values: Any) -> None:
        record.name, record.full_name, record.archived = values.name, values.full_name, not values.active
        percents = [rate.percent for rate in models.TaxRate.objects.filter(pk__in=map(pk, values.rates))]
        record.rate = sum(percents) if percents else None

    def complete(self, made: Sequence[tuple[Any, Any]]) -> None:
        for record, values in made:
            if values.rates:
                record.rates.set(map(pk, values.rates))

    def renew(self, record: Any, before: Any, after: Any) -> None:
        record.rates.set(map(pk, after.rates))


ADAPTERS: dict[str, Adapter[Any, Any]] = {
    "Account": ListAdapter(models.Account, Account),
    "Item": ListAdapter(models.Item, Item),
    "TaxRate": ListAdapter(models.TaxRate, TaxRate),
    "TaxCode": TaxCodeAdapter(models.TaxCode, TaxCode),
    "Class": ListAdapter(models.Class, Class),
    "Term": ListAdapter(models.Term, Term),
    "PaymentMethod": ListAdapter(models.PaymentMethod, PaymentMethod),
}
