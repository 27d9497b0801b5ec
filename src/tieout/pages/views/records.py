"""Lists and pages of the business's own records."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from tieout.pages.access import PageRequest, page
from tieout.pages.kinds import words
from tieout.pages.records import by_status
from tieout.pages.records.links import history, links_of, tags_of
from tieout.pages.records.lists import RecordList
from tieout.subledger.models import (
    Allocation,
    Contact,
    CreditNote,
    Invoice,
    Payment,
    Record,
)
from tieout.subledger.people import Act
from tieout.sync.models import Status


@page(Act.SEE)
def records(request: PageRequest, shown: RecordList) -> HttpResponse:
    found = by_status.page(shown, request.company, request.GET)
    context = {
        "shown": shown,
        "list": found,
        "links": tags_of(request.company, shown.kind, (row.pk for row in found.rows)),
        "statuses": Status,
        "words": words(shown.kind),
    }
    return render(request, shown.template, context)


@page(Act.SEE)
def account(request: PageRequest, record: int) -> HttpResponse:
    contact = get_object_or_404(Contact, company=request.company, pk=record)
    latest = {
        model.kind: list(model.objects.filter(contact=contact).order_by("-date", "-id")[:10])
        for model in (Invoice, CreditNote, Payment)
    }
    return render(request, "records/account.html", {**_about(request, contact), "latest": latest})


@page(Act.SEE)
def document(request: PageRequest, record: int, model: type[Invoice] | type[CreditNote]) -> HttpResponse:
    related = ["contact", "property", "tax_code"] + (["term"] if model is Invoice else [])
    found: Any = get_object_or_404(model.objects.select_related(*related), company=request.company, pk=record)
    allocations = Allocation.objects.filter(**{model.kind: found}).select_related("payment").order_by("id")
    context = {
        **_about(request, found),
        "lines": list(found.lines.select_related("item", "tax_code", "klass")),
        "allocations": list(allocations),
    }
    return render(request, "records/document.html", context)


@page(Act.SEE)
def payment(request: PageRequest, record: int) -> HttpResponse:
    related = ("contact", "method", "deposit_account")
    found = get_object_or_404(Payment.objects.select_related(*related), company=request.company, pk=record)
    allocations = found.allocations.select_related("invoice", "credit_note").order_by("id")
    return render(request, "records/payment.html", {**_about(request, found), "allocations": list(allocations)})


def _about(request: PageRequest, record: Record) -> dict[str, Any]:
    links = links_of(request.company, record.kind, [record.pk]).get(record.pk, [])
    attempts, operations = history(links)
    return {
        "record": record,
        "words": words(record.kind),
        "links": links,
        "attempts": attempts,
        "operations": operations,
    }
