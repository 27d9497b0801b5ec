"""What QuickBooks told of changes: kept until a run has looked at them, and a while longer to know doubles by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import F, Max

from tieout import clock
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company

from .models import StrayRealm, WebhookEvent
from .notification import Event

# Change data capture reaches no further back either, so a hint that is older helps nobody.
KEPT = timedelta(days=30)
AT_ONCE = 500
Key = TypeVar("Key")


@dataclass(frozen=True)
class Hints:
    """What a run should look at, oldest change first."""

    events: tuple[WebhookEvent, ...]

    def __bool__(self) -> bool:
        return bool(self.events)

    def until(self, moment: datetime) -> Hints:
        return Hints(tuple(event for event in self.events if event.changed_at <= moment))

    def objects(self) -> set[tuple[str, str]]:
        """(entity, Id) of everything that was named; a merge names the one that is gone as well."""
        named = {(event.entity, event.qbo_id) for event in self.events}
        return named | {(event.entity, event.merged_id) for event in self.events if event.merged_id}


def take_in(events: Sequence[Event]) -> list[Company]:
    """Those that something new was told of. Call it in the transaction that wakes them."""
    bound = {
        row.realm_id: row.company
        for row in Connection.objects.filter(realm_id__in={event.realm_id for event in events}).select_related(
            "company"
        )
    }
    _count_strays(event.realm_id for event in events if event.realm_id not in bound)
    # In one order everywhere, so that two notifications at once can't wait for each other.
    companies = sorted(bound.items(), key=lambda item: item[1].pk)
    return [company for realm, company in companies if _keep(company, [e for e in events if e.realm_id == realm])]


def _keep(company: Company, events: Iterable[Event]) -> bool:
    """Whether anything was new."""
    by_id = {event.id: event for event in events}
    kept = WebhookEvent.objects.filter(company=company)
    known = {
        id for part in _parts(list(by_id)) for id in kept.filter(event_id__in=part).values_list("event_id", flat=True)
    }
    rows = [_row(company, by_id[id]) for id in sorted(by_id.keys() - known)]
    # Its double may be on its way in at this moment.
    WebhookEvent.objects.bulk_create(rows, AT_ONCE, ignore_conflicts=True)
    return bool(rows)


def _row(company: Company, event: Event) -> WebhookEvent:
    return WebhookEvent(
        company=company,
        event_id=event.id,
        entity=event.entity,
        qbo_id=event.qbo_id,
        operation=event.operation,
        merged_id=event.merged_id,
        changed_at=event.changed_at,
    )


def _count_strays(realms: Iterable[str]) -> None:
    """Of companies that are none of ours: perhaps one whose connection was forgotten."""
    for realm, number in sorted(Counter(realms).items()):
        row, _ = StrayRealm.objects.get_or_create(realm_id=realm)
        StrayRealm.objects.filter(pk=row.pk).update(events=F("events") + number, last_at=clock.now())


def hints(company: Company) -> Hints:
    unseen = WebhookEvent.objects.filter(company=company, seen=False)
    return Hints(tuple(unseen.order_by("changed_at", "id")))


def seen(looked_at: Hints) -> None:
    """Exactly those: one with a lower number may have been stored later. Call it where the run stores what it read."""
    for part in _parts([event.pk for event in looked_at.events]):
        WebhookEvent.objects.filter(pk__in=part).update(seen=True)


def last_event(company: Company) -> datetime | None:
    """When we were last told of a change in its books."""
    latest: datetime | None = WebhookEvent.objects.filter(company=company).aggregate(at=Max("received_at"))["at"]
    return latest


def are_on(company: Company) -> bool:
    """That a key is set says nothing about whether Intuit reaches us; that something came does."""
    return is_open() and last_event(company) is not None


def is_open() -> bool:
    """Whether anything could be told at all."""
    return bool(settings.QUICKBOOKS_WEBHOOK_TOKENS)


def prune() -> int:
    return WebhookEvent.objects.filter(received_at__lt=clock.now() - KEPT).delete()[0]


def _parts(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
