"""A company's connection to its QuickBooks company."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import models

from tieout import clock
from tieout.subledger.models import Company

from .connecting import secrets
from .connecting.causes import WORDS, Cause, Words
from .connecting.keys import Keys, Tokens
from .webhooks.models import StrayRealm, WebhookEvent  # noqa: F401 - Django finds models here

SecretField = Literal["client_secret", "access_token", "refresh_token"]


class Connection(models.Model):
    """One realm per company, for good. Secrets are sealed: see `quickbooks.secrets`."""

    class Status(models.TextChoices):
        SET_UP_UNFINISHED = "set_up_unfinished", "Set-up unfinished"
        CONNECTED = "connected", "Connected"
        NEEDS_RECONNECTING = "needs_reconnecting", "Needs reconnecting"
        DISABLED = "disabled", "Switched off"  # by a person; the authorisation is kept
        DISCONNECTED = "disconnected", "Not connected"

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="connection", primary_key=True)
    realm_id = models.CharField(max_length=30, unique=True)
    company_name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.SET_UP_UNFINISHED)
    # Why it needs reconnecting (a `causes.Cause`), QuickBooks' own words for it, and since when it stands as it does.
    cause = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(null=True)
    # QuickBooks is out of reach: in words, since when, how often in a row, and when it is tried again.
    outage = models.CharField(max_length=300, blank=True)
    outage_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    # The step of the set-up that a person left.
    set_up_step = models.CharField(max_length=20, blank=True)

    # Origin of a sandbox ("http://127.0.0.1:8080"); empty for Intuit's own addresses.
    sandbox = models.CharField(max_length=200, blank=True)
    client_id = models.CharField(max_length=200)
    client_secret = models.BinaryField(default=bytes)
    access_token = models.BinaryField(default=bytes)
    refresh_token = models.BinaryField(default=bytes)
    access_expires_at = models.DateTimeField(null=True)
    refresh_expires_at = models.DateTimeField(null=True)
    # However often it is renewed: Intuit, "Important changes to refresh token policy".
    hard_expires_at = models.DateTimeField(null=True)
    # Somebody is asking for new tokens; a second question at the same time could end the authorisation.
    renewing_until = models.DateTimeField(null=True)
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
        self.hard_expires_at = tokens.hard_expires_at or self.hard_expires_at
        self.renewing_until = None

    def forget_tokens(self) -> None:
        self.access_token = self.refresh_token = b""
        self.access_expires_at = self.refresh_expires_at = self.hard_expires_at = self.renewing_until = None

    def needs_reconnecting(self, cause: Cause, reason: str = "") -> None:
        self.status = self.Status.NEEDS_RECONNECTING
        self.cause, self.reason, self.since = cause, reason[:300], clock.now()

    @property
    def ends_at(self) -> datetime | None:
        """When the authorisation ends unless somebody renews it; at its full age in any case."""
        ends = [at for at in (self.refresh_expires_at, self.hard_expires_at) if at is not None]
        return min(ends, default=None)

    @property
    def why(self) -> Words | None:
        """Of a connection that needs reconnecting."""
        return WORDS[Cause(self.cause)] if self.cause else None


class Event(models.Model):
    """One line of a connection's history: connected, lost, reconnected, switched off, ..."""

    class What(models.TextChoices):
        CONNECTED = "connected", "Connected"
        SET_UP = "set_up", "Set-up finished"
        RECONNECTED = "reconnected", "Reconnected"
        LOST = "lost", "Access lost"
        DISABLED = "disabled", "Switched off"
        ENABLED = "enabled", "Switched on"
        DISCONNECTED = "disconnected", "Disconnected"
        LINKS_FORGOTTEN = "links_forgotten", "Links forgotten"
        OUTAGE = "outage", "QuickBooks out of reach"
        BACK = "back", "QuickBooks answers again"
        SYNC_FROM = "sync_from", "Sync From changed"

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    at = models.DateTimeField(default=clock.now)
    # As text, since it outlives the account it names; empty for what happened by itself.
    by = models.CharField(max_length=254, blank=True)
    words = models.CharField(max_length=300, blank=True)
    # Of a loss: whether the mail about it is written.
    told = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["company", "-id"], name="event_newest"),
            models.Index(fields=["what"], condition=models.Q(told=False), name="event_untold"),
        ]

    @property
    def why(self) -> str:
        """Of a loss."""
        return WORDS[Cause(self.words)].what


class ConsentAsked(models.Model):
    """Somebody was sent to QuickBooks; whoever comes back must be the same person in the same browser, once."""

    state_hash = models.CharField(max_length=64, primary_key=True)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session_hash = models.CharField(max_length=64)
    redirect_uri = models.CharField(max_length=200)
    sandbox = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
