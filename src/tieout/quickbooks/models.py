"""A company's connection to its QuickBooks company."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tieout.subledger.models import Company


class Connection(models.Model):
    """One realm per company, for good. Secrets are sealed: see `quickbooks.secrets`."""

    class Status(models.TextChoices):
        SET_UP_UNFINISHED = "set_up_unfinished", "Set-up unfinished"
        CONNECTED = "connected", "Connected"
        NEEDS_RECONNECTING = "needs_reconnecting", "Needs reconnecting"
        DISCONNECTED = "disconnected", "Not connected"

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="connection", primary_key=True)
    realm_id = models.CharField(max_length=30, unique=True)
    company_name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.SET_UP_UNFINISHED)
    # Why it needs reconnecting, in words, and since when.
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(null=True)

    # Origin of a sandbox ("http://127.0.0.1:8080"); empty for Intuit's own addresses.
    sandbox = models.CharField(max_length=200, blank=True)
    client_id = models.CharField(max_length=200)
    client_secret = models.BinaryField(default=bytes)
    access_token = models.BinaryField(default=bytes)
    refresh_token = models.BinaryField(default=bytes)
    access_expires_at = models.DateTimeField(null=True)
    refresh_expires_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.company} - {self.company_name} ({self.realm_id})"
