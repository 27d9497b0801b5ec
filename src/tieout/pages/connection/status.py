"""The integration's status: which company, since when, from which date on, what runs when, and what it costs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from tieout import clock
from tieout.pages.access import PageRequest, page
from tieout.quickbooks.connecting import history
from tieout.quickbooks.models import Connection
from tieout.quickbooks.webhooks import inbox
from tieout.subledger.models import Company
from tieout.subledger.people import Act
from tieout.sync.models import Cursor, Policy

from . import meter, steps


@page(Act.SEE)
def integrations(request: PageRequest) -> HttpResponse:
    return render(request, "integrations/list.html")


@page(Act.SEE)
def status(request: PageRequest) -> HttpResponse:
    company = request.company
    connection: Connection | None = getattr(company, "connection", None)
    context = {
        "policy": Policy.objects.filter(company=company).first(),
        "cursor": Cursor.objects.filter(company=company).first(),
        "meter": meter.this_month(company),
        "days_left": days_left(connection),
        "left_at": steps.where_left(connection) if connection else "",
        "events": history.newest(company.pk),
        **webhook_state(company),
    }
    return render(request, "connection/status.html", context)


def webhook_state(company: Company) -> dict[str, object]:
    return {
        "webhooks_set_up": bool(settings.QUICKBOOKS_WEBHOOK_TOKENS),
        "webhooks_on": inbox.are_on(company),
        "last_event": inbox.last_event(company),
    }


def days_left(connection: Connection | None) -> int | None:
    """Whole days until the authorisation ends unless a run renews it."""
    if connection is None or connection.ends_at is None:
        return None
    return max((connection.ends_at - clock.now()).days, 0)
