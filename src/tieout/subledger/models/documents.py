"""Invoices and credit notes with their lines. Amounts are in the company's currency, two decimals in USD."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

from .contacts import Contact, Property
from .lists import Class, Item, TaxCode, Term
from .record import Record


def money(**options: Any) -> models.DecimalField[Decimal | int, Decimal]:
    return models.DecimalField(max_digits=19, decimal_places=4, **options)


class Status(models.TextChoices):
    DRAFT = "draft"
    APPROVED = "approved"
    VOID = "void"


class LineType(models.TextChoices):
    ITEM = "item"
    TEXT = "text"
    DISCOUNT = "discount"  # amount is what it takes off, so positive
    SUBTOTAL = "subtotal"  # amount repeats what stands above it
    BUNDLE = "bundle"


class Document(Record):
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="%(class)ss")
    property = models.ForeignKey(Property, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    number = models.CharField(max_length=21, blank=True)
    # Numbers it had before QuickBooks renumbered it, each on its own line; they can still be searched.
    former_numbers = models.TextField(blank=True)
    date = models.DateField()
    currency = models.CharField(max_length=3)
    memo = models.CharField(max_length=4000, blank=True)
    message = models.CharField(max_length=1000, blank=True)
    tax_code = models.ForeignKey(TaxCode, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tax = money(default=0)
    total = money(default=0)
    # Total less what is allocated; kept by `services.balances` in the transaction of the allocation.
    balance = money(default=0)
    # Older than Sync From, known only because a payment or credit in scope refers to it: number, date, total.
    stub = models.BooleanField(default=False)

    class Meta(Record.Meta):
        abstract = True
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["company", "number"], name="%(class)s_number"),
            models.Index(fields=["company", "former_numbers"], name="%(class)s_former_number"),
            models.Index(fields=["company", "date", "id"], name="%(class)s_date"),
            models.Index(fields=["company", "status", "date", "id"], name="%(class)s_by_status"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self._meta.verbose_name} {self.pk}"


class Invoice(Document):
    kind = "invoice"

    due_date = models.DateField(null=True, blank=True)
    # Paid at once in QuickBooks, on the invoice itself: read, never written.
    deposit = money(default=0)
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


class CreditNote(Document):
    kind = "credit_note"


class Line(models.Model):
    position = models.PositiveIntegerField()
    type = models.CharField(max_length=10, choices=LineType, default=LineType.ITEM)
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    description = models.CharField(max_length=4000, blank=True)
    quantity = models.DecimalField(max_digits=20, decimal_places=7, null=True, blank=True)
    rate = models.DecimalField(max_digits=20, decimal_places=7, null=True, blank=True)
    amount = money()
    tax_code = models.ForeignKey(TaxCode, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    klass = models.ForeignKey(Class, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service_date = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]


class InvoiceLine(Line):
    document = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")


class CreditNoteLine(Line):
    document = models.ForeignKey(CreditNote, on_delete=models.CASCADE, related_name="lines")
