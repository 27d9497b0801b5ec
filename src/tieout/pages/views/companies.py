from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tieout.pages.sync_state import sync_state
from tieout.subledger.models import Company


@login_required
def companies(request: HttpRequest) -> HttpResponse:
    """Whoever has one company only goes straight to it."""
    mine = list(Company.objects.filter(memberships__user=request.user.pk).select_related("connection").order_by("name"))
    if len(mine) == 1:
        return redirect("overview", mine[0].pk)
    return render(request, "companies.html", {"companies": [(company, sync_state(company)) for company in mine]})
