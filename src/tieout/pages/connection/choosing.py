"""The first steps of a set-up: is it the right company, from when on, and waiting until both books are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Min
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tieout import jobs
from tieout.pages.access import PageRequest, page
from tieout.pages.editing.fields import DayField
from tieout.pages.editing.saving import show
from tieout.quickbooks.connecting import switching
from tieout.quickbooks.errors import ConnectionTrouble, ReadFailed
from tieout.quickbooks.glance import glance
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Invoice
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Policy, Run, Trigger
from tieout.sync.setting_up import prepare, set_up

from .steps import EITHER, render_step, step

T = TypeVar("T")


class DateForm(forms.Form):
    sync_from = DayField(label="Sync From")
    open_items = forms.BooleanField(
        label="Take along what was open on the day of connecting, whatever its date", required=False, initial=True
    )


@step("set-up-company")
def company(request: PageRequest) -> HttpResponse:
    if request.method == "POST" and "other" in request.POST:
        return _choose_another(request)
    return render_step(request, "company", {"may_change": not prepare.finished(request.company)})


def _choose_another(request: PageRequest) -> HttpResponse:
    if prepare.finished(request.company):
        messages.error(request, "Nothing was changed: the books of this QuickBooks company were read already.")
        return redirect("set-up-company", request.company.pk)
    try:
        switching.take_back(request.company)
    except (Refused, ConnectionTrouble) as trouble:
        messages.error(request, f"Nothing was changed. {trouble}")
        return redirect("set-up-company", request.company.pk)
    messages.success(request, "The wrong company is let go. Connect again and choose the right one.")
    return redirect("connect", request.company.pk)


@step("set-up-date")
def date(request: PageRequest) -> HttpResponse:
    policy = Policy.objects.filter(company=request.company).first()
    initial = {"sync_from": policy.sync_from, "open_items": policy.open_items} if policy else {}
    form = DateForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _chosen(request, form):
        return redirect("set-up-lists", request.company.pk)
    return render_step(request, "date", {"form": form, **hints(request)})


def _chosen(request: PageRequest, form: DateForm) -> bool:
    values = form.cleaned_data
    try:
        set_up.choose_date(request.company, values["sync_from"], open_items=values["open_items"])
    except Refused as refusal:
        show(refusal, form)
        return False
    jobs.wake(request.company, by=request.user.email, trigger=Trigger.CONNECT)
    return True


def hints(request: PageRequest, *, ask: bool = True) -> dict[str, Any]:
    """Beside the date: how far either book goes back, and to when theirs is closed."""
    rows = Invoice.objects.of(request.company).exclude(status="draft")
    oldest = rows.aggregate(day=Min("date"))["day"]
    return {"ours_oldest": oldest, "theirs": looked_up(request, glance) if ask else None}


def looked_up(request: PageRequest, look: Callable[[Company], T]) -> T | None:
    try:
        return look(request.company)
    except (ConnectionTrouble, ReadFailed) as trouble:
        messages.warning(request, f"QuickBooks could not be asked just now. {trouble}")
        return None


@page(Act.CONNECT, methods=EITHER)
def reading(request: PageRequest) -> HttpResponse:
    """Both books are read by the runner; this page looks again by itself until that is done."""
    company = request.company
    connection: Connection | None = getattr(company, "connection", None)
    if connection is None or connection.status != Connection.Status.SET_UP_UNFINISHED or prepare.finished(company):
        return redirect("set-up-lists", company.pk)
    if request.method == "POST":
        jobs.wake(company, by=request.user.email, trigger=Trigger.CONNECT)
        return redirect("set-up-reading", company.pk)
    run = Run.objects.filter(company=company).order_by("-started_at").first()
    response = render_step(request, "reading", {"run": run, "step_name": "set-up-lists"})
    if not (run and run.ending in (Run.Ending.STOPPED, Run.Ending.BROKEN)):
        response.headers["Refresh"] = "2"
    return response


@page(Act.RECONNECT, methods=EITHER)
def reconnected(request: PageRequest) -> HttpResponse:
    """The date is there already; another one takes in a period that was opened again."""
    policy = Policy.objects.filter(company=request.company).first()
    connection: Connection | None = getattr(request.company, "connection", None)
    if policy is None or connection is None or connection.status != Connection.Status.CONNECTED:
        return redirect("quickbooks", request.company.pk)
    form = DateForm(
        request.POST if request.method == "POST" else None,
        initial={"sync_from": policy.sync_from, "open_items": policy.open_items},
    )
    del form.fields["open_items"]
    if form.is_valid() and moved(request, form):
        return redirect("quickbooks", request.company.pk)
    return render(request, "connection/reconnected.html", {"form": form, **hints(request)})


def moved(request: PageRequest, form: forms.Form) -> bool:
    try:
        earlier = set_up.move_back(request.company, form.cleaned_data["sync_from"], request.user)
    except Refused as refusal:
        show(refusal, form)
        return False
    jobs.wake(request.company, by=request.user.email, trigger=Trigger.CONNECT)
    told = "Sync From was moved back; the period is taken in now." if earlier else "The sync goes on from where it was."
    messages.success(request, f"{told} You can go on working meanwhile.")
    return True
