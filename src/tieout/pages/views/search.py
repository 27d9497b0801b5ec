from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from tieout.kinds import BY_ENTITY
from tieout.pages.access import PageRequest, page
from tieout.pages.narrowing import Look
from tieout.pages.records.lists import ACCOUNTS, CREDIT_NOTES, INVOICES, PAYMENTS, Mentions, RecordList, searched
from tieout.subledger.models import Record
from tieout.subledger.people import Act
from tieout.sync.models import Link

SHOWN = 10
LISTS = (ACCOUNTS, INVOICES, CREDIT_NOTES, PAYMENTS)
NAMED_BY = ("entity", "qbo_id", "number", "name")


@page(Act.SEE)
def search(request: PageRequest) -> HttpResponse:
    """Records of this company by name, number or id, and by their id in QuickBooks."""
    text = searched(request.GET)
    mentions = Mentions(request.company, text)
    found = [(shown, _first(shown, mentions)) for shown in LISTS] if text else []
    by_theirs = Link.objects.of(request.company).filter(entity__in=BY_ENTITY, qbo_id=text)
    links = list(by_theirs.only(*NAMED_BY)[:SHOWN]) if text else []
    context = {"text": text, "found": [(shown, rows) for shown, rows in found if rows], "links": links}
    return render(request, "search.html", context)


def _first(shown: RecordList, mentions: Mentions) -> list[Record]:
    rows = shown.rows(mentions.company, QueryDict())
    return Look([[rows]], shown.order, narrowings=[shown.that_mention(mentions)]).first(SHOWN)
