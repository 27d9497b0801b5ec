from __future__ import annotations

from datetime import datetime

from tieout.subledger.models import Company
from tieout.sync.models import Run


def last_success(company: Company) -> datetime | None:
    """When the last run of everything that ended without an error began: what it did is part of the default view."""
    done = Run.objects.filter(company=company, ending=Run.Ending.DONE, only="", found_error=False)
    return done.order_by("-started_at").values_list("started_at", flat=True).first()
