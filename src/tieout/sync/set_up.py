"""What a newly connected company needs before its first run."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tieout.subledger.models import Company

from .models import Cursor, Policy


def set_up(company: Company, sync_from: date) -> None:
    """Once per company; repeated, it changes nothing but an earlier Sync From, which takes in the period that was
    opened."""
    with transaction.atomic():
        company.refresh_from_db()
        Cursor.objects.get_or_create(company=company)
        policy, new = Policy.objects.get_or_create(
            company=company, defaults={"sync_from": sync_from, "connected_version": company.version}
        )
        if not new and sync_from < policy.sync_from:
            policy.sync_from = sync_from
            policy.save(update_fields=["sync_from"])
            look_at_everything_again(company)


def look_at_everything_again(company: Company) -> None:
    """Both books are read and matched in full before the next write."""
    Cursor.objects.filter(company=company).update(in_full=True)
