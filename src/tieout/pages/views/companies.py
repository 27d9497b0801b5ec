from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tieout.pages.access import may
from tieout.pages.sync_state import SyncState, sync_states
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.subledger.people import Act

# In the order in which they need somebody; each company counts under one of them.
STATUSES = {
    "needs_reconnecting": "Needs reconnecting",
    "has_errors": "Has errors",
    "set_up_unfinished": "Set-up unfinished",
    "not_connected": "Not connected",
    "switched_off": "Switched off",
    "not_started": "Connected, first sync not started",
    "in_progress": "In progress",
    "synced": "Synced",
}
BY_CONNECTION = {
    Connection.Status.NEEDS_RECONNECTING: "needs_reconnecting",
    Connection.Status.SET_UP_UNFINISHED: "set_up_unfinished",
    Connection.Status.DISCONNECTED: "not_connected",
    Connection.Status.DISABLED: "switched_off",
}
# Who may take the company a step on, on which page, and what the step is called.
NEXT = {
    "needs_reconnecting": (Act.RECONNECT, "reconnect", "Reconnect"),
    "set_up_unfinished": (Act.CONNECT, "quickbooks", "Finish the set-up"),
    "not_connected": (Act.CONNECT, "quickbooks", "Connect"),
    "switched_off": (Act.SETTINGS, "enable", "Switch it on again"),
    "not_started": (Act.RUN, "quickbooks", "Start it"),
}


@dataclass(frozen=True)
class Row:
    company: Company
    role: str
    state: SyncState

    @property
    def status(self) -> str:
        return status(self.company, self.state)

    @property
    def next(self) -> tuple[str, str] | None:
        """A page and what is done there, for who may."""
        act, page, words = NEXT.get(self.status, (Act.SEE, "", ""))
        return (page, words) if page and may(self.role, act) else None


@login_required
def companies(request: HttpRequest) -> HttpResponse:
    """Whoever has one company only goes straight to it."""
    member = Company.objects.filter(memberships__user=request.user.pk).annotate(role=F("memberships__role"))
    mine = list(member.select_related("connection").order_by("name"))
    if len(mine) == 1:
        return redirect("overview", mine[0].pk)
    states = sync_states(mine)
    rows = [Row(company, company.role, states[company.pk]) for company in mine]
    counts = Counter(row.status for row in rows)
    wanted = request.GET.get("status", "")
    context = {
        "companies": [row for row in rows if wanted not in STATUSES or row.status == wanted],
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
    return "has_errors" if state.colour == "red" else "synced" if state.run else "not_started"
