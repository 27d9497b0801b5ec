"""One set of books on our side."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from tieout import clock


class Company(models.Model):
    name = models.CharField(max_length=100, unique=True)
    currency = models.CharField(max_length=3, default="USD")
    time_zone = models.CharField(max_length=64, default="UTC")
    # The last version given to a record of this company. Taken under the row's lock, so versions become
    # visible in the order of their numbers and a reader that has seen version n has missed nothing below it.
    version = models.BigIntegerField(default=0)
    # On or before this day no dated record may change: the later of QuickBooks' closing date, as last read,
    # and the company's own lock date. The sync keeps it.
    closed_until = models.DateField(null=True, blank=True)
    # Whether a document that has no number gets our next one when it is approved; else it takes QuickBooks'.
    gives_numbers = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name

    def next_versions(self, count: int = 1) -> range:
        """Takes `count` versions; call it inside the transaction that saves the records."""
        Company.objects.filter(pk=self.pk).update(version=F("version") + count)
        last = Company.objects.values_list("version", flat=True).get(pk=self.pk)
        self.version = last
        return range(last - count + 1, last + 1)
