"""What QuickBooks told of, as it is stored."""

from __future__ import annotations

from django.db import models

from tieout import clock
from tieout.subledger.models import Company


class WebhookEvent(models.Model):
    """QuickBooks told of one change in the company's books: a hint where to look, never the truth itself."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    event_id = models.CharField(max_length=100)
    entity = models.CharField(max_length=60)
    qbo_id = models.CharField(max_length=40)
    operation = models.CharField(max_length=60)
    merged_id = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    # A run has looked at what it names.
    seen = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "event_id"], name="webhook_event_once")]
        indexes = [
            models.Index(fields=["company"], condition=models.Q(seen=False), name="webhook_event_unseen"),
            models.Index(fields=["company", "received_at"], name="webhook_event_newest"),
            models.Index(fields=["received_at"], name="webhook_event_age"),
        ]


class StrayRealm(models.Model):
    """Intuit tells us of a QuickBooks company that none of ours is bound to."""

    realm_id = models.CharField(max_length=40, unique=True)
    events = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now)
