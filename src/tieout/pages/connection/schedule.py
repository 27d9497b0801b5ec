"""How often a company syncs by itself, and what QuickBooks tells of changes meanwhile."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tieout import jobs
from tieout.pages.access import PageRequest, page
from tieout.pages.editing.fields import count_box
from tieout.subledger.people import Act
from tieout.sync.models import Cursor, Policy, Run

from .status import webhook_state

LEAST, MOST = 5, 1440


class ScheduleForm(forms.Form):
    interval_minutes = forms.IntegerField(
        label="Minutes between two automatic runs",
        min_value=LEAST,
        max_value=MOST,
        widget=count_box(),
        help_text=f"From {LEAST} to {MOST}, which is once a day. Companies are spread over the interval.",
    )


@page(Act.SETTINGS, methods=("GET", "HEAD", "POST"))
def schedule(request: PageRequest) -> HttpResponse:
    company = request.company
    policy = Policy.objects.filter(company=company).first()
    if policy is None:
        return redirect("quickbooks", company.pk)
    data = request.POST if request.method == "POST" else None
    form = ScheduleForm(data, initial={"interval_minutes": policy.interval_minutes})
    if form.is_valid():
        jobs.set_interval(company, form.cleaned_data["interval_minutes"])
        messages.success(request, "Saved. The next run follows the new interval.")
        return redirect("schedule", company.pk)
    runs = Run.objects.filter(company=company).order_by("-started_at")
    context = {
        "form": form,
        "policy": policy,
        "cursor": Cursor.objects.filter(company=company).first(),
        "last": runs.first(),
        **webhook_state(company),
    }
    return render(request, "connection/schedule.html", context)
