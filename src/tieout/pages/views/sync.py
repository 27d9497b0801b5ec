"""The run that is on, the flag and what it opens, and asking for a run."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tieout import jobs
from tieout.pages.access import PageRequest, page
from tieout.pages.sync_state import causes
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.subledger.people import Act
from tieout.sync.models import Link, Run
from tieout.sync.status import tallies


@page(Act.RUN, methods=["POST"])
def start(request: PageRequest) -> HttpResponse:
    connection: Connection | None = getattr(request.company, "connection", None)
    if connection is None or connection.status != Connection.Status.CONNECTED:
        messages.error(request, "Nothing was started: this company is not connected to QuickBooks.")
    else:
        jobs.wake(request.company, by=request.user.email)
        messages.success(request, "Sync asked for. It starts in a moment; you can go on working.")
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("results", args=[request.company.pk])
    return redirect(back)


@page(Act.SEE)
def state(request: PageRequest) -> HttpResponse:
    """The part of the top bar that the browser asks for again and again."""
    return render(request, "sync/state.html")


@page(Act.SEE)
def run(request: PageRequest) -> HttpResponse:
    """The run that is on, else the last one; as a page, or as what the spinner opens."""
    template = "sync/run_panel.html" if "HX-Request" in request.headers else "sync/run.html"
    recent = list(Run.objects.filter(company=request.company).order_by("-started_at")[:20])
    return render(request, template, {"runs": recent, "names": _names(request.company, recent)})


def _names(company: Company, runs: Sequence[Run]) -> dict[tuple[str, int], str]:
    """Of the records that these runs were limited to, as far as they have got a result."""
    records = {record for run in runs for _, record in run.alone}
    rows = Link.objects.of(company).filter(record_id__in=records) if records else Link.objects.none()
    return {(row.kind, row.record_id): row.number or row.name for row in rows if row.record_id is not None}


@page(Act.SEE)
def flag(request: PageRequest) -> HttpResponse:
    template = "sync/flag_panel.html" if "HX-Request" in request.headers else "sync/flag.html"
    counted = tallies(request.company)
    return render(request, template, {"causes": causes(request.company, counted), "counted": counted})
