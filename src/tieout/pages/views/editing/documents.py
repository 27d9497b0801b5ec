"""Invoices and credit notes: entering, editing, approving, voiding."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date

from tieout import clock
from tieout.pages.access import PageRequest, page
from tieout.pages.editing.forms import CreditNoteForm, InvoiceForm, RecordForm, initial_of
from tieout.pages.editing.lines import MOST, Lines, has_too_many, with_more_rows
from tieout.pages.editing.saving import attempted, in_words, save, show
from tieout.pages.frame import zone_of
from tieout.pages.kinds import record_url, words
from tieout.subledger.models import Contact, CreditNote, Invoice, Status
from tieout.subledger.people import Act
from tieout.subledger.services import documents, states
from tieout.subledger.services.refusal import Refused

from .contacts import EITHER

Model = type[Any]  # Invoice or CreditNote
FORMS: dict[Model, type[RecordForm]] = {Invoice: InvoiceForm, CreditNote: CreditNoteForm}


@page(Act.EDIT, methods=EITHER)
def new(request: PageRequest, model: Model) -> HttpResponse:
    form = FORMS[model](request.company, _posted(request), initial=_start(request))
    lines = Lines(request.company, _posted(request))
    if "more" not in request.POST and _both_valid(form, lines):
        try:
            return redirect(save(request, lambda: _create(request, model, form, lines)))
        except Refused as refusal:
            show(refusal, form, lines)
    return _show(request, model, form, lines)


def _create(request: PageRequest, model: Model, form: RecordForm, lines: Lines) -> str:
    by = request.user.email
    made = documents.create(model, request.company, by, lines=lines.drafts(), **form.values)
    if "approve" in request.POST:
        states.approve(made, by)
    return record_url(request.company.pk, model.kind, made.pk)


@page(Act.EDIT, methods=EITHER)
def edit(request: PageRequest, record: int, model: Model) -> HttpResponse:
    document = _found(request, record, model)
    form = FORMS[model](request.company, _posted(request), initial=initial_of(document, FORMS[model]))
    lines = None if has_too_many(document) else Lines(request.company, _posted(request), document)
    if "more" not in request.POST and _both_valid(form, lines):
        try:
            save(request, lambda: _edit(request, document, form, lines))
            return redirect(record_url(request.company.pk, model.kind, document.pk))
        except Refused as refusal:
            show(refusal, form, lines)
            document.refresh_from_db()
    return _show(request, model, form, lines, document)


def _edit(request: PageRequest, document: Any, form: RecordForm, lines: Lines | None) -> None:
    by, drafts = request.user.email, lines.drafts() if lines is not None else None
    documents.edit(document, by, lines=drafts, seen_version=form.seen, **form.values)
    if "approve" in request.POST and document.status == Status.DRAFT:
        states.approve(document, by)


@page(Act.EDIT, methods=["POST"])
def approve(request: PageRequest, record: int, model: Model) -> HttpResponse:
    document = _found(request, record, model)
    seen = seen_version(request)
    attempted(request, lambda: states.approve(document, request.user.email, seen_version=seen), "Approved.")
    return redirect(record_url(request.company.pk, model.kind, record))


@page(Act.EDIT, methods=EITHER)
def void(request: PageRequest, record: int, model: Model) -> HttpResponse:
    """First what would become unapplied, then the void."""
    document = _found(request, record, model)
    problem = ""
    if request.method == "POST":
        try:
            save(
                request,
                lambda: states.void(document, request.user.email, release=True, seen_version=seen_version(request)),
            )
            return redirect(record_url(request.company.pk, model.kind, record))
        except Refused as refusal:
            problem = in_words(refusal)
            document = _found(request, record, model)
    applied = states.applied_to(document)
    context = {"record": document, "words": words(model.kind), "applied": applied, "problem": problem}
    return render(request, "editing/void.html", context)


@page(Act.EDIT, methods=["POST"])
def delete(request: PageRequest, record: int, model: Model) -> HttpResponse:
    document = _found(request, record, model)
    seen = seen_version(request)
    if attempted(request, lambda: documents.delete(document, seen), "The draft was deleted."):
        return redirect(f"{model.kind.replace('_', '-')}s", request.company.pk)
    return redirect(record_url(request.company.pk, model.kind, record))


def _found(request: PageRequest, record: int, model: Model) -> Any:
    return get_object_or_404(model.objects.select_related("contact"), company=request.company, pk=record)


def _posted(request: PageRequest) -> Any:
    if request.method != "POST":
        return None
    return with_more_rows(request.POST) if "more" in request.POST else request.POST


def seen_version(request: PageRequest) -> int | None:
    version = request.POST.get("seen_version", "")
    return int(version) if version.isdecimal() and len(version) <= 18 else None


def _both_valid(form: RecordForm, lines: Lines | None) -> bool:
    # Both are checked, so that all that is wrong is seen at once.
    return all([form.is_valid(), lines is None or lines.is_valid()])


def _start(request: PageRequest) -> dict[str, Any]:
    contact = request.GET.get("contact", "")
    known = Contact.objects.filter(company=request.company, pk=int(contact) if contact.isdecimal() else 0).first()
    today = clock.now().astimezone(zone_of(request)).date()
    return {"contact": known, "date": parse_date(request.GET.get("date", "")) or today}


def _show(
    request: PageRequest, model: Model, form: RecordForm, lines: Lines | None, document: Any = None
) -> HttpResponse:
    context = {"form": form, "lines": lines, "record": document, "words": words(model.kind), "most": MOST}
    return render(request, "editing/document.html", context)
