"""What would come of an act, found by doing it and taking it back before anything is committed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from django.db import transaction

from tieout.subledger.models import Company
from tieout.sync.acts.preview import Outlook, outlook
from tieout.sync.models import Link

SHOWN = 200


def foreseen(company: Company, links: Sequence[Link], act: Callable[[], object]) -> list[Outlook]:
    with transaction.atomic():
        act()
        found = outlook(company, links[:SHOWN])
        transaction.set_rollback(True)
    return found


def fingerprint(outlooks: Sequence[Outlook]) -> str:
    """Of what a person has seen; if it is another when they accept, they are shown it again."""
    seen = repr([(each.link.pk, each.act, each.changes, each.problem) for each in outlooks])
    return hashlib.sha256(seen.encode()).hexdigest()[:16]
