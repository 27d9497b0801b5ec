"""An account's Info tab: sync it to a QuickBooks client that one chooses or creates, or do not sync it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from tieout.pages.access import PageRequest, page
from tieout.pages.deciding.likely import likely, namesake
from tieout.pages.deciding.settle import EITHER, settle
from tieout.pages.kinds import record_url
from tieout.subledger.models import Contact
from tieout.subledger.people import Act
from tieout.sync.acts import pairing
from tieout.sync.models import Link


@page(Act.LINK, methods=EITHER)
def sync(request: PageRequest, record: int) -> HttpResponse:
    contact = get_object_or_404(Contact, company=request.company, pk=record)
    template = "deciding/likely.html" if "HX-Request" in request.headers else "deciding/sync_account.html"

    def act() -> None:
        _carry_out(request, contact, request.POST.get("choice", ""))

    return settle(request, act, _back(contact), template, lambda: _clients(request, contact))


def _clients(request: PageRequest, contact: Contact) -> dict[str, Any]:
    """The likeliest first."""
    entity, text = _entity(contact), request.GET.get("q", "").replace("\0", "").strip()
    return {
        "contact": contact,
        "entity": entity,
        "link": Link.objects.of(request.company).filter(kind="contact", record_id=contact.pk, entity=entity).first(),
        "text": text,
        "found": likely(contact, entity, text),
        "namesake": namesake(contact, entity),
    }


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
    because = request.POST.get("because", "").strip()

    def act() -> None:
        pairing.skip(pairing.link_of(contact), request.user, because)

    return settle(request, act, _back(contact), "deciding/skip_account.html", lambda: {"contact": contact})


def _entity(contact: Contact) -> str:
    links = Link.objects.of(contact.company).filter(kind="contact", record_id=contact.pk)
    wanted = pairing.entity_of(contact)
    found = list(links.values_list("entity", flat=True))
    return found[0] if found and wanted not in found else wanted


def _back(contact: Contact) -> str:
    return record_url(contact.company_id, contact.kind, contact.pk)
