"""The last steps of a set-up: QuickBooks' own settings, what the first sync would do, and the start."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from tieout import jobs
from tieout.pages.access import PageRequest
from tieout.pages.editing.saving import in_words
from tieout.pages.kinds import words
from tieout.quickbooks.checks import checks
from tieout.quickbooks.glance import glance
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Policy, Trigger
from tieout.sync.setting_up import first_run, set_up

from .choosing import looked_up
from .steps import next_after, render_step, step


@step("set-up-settings")
def settings(request: PageRequest) -> HttpResponse:
    if request.method == "POST":
        return redirect(next_after("set-up-settings"), request.company.pk)
    seen = looked_up(request, glance)
    return render_step(request, "settings", {"checks": checks(seen.preferences, seen.info) if seen else []})


@step("set-up-start")
def start(request: PageRequest) -> HttpResponse:
    if request.method == "POST":
        return _start(request)
    counts = first_run.counts(request.company)
    context = {
        "counts": [(words(kind), found) for kind, found in counts.items()],
        "policy": Policy.objects.get(company=request.company),
    }
    return render_step(request, "preview", context | {"step_name": "set-up-start"})


def _start(request: PageRequest) -> HttpResponse:
    try:
        set_up.start(request.company, request.user)
    except Refused as refusal:
        messages.error(request, in_words(refusal))
        return redirect("quickbooks", request.company.pk)
    jobs.wake(request.company, by=request.user.email, trigger=Trigger.CONNECT)
    messages.success(request, "The first sync begins in a moment. It may take a while; you can go on working.")
    return redirect("quickbooks", request.company.pk)
