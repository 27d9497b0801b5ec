"""Switching the sync off and on, disconnecting, and forgetting links."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tieout.pages.access import PageRequest, page
from tieout.pages.editing.fields import DayField
from tieout.pages.editing.saving import in_words, show
from tieout.quickbooks.connecting import switching
from tieout.quickbooks.errors import ConnectionTrouble
from tieout.quickbooks.models import Connection
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused, refuse
from tieout.sync.models import Policy
from tieout.sync.setting_up import forgetting

from .choosing import hints, moved

EITHER = ("GET", "HEAD", "POST")


class AgainForm(forms.Form):
    sync_from = DayField(label="Sync From")


class ForgetForm(forms.Form):
    name = forms.CharField(label="Type the company's name to confirm", max_length=100)


@page(Act.SETTINGS, methods=EITHER)
def disable(request: PageRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "connection/disable.html")
    return _done(
        request,
        lambda: switching.disable(request.company, request.user),
        "The sync is switched off. Nothing goes across until it is switched on again.",
    )


@page(Act.SETTINGS, methods=EITHER)
def enable(request: PageRequest) -> HttpResponse:
    """With the date of before, or an earlier one."""
    policy = Policy.objects.filter(company=request.company).first()
    if policy is None or _status(request) != Connection.Status.DISABLED:
        return redirect("quickbooks", request.company.pk)
    form = AgainForm(request.POST if request.method == "POST" else None, initial={"sync_from": policy.sync_from})
    if form.is_valid() and _enabled(request, policy, form):
        return redirect("quickbooks", request.company.pk)
    return render(request, "connection/enable.html", {"form": form, **hints(request, ask=False)})


def _enabled(request: PageRequest, policy: Policy, form: forms.Form) -> bool:
    try:
        if form.cleaned_data["sync_from"] > policy.sync_from:
            raise refuse(f"Choose {policy.sync_from.isoformat()} or an earlier day.", "sync_from")
        switching.enable(request.company, request.user)
    except Refused as refusal:
        show(refusal, form)
        return False
    return moved(request, form)


@page(Act.CONNECT, methods=EITHER)
def disconnect(request: PageRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "connection/disconnect.html")
    return _done(
        request,
        lambda: switching.disconnect(request.company, request.user),
        "Disconnected. Every link is kept for when it is connected again.",
    )


@page(Act.FORGET_LINKS, methods=EITHER)
def forget(request: PageRequest) -> HttpResponse:
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            number = forgetting.forget_links(request.company, form.cleaned_data["name"], request.user)
        except Refused as refusal:
            show(refusal, form)
        else:
            messages.success(request, f"Forgotten: {number} links. Records in both books are as they were.")
            return redirect("quickbooks", request.company.pk)
    return render(request, "connection/forget.html", {"form": form, "links": forgetting.number_of(request.company)})


def _done(request: PageRequest, act: Callable[[], None], success: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, f"Nothing was changed. {in_words(refusal)}")
    except Connection.DoesNotExist:
        messages.error(request, "Nothing was changed: this company is not connected.")
    except ConnectionTrouble as trouble:
        messages.error(request, f"Nothing was changed. {trouble}")
    else:
        messages.success(request, success)
    return redirect("quickbooks", request.company.pk)


def _status(request: PageRequest) -> str:
    connection: Connection | None = getattr(request.company, "connection", None)
    return connection.status if connection is not None else ""
