from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from tieout.pages.access import PageRequest, page
from tieout.pages.records.lists import ACCOUNTS, CREDIT_NOTES, INVOICES, PAYMENTS
from tieout.subledger.people import Act
from tieout.sync.models import Link

SHOWN = 10


@page(Act.SEE)
def search(request: PageRequest) -> HttpResponse:
    """Records of this company by name, number or id, and by their id in QuickBooks."""
    text = request.GET.get("q", "").replace("\0", "").strip()
    lists = (ACCOUNTS, INVOICES, CREDIT_NOTES, PAYMENTS)
    found = [(shown, list(shown.rows(request.company, request.GET)[:SHOWN])) for shown in lists] if text else []
    links = list(Link.objects.of(request.company).filter(Q(qbo_id=text))[:SHOWN]) if text else []
    context = {"text": text, "found": [(shown, rows) for shown, rows in found if rows], "links": links}
    return render(request, "search.html", context)
