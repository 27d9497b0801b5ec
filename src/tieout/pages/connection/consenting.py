"""To QuickBooks and back: Continue, Connect to QuickBooks, log in there, choose the company."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tieout import jobs
from tieout.pages.access import PageRequest, may, page
from tieout.pages.middleware import HEADERS
from tieout.quickbooks.connecting import consent
from tieout.quickbooks.connecting.connection import CameBack, CompanyBound, ConnectionTrouble, RealmTaken, connect
from tieout.quickbooks.errors import ReadFailed
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Membership, User
from tieout.subledger.people import Act
from tieout.sync.models import Policy, Trigger

INTUIT_CONSENT = "https://appcenter.intuit.com"


@page(Act.CONNECT)
def start(request: PageRequest) -> HttpResponse:
    """What connecting means, before anybody is sent away. Also for one that was disconnected."""
    connection = _connection(request.company)
    if connection is not None and connection.status in (Connection.Status.CONNECTED, Connection.Status.DISABLED):
        return redirect("quickbooks", request.company.pk)
    return render(request, "connection/start.html", {"again": connection, "go": "connect-to-quickbooks"})


@page(Act.RECONNECT)
def start_again(request: PageRequest) -> HttpResponse:
    connection = _connection(request.company)
    if connection is None or connection.connected_at is None:
        return redirect("connect", request.company.pk)
    return render(request, "connection/start.html", {"again": connection, "go": "reconnect-to-quickbooks"})


@page(Act.CONNECT, methods=("GET", "HEAD", "POST"))
def go(request: PageRequest) -> HttpResponse:
    return _go(request)


@page(Act.RECONNECT, methods=("GET", "HEAD", "POST"))
def go_again(request: PageRequest) -> HttpResponse:
    connection = _connection(request.company)
    if connection is None or connection.connected_at is None:
        return redirect("connect", request.company.pk)
    return _go(request)


def _go(request: PageRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            return redirect(consent.ask(request.company, request.user, _session(request), redirect_uri(request)))
        except ConnectionTrouble as trouble:
            messages.error(request, f"Nobody was sent to QuickBooks. {trouble}")
    sandbox = consent.sandbox_of(request.company)
    response = render(request, "connection/go.html", {"again": _connection(request.company), "sandbox": sandbox})
    response.headers["Content-Security-Policy"] = _policy_that_lets_go(sandbox)
    return response


def redirect_uri(request: HttpRequest) -> str:
    """The same for every company, as it is registered at Intuit."""
    return (settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")) + reverse("quickbooks-came-back")


def _policy_that_lets_go(sandbox: str) -> str:
    """A browser follows the redirect after a form only to where the page's own policy lets forms go."""
    parts = urlsplit(sandbox or INTUIT_CONSENT)
    ours = HEADERS["Content-Security-Policy"]
    return ours.replace("form-action 'self'", f"form-action 'self' {parts.scheme}://{parts.netloc}")


def came_back(request: HttpRequest) -> HttpResponse:
    """Everything that comes here is checked: state, session, person, their right, and the QuickBooks company."""
    if not isinstance(request.user, User):
        return redirect_to_login(reverse("companies"))
    try:
        asked = consent.answered(request.GET.get("state", ""), request.user, _session(request))
    except consent.NotExpected as refusal:
        messages.error(request, str(refusal))
        return redirect("companies")
    if not _may_connect(request.user, asked.company):
        messages.error(request, "Nothing was connected: your role does not allow it.")
        return redirect("companies")
    return _connected(request, request.user, asked)


def _connected(request: HttpRequest, user: User, asked: consent.Asked) -> HttpResponse:
    """Leads on to an address without the code, which stays in no history."""
    company, code, realm = asked.company, request.GET.get("code", ""), request.GET.get("realmId", "")
    if not code or not realm:
        messages.error(request, "Nothing was connected: access was not allowed in QuickBooks.")
        return redirect(_beginning(company), company.pk)
    try:
        connection = connect(company, CameBack(code, realm, asked.redirect_uri, asked.sandbox), user)
    except (RealmTaken, ConnectionTrouble, ReadFailed) as trouble:
        messages.error(request, f"Nothing was connected. {_in_words(company, trouble)}")
        return redirect(_beginning(company), company.pk)
    if connection.status == Connection.Status.SET_UP_UNFINISHED:
        return redirect("set-up-company", company.pk)
    jobs.wake(company, by=user.email, trigger=Trigger.CONNECT)
    if not Policy.objects.filter(company=company).exists():
        return redirect("quickbooks", company.pk)
    return redirect("reconnected", company.pk)


def _in_words(company: Company, trouble: Exception) -> str:
    bound = _connection(company)
    if isinstance(trouble, CompanyBound) and bound is not None:
        return (
            f"{company} belongs to the QuickBooks company “{bound.company_name}” for good, and another one was "
            f"chosen there. Connect again and choose “{bound.company_name}”; for the other one, make a company of its "
            "own here."
        )
    if isinstance(trouble, RealmTaken):
        return "This QuickBooks company is connected to another company here already. Choose another one there."
    return str(trouble)


def _beginning(company: Company) -> str:
    connection = _connection(company)
    return "connect" if connection is None or connection.connected_at is None else "reconnect"


def _may_connect(user: User, company: Company) -> bool:
    membership = Membership.objects.filter(user=user, company=company).first()
    wanted = Act.CONNECT if _beginning(company) == "connect" else Act.RECONNECT
    return membership is not None and may(membership.role, wanted)


def _connection(company: Company) -> Connection | None:
    return Connection.objects.filter(pk=company.pk).first()


def _session(request: HttpRequest) -> str:
    return request.session.session_key or ""
