"""Money received, and credit notes set against invoices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .contacts import Contact
from .documents import CreditNote, Invoice, Status, money
from .lists import Account, PaymentMethod
from .record import Record


class Payment(Record):
    """Money from a customer. With a total of 0 it is a carrier: it only sets credits against invoices."""

    kind = "payment"

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="payments")
    status = models.CharField(max_length=10, choices=Status, default=Status.APPROVED)
    date = models.DateField()
    currency = models.CharField(max_length=3)
    total = money()
    # Total plus credits taken up, less what is paid with them.
    unapplied = money(default=0)
    deposit_account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    method = models.ForeignKey(PaymentMethod, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=21, blank=True)
    memo = models.CharField(max_length=4000, blank=True)
    # In a bank deposit there: QuickBooks then refuses every change, so do we.
    deposited = models.BooleanField(default=False)

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["company", "date", "id"], name="payment_date"),
            models.Index(fields=["company", "status", "date", "id"], name="payment_by_status"),
        ]

    def __str__(self) -> str:
        return self.reference or f"payment {self.pk}"


class Allocation(models.Model):
    """A line of a payment: what it pays (an invoice) or takes up (a credit note), always positive."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="allocations")
    invoice = models.ForeignKey(Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations")
    credit_note = models.ForeignKey(
        CreditNote, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    # A settlement by something that is no record of ours ("JournalEntry 71"): read, never written.
    other = models.CharField(max_length=100, blank=True)
    amount = money()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="allocation_has_one_end",
                condition=(
                    Q(invoice__isnull=False, credit_note__isnull=True, other="")
                    | Q(invoice__isnull=True, credit_note__isnull=False, other="")
                    | (Q(invoice__isnull=True, credit_note__isnull=True) & ~Q(other=""))
                ),
            )
        ]
