"""Sync Results: one row for each record and the QuickBooks object it is kept in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from tieout.pages.access import PageRequest, page
from tieout.pages.formatting import day
from tieout.pages.frame import zone_of
from tieout.pages.keyset import Order
from tieout.pages.kinds import KINDS
from tieout.pages.listing import listing
from tieout.pages.results import filter as filters
from tieout.pages.results.chips import chips
from tieout.pages.results.compare import both_books
from tieout.pages.results.download import lines
from tieout.pages.results.explain import explanation
from tieout.pages.results.last import last_success
from tieout.subledger.people import Act
from tieout.sync.models import Link, Operation, Status
from tieout.sync.status import tallies

NEWEST = Order("attempted_at")
SHOWN = (
    *("kind", "record_id", "entity", "qbo_id", "state", "status", "direction", "details", "attempted_at"),
    *("number", "name", "date", "total"),
)


@page(Act.SEE)
def results(request: PageRequest) -> HttpResponse:
    wanted = filters.parse(request.GET, lambda: last_success(request.company), zone_of(request))
    counted = tallies(request.company)
    found = listing(
        filters.sections(Link.objects.of(request.company).only(*SHOWN), wanted, counted),
        NEWEST,
        request.GET,
        filters.narrowings(request.company, wanted),
        filters.total(wanted, counted),
    )
    opened = _opened(request)
    since = day(wanted.since.astimezone(zone_of(request))) if wanted.since else ""
    context = {
        "wanted": wanted,
        "list": found,
        "chips": chips(wanted, request.GET, since),
        "kinds": KINDS.values(),
        "statuses": Status,
        "opened": opened,
        **(details(opened) if opened else {}),
    }
    return render(request, "results/list.html", context)


def _opened(request: PageRequest) -> Link | None:
    """It is shown above the list where the list's part in view does not have it."""
    wanted = request.GET.get("open", "")
    return Link.objects.of(request.company).filter(pk=wanted).first() if wanted.isdecimal() else None


@page(Act.SEE)
def download(request: PageRequest) -> StreamingHttpResponse:
    zone = zone_of(request)
    wanted = filters.parse(request.GET, lambda: last_success(request.company), zone)
    rows = lines(filters.everything(request.company, wanted), zone)
    named = {"Content-Disposition": 'attachment; filename="sync-results.csv"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=named)


@page(Act.SEE)
def result(request: PageRequest, link: int) -> HttpResponse:
    """One row's details: what the arrow opens, and a page of its own without a script."""
    found = get_object_or_404(Link.objects.of(request.company), pk=link)
    template = "results/details.html" if "HX-Request" in request.headers else "results/page.html"
    return render(request, template, {"link": found, **details(found)})


def details(link: Link) -> dict[str, Any]:
    return {
        "explanation": explanation(link),
        "books": both_books(link),
        "attempts": list(link.attempts.select_related("run")[:20]),
        "operations": list(Operation.objects.filter(link=link).order_by("-id")[:10]),
    }
