"""One set of books on our side."""

from __future__ import annotations

from django.db import connection, models

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
        with connection.cursor() as cursor:
            # Every saved record comes by here, and Django has no update that answers what it made.
            cursor.execute(NEXT, [count, self.pk])
            self.version = cursor.fetchone()[0]
        return range(self.version - count + 1, self.version + 1)


NEXT = "UPDATE subledger_company SET version = version + %s WHERE id = %s RETURNING version"
