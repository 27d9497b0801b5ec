"""A company's connection to its QuickBooks company."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.db import models

from tieout import clock
from tieout.subledger.models import Company

from . import secrets
from .keys import Keys, Tokens
from .webhooks_models import StrayRealm, WebhookEvent  # noqa: F401 - Django finds models here

SecretField = Literal["client_secret", "access_token", "refresh_token"]


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
    # When its set-up was last completed; null while it never was.
    connected_at = models.DateTimeField(null=True)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.company} - {self.company_name} ({self.realm_id})"

    def seal(self, field: SecretField, text: str) -> None:
        setattr(self, field, secrets.seal(text, self._place(field)))

    def unseal(self, field: SecretField) -> str:
        sealed = bytes(getattr(self, field))
        return secrets.unseal(sealed, self._place(field)) if sealed else ""

    def _place(self, field: SecretField) -> str:
        return f"connection:{self.pk}:{field}"

    @property
    def keys(self) -> Keys:
        return Keys(self.client_id, self.unseal("client_secret"))

    def keep_keys(self, keys: Keys) -> None:
        self.client_id = keys.client_id
        self.seal("client_secret", keys.client_secret)

    def keep_tokens(self, tokens: Tokens) -> None:
        self.seal("access_token", tokens.access)
        self.seal("refresh_token", tokens.refresh)
        self.access_expires_at = tokens.access_expires_at
        self.refresh_expires_at = tokens.refresh_expires_at

    def forget_tokens(self) -> None:
        self.access_token = self.refresh_token = b""
        self.access_expires_at = self.refresh_expires_at = None

    def needs_reconnecting(self, reason: str) -> None:
        self.status = self.Status.NEEDS_RECONNECTING
        self.reason = reason[:300]
        self.since = clock.now()
