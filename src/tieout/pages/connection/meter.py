"""The calls of this month by class, against what the plan includes."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Min, Sum

from tieout import clock
from tieout.quickbooks.plans import PLANS, Plan, forecast, month_begins
from tieout.subledger.models import Company
from tieout.sync.models import Run


@dataclass(frozen=True)
class Meter:
    core: int
    core_plus: int
    forecast: int
    plan: Plan

    @property
    def share(self) -> float:
        """Of the plan's allowance, in percent, by the end of the month."""
        return 100 * self.forecast / self.plan.included


def this_month(company: Company) -> Meter:
    now = clock.now()
    runs = Run.objects.filter(company=company)
    used = runs.filter(started_at__gte=month_begins(now)).aggregate(
        core=Sum("calls_core", default=0), core_plus=Sum("calls_core_plus", default=0)
    )
    first = runs.aggregate(at=Min("started_at"))["at"] or now
    core_plus = used["core_plus"]
    return Meter(used["core"], core_plus, forecast(core_plus, now, first), PLANS[settings.QUICKBOOKS_PLAN])
