"""QuickBooks out of reach: waited out by itself, ever longer, and told quietly."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from tieout import clock
from tieout.quickbooks.errors import Outage, Throttled
from tieout.quickbooks.models import Connection
from tieout.quickbooks.wire.faults import OUT_OF_SERVICE
from tieout.subledger.models import Company

from .history import What, note

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=20)


def failed(company: Company, trouble: Exception) -> None:
    """After a run that had to stop. Lost access is no outage: it waits for a person."""
    if not isinstance(trouble, Outage | Throttled):
        return
    with transaction.atomic():
        row = Connection.objects.select_for_update().filter(pk=company.pk).first()
        if row is None:
            return
        if row.outage_since is None:
            row.outage_since = clock.now()
            note(row.company_id, What.OUTAGE, words=in_words(trouble))
        row.failures += 1
        row.outage, row.retry_at = in_words(trouble), clock.now() + pause(row.failures)
        row.save(update_fields=["outage", "outage_since", "failures", "retry_at"])


def in_words(trouble: Outage | Throttled) -> str:
    """For people; the run keeps what exactly was answered."""
    if isinstance(trouble, Throttled):
        return str(trouble)[:300]
    said = next((words for words in OUT_OF_SERVICE.values() if words in str(trouble)), None)
    return f"QuickBooks is out of reach: {said}" if said else "QuickBooks is not answering."


def over(company: Company) -> None:
    """After a run that got through."""
    ended = Connection.objects.filter(pk=company.pk, outage_since__isnull=False)
    if ended.update(outage="", outage_since=None, failures=0, retry_at=None):
        note(company.pk, What.BACK)


def pause(failures: int) -> timedelta:
    """1, 2, 4, 8, 16, then 20 minutes."""
    return min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)
