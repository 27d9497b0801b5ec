from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from tieout.kinds.contact import Address, Contact
from tieout.kinds.kind import Held
from tieout.subledger import models
from tieout.subledger.models import Company, ContactType

from .adapter import Adapter

SAME_NAMES = ("name", "company_name", "given_name", "family_name", "email", "phone", "mobile", "fax", "website")
ADDRESS = ("street", "city", "state", "postal_code", "country")


class ContactAdapter(Adapter[models.Contact, Contact]):
    model = models.Contact

    def __init__(self, type_if_new: ContactType) -> None:
        self.type_if_new = type_if_new

    def records(self, company: Company) -> Any:
        """Suppliers are Vendors, all others Customers; a supplier with sales documents is found through those."""
        suppliers = Q(type=ContactType.SUPPLIER)
        wanted = suppliers if self.type_if_new == ContactType.SUPPLIER else ~suppliers
        return models.Contact.objects.of(company).filter(wanted)

    def keeps(self, type_: str) -> bool:
        """As `records`, of one that is known."""
        return (type_ == ContactType.SUPPLIER) == (self.type_if_new == ContactType.SUPPLIER)

    def held(self, company: Company, record: models.Contact) -> Held[Contact]:
        values = Contact(
            **{name: getattr(record, name) for name in SAME_NAMES},
            address=Address(**{name: getattr(record, name) for name in ADDRESS}),
            active=not record.archived,
            currency=company.currency,
        )
        return Held(id=record.pk, version=record.version, values=values, by=record.changed_by, label=record.name)

    def assign(self, record: models.Contact, values: Contact) -> None:
        if record.pk is None:
            record.type = self.type_if_new
        for name in SAME_NAMES:
            setattr(record, name, getattr(values, name))
        for name in ADDRESS:
            setattr(record, name, getattr(values.address, name))
        record.archived = not values.active

    def alike(self, company: Company, values: Iterable[Any]) -> list[int]:
        names = {contact.name for contact in values}
        if not names:
            return []
        same = reduce(or_, (Q(name__iexact=name) for name in names))
        return list(self.records(company).filter(same).values_list("pk", flat=True))


ADAPTERS: dict[str, Adapter[Any, Any]] = {
    "Customer": ContactAdapter(ContactType.CLIENT),
    "Vendor": ContactAdapter(ContactType.SUPPLIER),
}
