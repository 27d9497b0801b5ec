"""The tie-out on three levels, as last compared; comparing anew goes on behind the page."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from tieout.jobs import behind
from tieout.jobs.behind.comparing import Whole, whole
from tieout.pages.access import PageRequest, page
from tieout.pages.kinds import words
from tieout.pages.results.download import Echo, harmless
from tieout.subledger.models import Company
from tieout.subledger.people import Act
from tieout.sync.models import Task
from tieout.sync.tie_out import Row

COLUMNS = ("Level", "Type", "Tieout ID", "External ID", "Record", "Tieout", "QuickBooks", "Difference", "Why")
OWED = {"Customer": "Receivable", "Vendor": "Payable"}


@page(Act.SEE)
def tie_out(request: PageRequest) -> HttpResponse:
    task = behind.latest(request.company, Task.What.TIE_OUT)
    template = "tie_out/summary.html" if "HX-Request" in request.headers else "tie_out/page.html"
    return render(request, template, {"task": task, "whole": last(request.company)})


@page(Act.RUN, methods=["POST"])
def compare(request: PageRequest) -> HttpResponse:
    running = behind.latest(request.company, Task.What.TIE_OUT)
    if running is None or not running.is_running:
        behind.begin(request.company, Task.What.TIE_OUT, request.user)
    return redirect("tie-out", request.company.pk)


@page(Act.SEE)
def download(request: PageRequest) -> StreamingHttpResponse:
    found = last(request.company)
    writer = csv.writer(Echo())
    lines = (writer.writerow([harmless(cell) for cell in row]) for row in _rows(found)) if found else iter(())
    named = {"Content-Disposition": 'attachment; filename="tie-out.csv"'}
    head = ["\ufeff" + writer.writerow(COLUMNS)]
    return StreamingHttpResponse([*head, *lines], content_type="text/csv; charset=utf-8", headers=named)


def last(company: Company) -> Whole | None:
    task = behind.latest(company, Task.What.TIE_OUT, done=True)
    return whole(task) if task else None


def _why(row: Row) -> str:
    return row.explanation or f"Differs. {row.said}".strip()


def _rows(found: Whole) -> Iterator[list[Any]]:
    for control in found.controls:
        figures = [control.ours, control.theirs, control.difference]
        yield ["Control account", OWED[control.whose], "", "", "All contacts", *figures, ""]
        account = [control.theirs, control.account, control.theirs - control.account]
        yield ["Control account", OWED[control.whose], "", "", "QuickBooks' contacts and its account", *account, ""]
    for row in found.balances:
        figures = [row.ours, row.theirs, row.difference]
        yield ["Contact", row.whose, row.record_id, row.qbo_id, row.name, *figures, ""]
        for item in row.items:
            figures = [item.ours, item.theirs, item.difference]
            yield ["Open item", item.entity, item.record_id, item.qbo_id, item.number, *figures, item.why]
    for each in (record for kind in found.kinds for record in kind.rows):
        amounts = [each.ours, each.theirs, (each.ours or 0) - (each.theirs or 0)]
        yield ["Record", words(each.kind).one, each.record_id, each.qbo_id, each.label, *amounts, _why(each)]
