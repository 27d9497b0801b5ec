"""Who may open a page. Every page of a company goes through `page`, which finds the company through the reader's
own memberships, so another company's pages do not exist for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import resolve_url

from tieout.subledger.models import Company, Membership, User
from tieout.subledger.people import RIGHTS, Act, whom_to_ask

Parameters = ParamSpec("Parameters")


def may(role: str, act: str) -> bool:
    """Of a role already read; `people.may` asks the database for it."""
    return Act(act) in RIGHTS.get(role, set())


class PageRequest(HttpRequest):
    """What `page` hands to a view."""

    user: User
    company: Company
    membership: Membership


def page(
    act: Act, *, methods: Sequence[str] = ("GET", "HEAD")
) -> Callable[[Callable[Concatenate[PageRequest, Parameters], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Marks a view of a company: who is not a member gets 404, who lacks the right 403."""

    def decorate(
        view: Callable[Concatenate[PageRequest, Parameters], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(
            request: HttpRequest, company: int, *args: Parameters.args, **names: Parameters.kwargs
        ) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return _to_log_in(request, company)
            membership = _membership(request.user, company)
            if not may(membership.role, act):
                raise PermissionDenied(_refusal(membership.company, act))
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            mine = cast(PageRequest, request)
            mine.membership, mine.company = membership, membership.company
            return view(mine, *args, **names)

        wrapped.act, wrapped.methods = act, methods  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _membership(user: User, company: int) -> Membership:
    found = Membership.objects.select_related("company__connection").filter(user=user, company=company).first()
    if found is None:
        raise Http404
    return found


def _refusal(company: Company, act: Act) -> str:
    able = [str(user) for user in whom_to_ask(company, act)]
    return f"Your role does not allow it. Ask {' or '.join(able[:3])}." if able else "Your role does not allow it."


def _to_log_in(request: HttpRequest, company: int) -> HttpResponse:
    if "HX-Request" in request.headers:
        # A fragment must not be filled with the log-in page; loading the page again leads there and back.
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    back_to = request.get_full_path() if request.method == "GET" else resolve_url("overview", company)
    return redirect_to_login(back_to)
