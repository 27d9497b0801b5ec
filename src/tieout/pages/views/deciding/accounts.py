"""An account's Info tab: sync it to a QuickBooks client that one chooses or creates, or do not sync it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tieout.pages.access import PageRequest, page
from tieout.pages.deciding.likely import likely, namesake
from tieout.pages.editing.saving import in_words, wake
from tieout.subledger.models import Contact
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import pairing
from tieout.sync.models import Link

EITHER = ("GET", "HEAD", "POST")


@page(Act.LINK, methods=EITHER)
def sync(request: PageRequest, record: int) -> HttpResponse:
    contact = get_object_or_404(Contact, company=request.company, pk=record)
    entity = _entity(contact)
    problem = ""
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        try:
            return _done(request, contact, lambda: _carry_out(request, contact, choice))
        except Refused as refusal:
            problem = in_words(refusal)
    text = request.GET.get("q", "").replace("\0", "").strip()
    link = Link.objects.of(request.company).filter(kind="contact", record_id=record, entity=entity).first()
    context = {
        "contact": contact,
        "entity": entity,
        "link": link,
        "text": text,
        "found": likely(contact, entity, text),
        "namesake": namesake(contact, entity),
        "problem": problem,
    }
    template = "deciding/likely.html" if "HX-Request" in request.headers else "deciding/sync_account.html"
    return render(request, template, context)


def _carry_out(request: PageRequest, contact: Contact, choice: str) -> None:
    link = pairing.link_of(contact)
    if choice == "create":
        pairing.create(link, request.user)
    elif choice == "keep":
        pairing.sync_again(link, request.user)
    else:
        pairing.same(link, choice, request.user)


@page(Act.LINK, methods=EITHER)
def skip(request: PageRequest, record: int) -> HttpResponse:
    contact = get_object_or_404(Contact, company=request.company, pk=record)
    problem = ""
    if request.method == "POST":
        because = request.POST.get("because", "").strip()
        try:
            return _done(request, contact, lambda: pairing.skip(pairing.link_of(contact), request.user, because))
        except Refused as refusal:
            problem = in_words(refusal)
    return render(request, "deciding/skip_account.html", {"contact": contact, "problem": problem})


def _entity(contact: Contact) -> str:
    links = Link.objects.of(contact.company).filter(kind="contact", record_id=contact.pk)
    wanted = pairing.ROLES[contact.is_supplier]
    found = list(links.values_list("entity", flat=True))
    return found[0] if found and wanted not in found else wanted


def _done(request: PageRequest, contact: Contact, act: Callable[[], None]) -> HttpResponse:
    with transaction.atomic():
        act()
        wake(request.company, request.user.email)
    messages.success(request, "Decided. The next run carries it out.")
    return redirect("account", request.company.pk, contact.pk)
