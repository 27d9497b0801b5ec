"""The accounts of both books, side by side: surely one, perhaps one, and only here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from tieout.pages.access import PageRequest
from tieout.pages.deciding.likely import Likely, likely
from tieout.pages.editing.saving import in_words
from tieout.subledger.models import Company, Contact
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import pairing
from tieout.sync.deciding.pair import Decision, Pair
from tieout.sync.setting_up import first_run

from .steps import next_after, render_step, step

SHOWN = 200  # of each sort; the rest is counted, and what is decided makes room


@dataclass(frozen=True)
class Perhaps:
    contact: Contact
    entity: str
    found: list[Likely]

    @property
    def key(self) -> str:
        return f"perhaps-{self.entity}-{self.contact.pk}"


@dataclass(frozen=True)
class Worklist:
    sure: list[Pair[Any]]
    perhaps: list[Decision[Any]]
    only_here: list[Pair[Any]]
    only_there: int
    left_out: int

    def shown_perhaps(self, company: Company) -> list[Perhaps]:
        shown = self.perhaps[:SHOWN]
        contacts = Contact.objects.of(company).in_bulk([d.pair.ours.id for d in shown if d.pair.ours is not None])
        return [
            Perhaps(contact, decision.pair.kind.entity, _named(contact, decision))
            for decision in shown
            if decision.pair.ours is not None and (contact := contacts.get(decision.pair.ours.id)) is not None
        ]


def worklist(company: Company) -> Worklist:
    found: dict[str, list[Decision[Any]]] = {}
    for decision in first_run.foreseen(company, first_run.CONTACTS):
        found.setdefault(first_run.becomes(decision), []).append(decision)
    new = [decision.pair for decision in found.get(first_run.LINK, []) if decision.pair.link.id is None]
    return Worklist(
        sure=new,
        perhaps=[decision for decision in found.get(first_run.ASK, []) if decision.pair.candidates],
        only_here=[decision.pair for decision in found.get(first_run.SEND, [])],
        only_there=len(found.get(first_run.TAKE, [])),
        left_out=len(found.get(first_run.LEAVE, [])),
    )


def _named(contact: Contact, decision: Decision[Any]) -> list[Likely]:
    """Those that look alike, with the reasons."""
    ids = {str(each["id"]) for each in decision.pair.candidates}
    return [each for each in likely(contact, decision.pair.kind.entity, "") if each.qbo_id in ids]


@step("set-up-accounts")
def accounts(request: PageRequest) -> HttpResponse:
    found = worklist(request.company)
    if request.method == "POST":
        return _decide(request, found)
    context = {
        "sure": found.sure[:SHOWN],
        "perhaps": found.shown_perhaps(request.company),
        "only_here": found.only_here[:SHOWN],
        "found": found,
        "most": SHOWN,
    }
    return render_step(request, "accounts", context)


def _decide(request: PageRequest, found: Worklist) -> HttpResponse:
    try:
        with transaction.atomic():
            _carry_out(request, found)
    except Refused as refusal:
        messages.error(request, f"Nothing was changed. {in_words(refusal)}")
        return redirect("set-up-accounts", request.company.pk)
    stays = "stay" in request.POST
    return redirect("set-up-accounts" if stays else next_after("set-up-accounts"), request.company.pk)


def _carry_out(request: PageRequest, found: Worklist) -> None:
    """What was unticked among the sure ones is not the same; what was left undecided is asked about in the results."""
    apart = set(request.POST.getlist("apart"))
    first_run.accept(request.company, [pair for pair in found.sure if _key(pair) not in apart], request.user)
    for pair in found.sure:
        if _key(pair) in apart:
            pairing.not_the_same(_link(request.company, pair), [pair.there.id], request.user)
    for each in found.shown_perhaps(request.company):
        _settle(request, each)
    left = set(request.POST.getlist("leave"))
    for pair in found.only_here:
        if _key(pair) in left:
            pairing.skip(_link(request.company, pair), request.user, "Left out when the company was set up")


def _settle(request: PageRequest, each: Perhaps) -> None:
    choice = request.POST.get(each.key, "")
    ids = [likely.qbo_id for likely in each.found]
    if choice == "new":
        pairing.not_the_same(pairing.link_of(each.contact), ids, request.user)
    elif choice == "leave":
        pairing.skip(pairing.link_of(each.contact), request.user, "Left out when the company was set up")
    elif choice in ids:
        pairing.same(pairing.link_of(each.contact), choice, request.user)


def _key(pair: Pair[Any]) -> str:
    return f"{pair.kind.entity}-{pair.here.id}"


def _link(company: Company, pair: Pair[Any]) -> Any:
    return pairing.link_of(Contact.objects.of(company).get(pk=pair.here.id))
