from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from tieout.pages.access import PageRequest, page
from tieout.subledger.people import Act
from tieout.sync.tie_out import tie_out as compare

SHOWN = 500


@page(Act.SEE)
def tie_out(request: PageRequest) -> HttpResponse:
    """Both books compared as they were last read; as a page, or as the summary on the overview."""
    report = compare(request.company)
    rows = sorted(report.rows, key=lambda row: not row.is_difference)
    template = "tie_out/summary.html" if "HX-Request" in request.headers else "tie_out/page.html"
    return render(request, template, {"report": report, "rows": rows[:SHOWN], "left_out": max(len(rows) - SHOWN, 0)})
