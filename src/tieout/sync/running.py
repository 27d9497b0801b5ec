"""What the steps of a run share."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tieout import clock
from tieout.kinds import Kind
from tieout.quickbooks.calling.client import Client
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Object
from tieout.subledger.models import Company

from . import models
from .deciding import pair
from .hold import Lease
from .matching.scope import Scope
from .matching.wanted import Wanted

PREFERENCES_LAST = timedelta(minutes=5)
SHOWN_EVERY = timedelta(seconds=1)
SHOWN = ("kind", "progress", "calls_core", "calls_core_plus", "writes", "found_error")


@dataclass
class Running:
    company: Company
    row: models.Run
    cursor: models.Cursor
    policy: models.Policy
    client: Client
    lease: Lease
    scope: Scope

    ours_upto: int  # versions up to here are looked at in this run
    changed: Mapping[str, Sequence[int]] = field(default_factory=dict)  # by entity, records of ours
    wanted: Wanted = field(default_factory=Wanted)
    only: Mapping[str, Collection[int]] | None = None  # by entity, records; None: all there is
    merges: pair.Merges = field(default_factory=pair.Merges)
    done: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    names_unknown_tax: bool = False
    their_time: datetime | None = None  # QuickBooks' own, when the preferences were read
    _preferences: Object | None = None
    _preferences_at: datetime | None = None
    _shown_at: datetime | None = None

    @property
    def choices(self) -> pair.Policy:
        return pair.Policy(
            home_currency=self.company.currency,
            conflicts=self.policy.conflicts,
            conflicts_by_group=self.policy.conflicts_by_group,
            closed_until=self.company.closed_until,
            their_tax=self.policy.tax == models.Policy.Tax.QUICKBOOKS,
            sends_numbers=self.policy.custom_numbers or self.policy.numbers == models.Policy.Numbers.OURS_SENT,
        )

    def new_id(self) -> str:
        return uuid.uuid4().hex

    def preferences(self) -> Object:
        """As read within the last 5 minutes of this run: who closes the books there need not tell us."""
        if self._preferences is None or self._preferences_at is None or self._is_stale(self._preferences_at):
            answer = self.client.get(requests.preferences())
            self.know_preferences(answer.object, answer.time or clock.now())
            return answer.object
        return self._preferences

    def know_preferences(self, preferences: Object, their_time: datetime) -> None:
        self._preferences, self._preferences_at, self.their_time = preferences, clock.now(), their_time
        self._keep_what_matters(preferences)

    def _is_stale(self, at: datetime) -> bool:
        return clock.now() - at > PREFERENCES_LAST

    def _keep_what_matters(self, preferences: Object) -> None:
        """For what is decided and refused before QuickBooks is asked."""
        before = (self.company.closed_until, self.policy.custom_numbers)
        self.company.closed_until = self.lock_date(preferences)
        self.policy.custom_numbers = bool((preferences.get("SalesFormsPrefs") or {}).get("CustomTxnNumbers"))
        if (self.company.closed_until, self.policy.custom_numbers) == before:
            return
        with self.lease.transaction():
            Company.objects.filter(pk=self.company.pk).update(closed_until=self.company.closed_until)
            self.policy.save(update_fields=["custom_numbers"])

    def lock_date(self, preferences: Object) -> date | None:
        """The later of QuickBooks' closing date and the company's own."""
        theirs = (preferences.get("AccountingInfoPrefs") or {}).get("BookCloseDate")
        dates = [date.fromisoformat(theirs[:10])] if theirs else []
        dates += [self.policy.lock_date] if self.policy.lock_date else []
        return max(dates, default=None)

    def show(self, kind: Kind[Any], *, total: int = 0, done: int = 0) -> None:
        """For those who look on; what is not stored now is with what comes later, at the latest with the report."""
        self.total[kind.name] += total
        self.done[kind.name] += done
        self.row.kind = kind.name
        self.row.progress = {name: {"done": self.done[name], "total": self.total[name]} for name in self.total}
        self.row.calls_core, self.row.calls_core_plus = self.client.calls.core, self.client.calls.core_plus
        if self._shown_at is None or clock.now() - self._shown_at >= SHOWN_EVERY:
            self._shown_at = clock.now()
            self.row.save(update_fields=SHOWN)
