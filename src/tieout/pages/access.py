"""Who may open a page. Every page of a company goes through `page`, which finds the company through the reader's
own memberships, so another company's pages do not exist for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import resolve_url

from tieout.subledger.models import Company, Membership, Role, User

Act = Literal["see", "run", "edit", "decide", "connect"]
Parameters = ParamSpec("Parameters")

LEAST_ROLE: dict[Act, Role] = {
    "see": Role.VIEWER,
    "run": Role.MEMBER,
    "edit": Role.MEMBER,
    "decide": Role.ADMIN,
    "connect": Role.OWNER,
}
RANK = [Role.VIEWER, Role.MEMBER, Role.ADMIN, Role.OWNER]


def may(role: str, act: Act) -> bool:
    return RANK.index(Role(role)) >= RANK.index(LEAST_ROLE[act])


class PageRequest(HttpRequest):
    """What `page` hands to a view."""

    user: User
    company: Company
    membership: Membership


def page(
    act: Act = "see", *, methods: Sequence[str] = ("GET", "HEAD")
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
                raise PermissionDenied(f"This needs the role of {LEAST_ROLE[act].label.lower()} or higher.")
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            mine = cast(PageRequest, request)
            mine.membership, mine.company = membership, membership.company
            return view(mine, *args, **names)

        wrapped.act = act  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _membership(user: User, company: int) -> Membership:
    found = Membership.objects.select_related("company__connection").filter(user=user, company=company).first()
    if found is None:
        raise Http404
    return found


def _to_log_in(request: HttpRequest, company: int) -> HttpResponse:
    if "HX-Request" in request.headers:
        # A fragment must not be filled with the log-in page; loading the page again leads there and back.
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    back_to = request.get_full_path() if request.method == "GET" else resolve_url("overview", company)
    return redirect_to_login(back_to)
