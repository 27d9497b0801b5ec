from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from tieout.pages.access import PageRequest, page
from tieout.pages.kinds import words
from tieout.pages.sync_state import causes
from tieout.pages.views.tie_out import last
from tieout.subledger.people import Act
from tieout.sync.models import Cursor, Status
from tieout.sync.status import by_kind, tallies


@page(Act.SEE)
def overview(request: PageRequest) -> HttpResponse:
    company = request.company
    counted = tallies(company)
    return render(
        request,
        "overview.html",
        {
            "counts": [(words(kind), numbers) for kind, numbers in by_kind(counted).items()],
            "statuses": Status,
            "causes": causes(company, counted),
            "whole": last(company),
            "cursor": Cursor.objects.filter(company=company).first(),
        },
    )
