from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tieout.pages.sync_state import SyncState, sync_states
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company

# In the order in which they need somebody; each company counts under one of them.
STATUSES = {
    "needs_reconnecting": "Needs reconnecting",
    "has_errors": "Has errors",
    "set_up_unfinished": "Set-up unfinished",
    "not_connected": "Not connected",
    "in_progress": "In progress",
    "synced": "Synced",
}
BY_CONNECTION = {
    Connection.Status.NEEDS_RECONNECTING: "needs_reconnecting",
    Connection.Status.SET_UP_UNFINISHED: "set_up_unfinished",
    Connection.Status.DISCONNECTED: "not_connected",
    Connection.Status.DISABLED: "not_connected",
}


@login_required
def companies(request: HttpRequest) -> HttpResponse:
    """Whoever has one company only goes straight to it."""
    mine = list(Company.objects.filter(memberships__user=request.user.pk).select_related("connection").order_by("name"))
    if len(mine) == 1:
        return redirect("overview", mine[0].pk)
    states = sync_states(mine)
    rows = [(company, states[company.pk], status(company, states[company.pk])) for company in mine]
    counts = Counter(found for _, _, found in rows)
    wanted = request.GET.get("status", "")
    context = {
        "companies": [row for row in rows if wanted not in STATUSES or row[2] == wanted],
        "total": len(rows),
        "statuses": STATUSES,
        "counts": counts,
        "wanted": wanted,
    }
    return render(request, "companies.html", context)


def status(company: Company, state: SyncState) -> str:
    connection: Connection | None = getattr(company, "connection", None)
    if connection is None:
        return "not_connected"
    if connection.status in BY_CONNECTION:
        return BY_CONNECTION[Connection.Status(connection.status)]
    if state.is_busy:
        return "in_progress"
    return "has_errors" if state.colour == "red" else "synced" if state.run else "set_up_unfinished"
