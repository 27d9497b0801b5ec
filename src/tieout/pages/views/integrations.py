from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from tieout.pages.access import PageRequest, page
from tieout.subledger.people import Act
from tieout.sync.models import Cursor, Policy


@page(Act.SEE)
def integrations(request: PageRequest) -> HttpResponse:
    return render(request, "integrations/list.html")


@page(Act.SEE)
def quickbooks(request: PageRequest) -> HttpResponse:
    company = request.company
    context = {
        "policy": Policy.objects.filter(company=company).first(),
        "cursor": Cursor.objects.filter(company=company).first(),
    }
    return render(request, "integrations/quickbooks.html", context)
