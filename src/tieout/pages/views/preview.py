"""What the next run would write in either book, before it does."""

from __future__ import annotations

from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render

from tieout.pages.access import PageRequest, page
from tieout.pages.kinds import words
from tieout.subledger.people import Act
from tieout.sync.acts.foresight import grouped, planned
from tieout.sync.models import Cursor, Policy
from tieout.sync.observing.observe import OVERLAP

MOST = 1_000  # decisions; a first sync of many has a page of its own
SHOWN = 100  # of a group


@page(Act.SEE)
def preview(request: PageRequest) -> HttpResponse:
    company = request.company
    known = Policy.objects.filter(company=company).exists()
    found = list(islice(planned(company), MOST + 1)) if known else []
    cursor = Cursor.objects.filter(company=company).first()
    groups = [(group, words(group.kind)) for group in grouped(iter(found[:MOST]))]
    context = {
        "groups": groups,
        "writes": sum(len(group.planned) for group, _ in groups if group.act not in ("afterwards", "stops")),
        "is_cut": len(found) > MOST,
        "most": MOST,
        "shown": SHOWN,
        "read_at": cursor.theirs + OVERLAP if cursor and cursor.theirs else None,
    }
    return render(request, "sync/preview.html", context)
