from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from tieout.kinds import BY_ENTITY
from tieout.pages.access import PageRequest, page
from tieout.pages.narrowing import Look
from tieout.pages.records.lists import ACCOUNTS, CREDIT_NOTES, INVOICES, PAYMENTS, RecordList
from tieout.subledger.models import Company, Record
from tieout.subledger.people import Act
from tieout.sync.models import Link

SHOWN = 10


@page(Act.SEE)
def search(request: PageRequest) -> HttpResponse:
    """Records of this company by name, number or id, and by their id in QuickBooks."""
    text = request.GET.get("q", "").replace("\0", "").strip()
    lists = (ACCOUNTS, INVOICES, CREDIT_NOTES, PAYMENTS)
    asked = QueryDict(urlencode({"q": text}))
    found = [(shown, _first(request.company, shown, asked)) for shown in lists] if text else []
    by_theirs = Link.objects.of(request.company).filter(entity__in=BY_ENTITY, qbo_id=text)
    links = list(by_theirs[:SHOWN]) if text else []
    context = {"text": text, "found": [(shown, rows) for shown, rows in found if rows], "links": links}
    return render(request, "search.html", context)


def _first(company: Company, shown: RecordList, asked: QueryDict) -> list[Record]:
    look = Look([[shown.rows(company, asked)]], shown.order, narrowings=shown.narrowings(company, asked))
    return look.rows(None, SHOWN)[0]
