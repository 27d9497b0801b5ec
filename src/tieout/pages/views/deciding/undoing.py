"""Taking back what one run wrote to QuickBooks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tieout.pages.access import PageRequest, page
from tieout.pages.deciding.settle import EITHER, settle
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import refuse
from tieout.sync.acts import undoing
from tieout.sync.models import Run


@page(Act.RESOLVE, methods=EITHER)
def undo(request: PageRequest, run: int) -> HttpResponse:
    """Each write of the run, and how it would be taken back or why it cannot be."""
    found = get_object_or_404(Run, company=request.company, pk=run)
    deleting = request.POST.get("act") == "delete"

    def act() -> None:
        if not undoing.undo(found, request.user, deleting=deleting).done:
            raise refuse("None of these writes can be taken back any more.")

    return settle(
        request, act, reverse("results", args=[found.company_id]), "deciding/undo.html", lambda: _context(found)
    )


def _context(run: Run) -> dict[str, object]:
    voiding, deleting = undoing.undoable_in(run, [False, True])
    return {
        "run": run,
        "writes": list(zip(voiding, deleting, strict=True)),
        "voided": sum(not each.why_not for each in voiding),
        "deleted": sum(not each.why_not for each in deleting),
    }
