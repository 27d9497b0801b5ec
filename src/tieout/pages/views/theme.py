from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tieout.pages.frame import THEMES

YEAR_S = 31_536_000


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the reader's system has it; kept in the browser, since it is about the screen."""
    back = request.POST.get("back", "")
    response = redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=YEAR_S, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response
