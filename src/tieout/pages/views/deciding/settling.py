"""What only a person can settle about one result: twins, conflicts, deletions in QuickBooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tieout.pages.access import PageRequest, page
from tieout.pages.deciding.foreseen import foreseen
from tieout.pages.deciding.likely import counterparts
from tieout.pages.deciding.settle import EITHER, settle
from tieout.pages.editing.saving import in_words
from tieout.pages.results.compare import both_books
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import merging, naming, pairing, resolve, voiding, writing_off
from tieout.sync.acts.preview import pair_of
from tieout.sync.deciding.pair import Way
from tieout.sync.deciding.without_void import REASON as CANNOT_VOID
from tieout.sync.deciding.written_off import CONTACT, MEMO
from tieout.sync.matching.merged import REASON
from tieout.sync.matching.second_name import REASON as SECOND_NAME
from tieout.sync.models import Link


@page(Act.RESOLVE, methods=EITHER)
def conflict(request: PageRequest, link: int) -> HttpResponse:
    """Which side stands, group by group; the result is shown before it is applied."""
    found = _link(request, link)
    pair, choices = pair_of(found), resolve.choices(found)
    sides: dict[str, Any] = {each.group: request.POST.get(f"side-{each.group}", "") for each in choices}

    def act() -> None:
        resolve.choose(found, sides, request.user, seen=request.POST.get("seen", ""))

    def context() -> dict[str, Any]:
        is_asked = request.method == "POST" and not sure
        shown = _outlook(request, found, act) if is_asked else {"outlook": None}
        return {"link": found, "choices": choices, "sides": sides, "seen": resolve.versions(pair), **shown}

    sure = "sure" in request.POST
    return settle(request, act if sure else None, _back(found), "deciding/conflict.html", context)


def _outlook(request: PageRequest, link: Link, act: Callable[[], None]) -> dict[str, Any]:
    try:
        (outlook,) = foreseen(request.company, [link], act)
    except Refused as refusal:
        return {"outlook": None, "problem": in_words(refusal)}
    return {"outlook": outlook}


@page(Act.LINK, methods=EITHER)
def twins(request: PageRequest, link: int) -> HttpResponse:
    """Whether a record and what looks alike in QuickBooks are the same."""
    found = _link(request, link)
    candidates = [str(each["id"]) for each in found.facts.get("candidates", ())]

    def act() -> None:
        if same := request.POST.get("same"):
            pairing.same(found, same, request.user)
        else:
            pairing.not_the_same(found, candidates, request.user)

    def context() -> dict[str, Any]:
        return {"link": found, "books": both_books(found), "twins": counterparts(found)}

    return settle(request, act, _back(found), "deciding/twins.html", context)


@page(Act.RESOLVE, methods=EITHER)
def deleted(request: PageRequest, link: int) -> HttpResponse:
    """Deleted in QuickBooks: sent again, voided here, or left apart."""
    found = _link(request, link)
    acts: dict[str, Callable[[], None]] = {
        "recreate": lambda: resolve.recreate(found, request.user),
        "void": lambda: resolve.void_ours(found, request.user),
    }
    act = acts.get(request.POST.get("act", ""))
    context = {"link": found, "books": both_books(found)}
    return settle(request, act, _back(found), "deciding/deleted.html", lambda: context)


@page(Act.RESOLVE, methods=EITHER)
def merged(request: PageRequest, link: int) -> HttpResponse:
    """Merged away in QuickBooks: ours follow, or stay apart."""
    found = _link(request, link)
    is_open = found.reason == REASON

    def context() -> dict[str, Any]:
        return {"link": found, "is_open": is_open, "is_both_ours": is_open and merging.is_both_ours(found)}

    def act() -> None:
        merging.agree(found, request.user)

    return settle(request, act, _back(found), "deciding/merged.html", context)


@page(Act.RESOLVE, methods=EITHER)
def written_off(request: PageRequest, link: int) -> HttpResponse:
    found = _link(request, link)
    context = {"link": found, "is_open": found.reason in (CONTACT, MEMO)}

    def act() -> None:
        writing_off.accept(found, request.user)

    return settle(request, act, _back(found), "deciding/written_off.html", lambda: context)


@page(Act.RESOLVE, methods=EITHER)
def second_name(request: PageRequest, link: int) -> HttpResponse:
    """What somebody who is customer and supplier is called in QuickBooks in the second role."""
    found = _link(request, link)
    name = request.POST.get("name", "") or naming.suggested(found)
    context = {"link": found, "is_open": found.reason == SECOND_NAME, "name": name}

    def act() -> None:
        naming.give_second_name(found, request.POST.get("name", ""), request.user)

    return settle(request, act, _back(found), "deciding/second_name.html", lambda: context)


@page(Act.RESOLVE, methods=EITHER)
def void_there(request: PageRequest, link: int) -> HttpResponse:
    """Void here, and not to be voided in QuickBooks from outside: set to zero or deleted there."""
    found = _link(request, link)
    context = {"link": found, "is_open": found.reason == CANNOT_VOID, "books": both_books(found)}
    way = Way.DELETE if request.POST.get("way") == Way.DELETE else Way.ZERO

    def act() -> None:
        voiding.void_there(found, way, request.user)

    return settle(request, act, _back(found), "deciding/void_there.html", lambda: context)


def _link(request: PageRequest, link: int) -> Link:
    return get_object_or_404(Link.objects.of(request.company).select_related("company"), pk=link)


def _back(link: Link) -> str:
    return reverse("results", args=[link.company_id], query={"open": link.pk})
