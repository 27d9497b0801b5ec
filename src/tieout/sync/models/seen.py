"""QuickBooks' objects as they were last read or answered, linked or not."""

from __future__ import annotations

from django.db import models

from tieout.subledger.models import Company


class Seen(models.Model):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    entity = models.CharField(max_length=30)
    qbo_id = models.CharField(max_length=40)
    sync_token = models.CharField(max_length=20)
    updated_at = models.DateTimeField()
    created_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField()
    body = models.BinaryField()  # JSON as it came
    deleted = models.BooleanField(default=False)
    # Taken in, not yet looked at by a run to its end.
    pending = models.BooleanField(default=True)
    # Keys for finding counterparts without opening bodies.
    name = models.CharField(max_length=500, blank=True)  # folded
    number = models.CharField(max_length=40, blank=True)
    contact = models.CharField(max_length=40, blank=True)  # Id of the Customer or Vendor
    date = models.DateField(null=True)
    total = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    balance = models.DecimalField(max_digits=19, decimal_places=4, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "entity", "qbo_id"], name="seen_once")]
        indexes = [
            models.Index(fields=["company", "entity"], condition=models.Q(pending=True), name="seen_pending"),
            models.Index(fields=["company", "entity", "name"], name="seen_by_name"),
            models.Index(fields=["company", "entity", "number"], name="seen_by_number"),
            models.Index(fields=["company", "entity", "contact", "date"], name="seen_by_contact"),
        ]
