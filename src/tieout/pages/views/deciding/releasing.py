"""Changes of many records at once that a run did not make, and their release."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tieout.pages.access import PageRequest, page
from tieout.pages.editing.saving import in_words, wake
from tieout.pages.formatting import count
from tieout.pages.kinds import words
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import releasing
from tieout.sync.deciding import mass

SHOWN = 200


@page(Act.RESOLVE, methods=("GET", "HEAD", "POST"))
def release(request: PageRequest) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            released = _release(request)
        except Refused as refusal:
            problem = in_words(refusal)
        else:
            messages.success(request, f"Released {count(released, 'record')}. The next run carries it out.")
            return redirect("release", request.company.pk)
    stopped = [
        (each, words(each.kind), mass.DONE[each.change], list(releasing.links_of(request.company, each)[:SHOWN]))
        for each in releasing.stopped(request.company)
    ]
    return render(request, "deciding/release.html", {"stopped": stopped, "problem": problem, "shown": SHOWN})


def _release(request: PageRequest) -> int:
    with transaction.atomic():
        key, seen = request.POST.get("key", ""), request.POST.get("seen", "")
        released = releasing.release(request.company, key, request.user, seen=seen)
        wake(request.company, request.user.email)
    return released
