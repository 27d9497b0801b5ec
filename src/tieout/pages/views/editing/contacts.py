from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tieout.pages.access import PageRequest, page
from tieout.pages.editing.fields import label
from tieout.pages.editing.forms import ContactForm, initial_of
from tieout.pages.editing.saving import save, show
from tieout.subledger.models import Contact
from tieout.subledger.people import Act
from tieout.subledger.services import contacts
from tieout.subledger.services.refusal import Refused

OFFERED = 20
EITHER = ("GET", "HEAD", "POST")


@page(Act.EDIT, methods=EITHER)
def new(request: PageRequest) -> HttpResponse:
    form = ContactForm(request.company, request.POST or None)
    if form.is_valid():
        try:
            made = save(request, lambda: contacts.create(request.company, request.user.email, **form.values))
            return redirect("account", request.company.pk, made.pk)
        except Refused as refusal:
            show(refusal, form)
    return render(request, "editing/contact.html", {"form": form, "record": None})


@page(Act.EDIT, methods=EITHER)
def edit(request: PageRequest, record: int) -> HttpResponse:
    contact = get_object_or_404(Contact, company=request.company, pk=record)
    form = ContactForm(request.company, request.POST or None, initial=initial_of(contact, ContactForm))
    if form.is_valid():
        by = request.user.email
        try:
            save(request, lambda: contacts.edit(contact, by, seen_version=form.seen, **form.values))
            return redirect("account", request.company.pk, contact.pk)
        except Refused as refusal:
            show(refusal, form)
            contact.refresh_from_db()
    return render(request, "editing/contact.html", {"form": form, "record": contact})


@page(Act.SEE)
def offered(request: PageRequest) -> HttpResponse:
    """Accounts whose name begins with or holds what was typed, for the list under a field."""
    text = _typed(request)
    found = Contact.objects.filter(company=request.company, archived=False, name__icontains=text).order_by("name")
    names = [label(contact) for contact in found[:OFFERED]] if text else []
    return render(request, "editing/offered.html", {"names": names})


def _typed(request: HttpRequest) -> str:
    return (request.GET.get("q") or request.GET.get("contact", "")).replace("\0", "").strip()
