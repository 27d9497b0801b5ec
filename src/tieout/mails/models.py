"""The outbox: a mail is stored with what it is about, in the same transaction, and sent afterwards."""

from __future__ import annotations

from django.db import models

from tieout import clock


class Mail(models.Model):
    # What it is about, so that one event is told once to one person however often it is noticed.
    key = models.CharField(max_length=200)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    # Not to be tried before; moved on by whoever tries, so that two senders don't send it both.
    not_before = models.DateTimeField(default=clock.now)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "to"], name="mail_once")]
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(sent_at__isnull=True), name="mail_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
