"""The steps of a set-up, in their order, and where one goes on that was left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from tieout.pages.access import PageRequest, page
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.subledger.people import Act
from tieout.sync.models import Policy
from tieout.sync.setting_up import prepare


@dataclass(frozen=True)
class Step:
    name: str  # of its address
    title: str
    needs_date: bool = True
    needs_reading: bool = True


STEPS = (
    Step("set-up-company", "Company", needs_date=False, needs_reading=False),
    Step("set-up-date", "Sync From", needs_date=False, needs_reading=False),
    Step("set-up-lists", "Tax codes and lists"),
    Step("set-up-accounts", "Accounts"),
    Step("set-up-rules", "Rules"),
    Step("set-up-settings", "QuickBooks' settings"),
    Step("set-up-start", "Preview and start"),
)
BY_NAME = {step.name: step for step in STEPS}
EITHER = ("GET", "HEAD", "POST")

View = Callable[[PageRequest], HttpResponse]


def step(name: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Marks the view of a step: whoever is not there yet, or not any more, is led to where they are."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @page(Act.CONNECT, methods=EITHER)
        def checked(request: PageRequest) -> HttpResponse:
            away = _elsewhere(request.company, BY_NAME[name])
            if away is not None:
                return redirect(away, request.company.pk)
            _remember(request.company, name)
            return view(request)

        return checked

    return decorate


def next_after(name: str) -> str:
    names = [step.name for step in STEPS]
    return names[names.index(name) + 1]


def where_left(connection: Connection) -> str:
    return connection.set_up_step or STEPS[0].name


def render_step(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"connection/{name}.html", {"steps": STEPS, "step_name": f"set-up-{name}"} | context)


def _elsewhere(company: Company, wanted: Step) -> str | None:
    connection: Connection | None = getattr(company, "connection", None)
    if connection is None:
        return "connect"
    if connection.status == Connection.Status.NEEDS_RECONNECTING:
        return "reconnect"
    if connection.status != Connection.Status.SET_UP_UNFINISHED:
        return "quickbooks"
    if wanted.needs_date and not Policy.objects.filter(company=company).exists():
        return "set-up-date"
    if wanted.needs_reading and not prepare.finished(company):
        return "set-up-reading"
    return None


def _remember(company: Company, name: str) -> None:
    Connection.objects.filter(pk=company.pk).exclude(set_up_step=name).update(set_up_step=name)
