"""What only a person can settle about one result: twins, conflicts, deletions in QuickBooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tieout.pages.access import PageRequest, page
from tieout.pages.deciding.foreseen import foreseen
from tieout.pages.deciding.likely import counterparts
from tieout.pages.editing.saving import in_words, wake
from tieout.pages.results.compare import both_books
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import merging, pairing, resolve, writing_off
from tieout.sync.acts.preview import pair_of
from tieout.sync.deciding.written_off import CONTACT, MEMO
from tieout.sync.matching.merged import REASON
from tieout.sync.models import Link

EITHER = ("GET", "HEAD", "POST")


@page(Act.RESOLVE, methods=EITHER)
def conflict(request: PageRequest, link: int) -> HttpResponse:
    """Which side stands, group by group; the result is shown before it is applied."""
    found = _link(request, link)
    pair, choices = pair_of(found), resolve.choices(found)
    sides: dict[str, Any] = {each.group: request.POST.get(f"side-{each.group}", "") for each in choices}
    seen = resolve.versions(pair)
    problem, outlook = "", None
    if request.method == "POST":

        def act() -> None:
            resolve.choose(found, sides, request.user, seen=request.POST.get("seen", ""))

        try:
            if "sure" in request.POST:
                return _done(request, found, act)
            (outlook,) = foreseen(request.company, [found], act)
        except Refused as refusal:
            problem = in_words(refusal)
    context = {
        "link": found,
        "choices": choices,
        "sides": sides,
        "seen": seen,
        "problem": problem,
        "outlook": outlook,
    }
    return render(request, "deciding/conflict.html", context)


@page(Act.LINK, methods=EITHER)
def twins(request: PageRequest, link: int) -> HttpResponse:
    """Whether a record and what looks alike in QuickBooks are the same."""
    found = _link(request, link)
    problem = ""
    if request.method == "POST":
        candidates = [str(each["id"]) for each in found.facts.get("candidates", ())]

        def act() -> None:
            if same := request.POST.get("same"):
                pairing.same(found, same, request.user)
            else:
                pairing.not_the_same(found, candidates, request.user)

        try:
            return _done(request, found, act)
        except Refused as refusal:
            problem = in_words(refusal)
    context = {"link": found, "books": both_books(found), "twins": counterparts(found), "problem": problem}
    return render(request, "deciding/twins.html", context)


@page(Act.RESOLVE, methods=EITHER)
def deleted(request: PageRequest, link: int) -> HttpResponse:
    """Deleted in QuickBooks: sent again, voided here, or left apart."""
    found = _link(request, link)
    problem = ""
    acts: dict[str, Callable[[], None]] = {
        "recreate": lambda: resolve.recreate(found, request.user),
        "void": lambda: resolve.void_ours(found, request.user),
    }
    if request.method == "POST" and (act := acts.get(request.POST.get("act", ""))):
        try:
            return _done(request, found, act)
        except Refused as refusal:
            problem = in_words(refusal)
    context = {"link": found, "books": both_books(found), "problem": problem}
    return render(request, "deciding/deleted.html", context)


@page(Act.RESOLVE, methods=EITHER)
def merged(request: PageRequest, link: int) -> HttpResponse:
    """Merged away in QuickBooks: ours follow, or stay apart."""
    found = _link(request, link)
    is_open = found.reason == REASON
    problem = ""
    if request.method == "POST":
        try:
            return _done(request, found, lambda: merging.agree(found, request.user))
        except Refused as refusal:
            problem = in_words(refusal)
    is_both_ours = is_open and merging.is_both_ours(found)
    context = {"link": found, "is_open": is_open, "is_both_ours": is_both_ours, "problem": problem}
    return render(request, "deciding/merged.html", context)


@page(Act.RESOLVE, methods=EITHER)
def written_off(request: PageRequest, link: int) -> HttpResponse:
    found = _link(request, link)
    problem = ""
    if request.method == "POST":
        try:
            return _done(request, found, lambda: writing_off.accept(found, request.user))
        except Refused as refusal:
            problem = in_words(refusal)
    context = {"link": found, "is_open": found.reason in (CONTACT, MEMO), "problem": problem}
    return render(request, "deciding/written_off.html", context)


def _link(request: PageRequest, link: int) -> Link:
    return get_object_or_404(Link.objects.of(request.company).select_related("company"), pk=link)


def _done(request: PageRequest, link: Link, act: Callable[[], None]) -> HttpResponse:
    with transaction.atomic():
        act()
        wake(request.company, request.user.email)
    messages.success(request, "Decided. The next run carries it out.")
    return redirect(reverse("results", args=[request.company.pk], query={"open": link.pk}))
