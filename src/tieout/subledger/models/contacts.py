from __future__ import annotations

from django.db import models

from .record import Record


class ContactType(models.TextChoices):
    CLIENT = "client"
    TENANT = "tenant"
    SUPPLIER = "supplier"


class Contact(Record):
    """Someone we do business with; shown to people as an account. Texts keep the lengths QuickBooks has."""

    kind = "contact"

    name = models.CharField(max_length=500)
    type = models.CharField(max_length=10, choices=ContactType, default=ContactType.CLIENT)
    company_name = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    mobile = models.CharField(max_length=30, blank=True)
    fax = models.CharField(max_length=30, blank=True)
    website = models.CharField(max_length=1000, blank=True)
    street = models.CharField(max_length=500, blank=True)
    city = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=255, blank=True)
    postal_code = models.CharField(max_length=30, blank=True)
    country = models.CharField(max_length=255, blank=True)
    archived = models.BooleanField(default=False)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["company", "name", "id"], name="contact_name"),
            models.Index(fields=["company", "type", "name", "id"], name="contact_by_type"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_supplier(self) -> bool:
        return self.type == ContactType.SUPPLIER


class Property(Record):
    """A place that is let or looked after; invoices can be for one. Stays on our side."""

    kind = "property"

    name = models.CharField(max_length=100)
    street = models.CharField(max_length=500, blank=True)
    city = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=255, blank=True)
    postal_code = models.CharField(max_length=30, blank=True)
    owner = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="properties")

    class Meta(Record.Meta):
        verbose_name_plural = "properties"

    def __str__(self) -> str:
        return self.name
