"""A company's choices about its sync."""

from __future__ import annotations

from django.db import models

from tieout import clock
from tieout.subledger.models import Account, Company


class Policy(models.Model):
    class Contacts(models.TextChoices):
        WITH_DOCUMENTS = "with_documents", "Accounts with invoices or payments"
        ALL = "all", "All accounts"

    class Tax(models.TextChoices):
        QUICKBOOKS = "quickbooks", "QuickBooks computes it"
        OURS = "ours", "We send ours"

    class Numbers(models.TextChoices):
        THEIRS_REPLACE = "theirs_replace", "QuickBooks' number replaces ours"
        OURS_SENT = "ours_sent", "Ours is sent"

    class Conflicts(models.TextChoices):
        ASK = "ask", "Ask"
        OURS = "ours", "Ours wins"
        THEIRS = "theirs", "QuickBooks wins"

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="policy", primary_key=True)
    sync_from = models.DateField()
    # When it was first connected, by either book's reckoning: what changes later is in scope whatever its date.
    connected_at = models.DateTimeField(default=clock.now)
    connected_version = models.BigIntegerField(default=0)
    # Documents that were open on the day of connecting come along whatever their date.
    open_items = models.BooleanField(default=True)
    contacts = models.CharField(max_length=20, choices=Contacts, default=Contacts.WITH_DOCUMENTS)
    tax = models.CharField(max_length=20, choices=Tax, default=Tax.QUICKBOOKS)
    numbers = models.CharField(max_length=20, choices=Numbers, default=Numbers.OURS_SENT)
    # Never for money, which always asks.
    conflicts = models.CharField(max_length=10, choices=Conflicts, default=Conflicts.ASK)
    # Exceptions from it, by group: {"memo": "theirs"}.
    conflicts_by_group = models.JSONField(default=dict, blank=True)
    # A run that would void, delete, re-price, renumber or re-assign more of one kind than the larger of these two stops
    # and asks: so many records, or so many percent of those that are linked.
    mass_count = models.PositiveIntegerField(default=10)
    mass_percent = models.PositiveIntegerField(default=5)
    # QuickBooks' own preference, as last read: whether its users give the numbers themselves.
    custom_numbers = models.BooleanField(default=False)
    lock_date = models.DateField(null=True, blank=True)
    interval_minutes = models.PositiveIntegerField(default=20)
    deposit_account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # How many writes of a kind go singly (free of charge) before batches (metered, faster) are used.
    batch_from = models.PositiveIntegerField(default=60)
