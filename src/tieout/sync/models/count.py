"""How many links of a company are alike, kept by triggers in the transaction that changes them: counting a million of
them takes too long for a page."""

from __future__ import annotations

from django.db import models

from tieout.subledger.models import Company


class LinkCount(models.Model):
    """Several rows for the same are added up: on PostgreSQL each change adds its own, so that nobody waits for it."""

    # Not checked by the database: when a company is deleted, its links are counted down after their counts are gone.
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=60)
    number = models.IntegerField()
