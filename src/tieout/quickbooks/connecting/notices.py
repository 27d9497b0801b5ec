"""Mails about a connection: access lost, once per loss, and an authorisation that is about to end."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.urls import reverse

from tieout import clock
from tieout.mails.letter import Letter
from tieout.mails.outbox import post
from tieout.quickbooks.models import Connection, Event
from tieout.subledger.models import Membership, Role, User

from .causes import Words

WARN_DAYS = (14, 7, 2)
HELD = (Connection.Status.CONNECTED, Connection.Status.DISABLED)
BUTTON = "Reconnect to QuickBooks Online"


def check() -> None:
    """Writes the mails that are due; each is written once however often this is asked."""
    _lost()
    _about_to_end()


def _lost() -> None:
    losses = Event.objects.filter(what=Event.What.LOST, told=False).order_by("pk")
    for event in losses[:100]:
        with transaction.atomic():
            row = _still_lost(event)
            if row is not None and row.why is not None:
                post(f"lost:{event.pk}", addressees(row), _lost_letter(row, row.why))
            Event.objects.filter(pk=event.pk).update(told=True)


def _still_lost(event: Event) -> Connection | None:
    """Whoever has reconnected meanwhile needs no mail."""
    later = Event.objects.filter(company=event.company_id, pk__gt=event.pk, what=Event.What.RECONNECTED)
    lost = Connection.objects.filter(pk=event.company_id, status=Connection.Status.NEEDS_RECONNECTING)
    return None if later.exists() else lost.select_related("company", "connected_by").first()


def _lost_letter(row: Connection, why: Words) -> Letter:
    return Letter(
        f"{row.company}: QuickBooks no longer lets us in",
        (
            f"The connection of {row.company} to {row.company_name or 'QuickBooks'} has ended. {why.what}",
            f"Who can mend it: {why.who}",
            " ".join(why.steps),
            "Nothing is lost. You can go on working in both books; what is changed waits until the connection stands "
            "again.",
        ),
        reverse("reconnect", args=[row.pk]),
        BUTTON,
    )


def _about_to_end() -> None:
    for row in _ending_within(max(WARN_DAYS)):
        left = _days_left(row)
        passed = [days for days in WARN_DAYS if left <= days]
        if passed and row.ends_at is not None:
            post(f"ending:{row.pk}:{row.ends_at.date()}:{min(passed)}", addressees(row), _ending_letter(row, left))


def _ending_within(days: int) -> QuerySet[Connection]:
    now = clock.now()
    soon = Least(
        Coalesce(F("refresh_expires_at"), F("hard_expires_at")), Coalesce(F("hard_expires_at"), F("refresh_expires_at"))
    )
    rows = Connection.objects.filter(Q(status__in=HELD)).annotate(soon=soon)
    return rows.filter(soon__gt=now, soon__lte=now + timedelta(days=days)).select_related("company", "connected_by")


def _days_left(row: Connection) -> int:
    """Begun ones count: what ends in thirteen and a half days ends within 14."""
    return -((clock.now() - row.ends_at) // timedelta(days=1)) if row.ends_at is not None else 0


def _ending_letter(row: Connection, days: int) -> Letter:
    within = f"{days} days" if days > 1 else "a day"
    reason = (
        "It has reached its full age, so somebody has to allow it anew in QuickBooks."
        if row.ends_at == row.hard_expires_at
        else "It ends when no run renews it: runs are switched off, or have not come through for a long time."
    )
    return Letter(
        f"{row.company}: access to QuickBooks ends within {within}",
        (
            f"The authorisation by which {row.company} is synced with {row.company_name or 'QuickBooks'} ends within "
            f"{within}. {reason}",
            "Reconnect before, and nothing stands still. If it ends, nothing is lost either: documents wait.",
        ),
        reverse("quickbooks", args=[row.pk]),
        "See the connection",
    )


def addressees(row: Connection) -> list[str]:
    """Who connected, while they may still mend it; else the owners."""
    able = Membership.objects.filter(company=row.pk, role__in=[Role.OWNER, Role.ADMIN], user__is_active=True)
    connected: User | None = row.connected_by
    if connected is not None and able.filter(user=connected).exists():
        return [connected.email]
    return list(able.filter(role=Role.OWNER).order_by("user__email").values_list("user__email", flat=True))
