from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from tieout.pages.access import PageRequest, page
from tieout.pages.kinds import KINDS
from tieout.pages.sync_state import causes
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Link, Status


@page("see")
def overview(request: PageRequest) -> HttpResponse:
    company = request.company
    counts = status_counts(company)
    return render(
        request,
        "overview.html",
        {
            "counts": [(words, counts[kind]) for kind, words in KINDS.items() if kind in counts],
            "statuses": Status,
            "causes": causes(company),
            "cursor": Cursor.objects.filter(company=company).first(),
        },
    )


def status_counts(company: Company) -> dict[str, dict[str, int]]:
    """Records by kind and status; kinds without records are left out."""
    counts: dict[str, dict[str, int]] = {}
    grouped = Link.objects.of(company).order_by().values_list("kind", "status").annotate(Count("id"))
    for kind, status, number in grouped:
        counts.setdefault(kind, {})[status] = number
    return counts
