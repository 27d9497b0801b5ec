"""Lists that QuickBooks is master of; here they are only read."""

from __future__ import annotations

from django.db import models

from .record import Record


class ListEntry(Record):
    name = models.CharField(max_length=500)
    # "Parent:Child", as QuickBooks writes it; equal to the name where there is no parent.
    full_name = models.CharField(max_length=2000, blank=True)
    archived = models.BooleanField(default=False)

    class Meta(Record.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.full_name or self.name


class Account(ListEntry):
    """Of the chart of accounts."""

    kind = "account"

    number = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=100)
    subtype = models.CharField(max_length=100, blank=True)
    currency = models.CharField(max_length=3, blank=True)


class Item(ListEntry):
    kind = "item"

    type = models.CharField(max_length=50)
    sku = models.CharField(max_length=100, blank=True)
    description = models.CharField(max_length=4000, blank=True)
    rate = models.DecimalField(max_digits=20, decimal_places=7, null=True, blank=True)
    taxable = models.BooleanField(default=False)


class TaxRate(ListEntry):
    kind = "tax_rate"

    percent = models.DecimalField(max_digits=9, decimal_places=5, null=True, blank=True)


class TaxCode(ListEntry):
    kind = "tax_code"

    # Percent: the sum of the code's sales rates; null for TAX and NON, which only mark a line.
    rate = models.DecimalField(max_digits=9, decimal_places=5, null=True, blank=True)
    rates = models.ManyToManyField(TaxRate, related_name="codes")


class Class(ListEntry):
    kind = "class"

    class Meta(ListEntry.Meta):
        verbose_name_plural = "classes"


class Term(ListEntry):
    kind = "term"

    # Days from the date to the due date; null where QuickBooks counts to a day of the month.
    days = models.PositiveIntegerField(null=True, blank=True)


class PaymentMethod(ListEntry):
    kind = "payment_method"
