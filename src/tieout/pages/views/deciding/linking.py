"""Unlink, link again and try again: for one record from its row, or for many from the bar below the results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tieout.jobs import behind
from tieout.kinds import BOTH_WAYS
from tieout.pages.access import PageRequest, page
from tieout.pages.deciding import tree
from tieout.pages.deciding.foreseen import fingerprint, foreseen
from tieout.pages.deciding.selection import chosen
from tieout.pages.editing.saving import in_words, wake
from tieout.pages.formatting import count
from tieout.subledger.people import Act
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import relink as relinking
from tieout.sync.acts.acting import Report
from tieout.sync.acts.cascade import cascade
from tieout.sync.acts.unlink import unlink as take_out
from tieout.sync.models import Link, State, Task

EITHER = ("GET", "HEAD", "POST")
AT_ONCE = 100  # more than these are done behind the page


@page(Act.LINK, methods=EITHER)
def unlink(request: PageRequest) -> HttpResponse:
    """First what goes along, then the act."""
    try:
        links = chosen(request)
    except Refused as refusal:
        return _nothing_done(request, refusal)
    if "sure" in request.POST:
        because = request.POST.get("because", "").strip()
        if len(links) > AT_ONCE:
            return _behind(request, Task.What.UNLINK, links, because=because)
        return _told(request, take_out(request.company, links, request.user, because), "Unlinked", {"link": "unlinked"})
    leaving = [link for link in links if link.kind in BOTH_WAYS and link.state != State.UNLINKED]
    trees = cascade(request.company, leaving, columns=("qbo_id", "number", "name", "date", "total"))
    going = [each for root in trees for each in root.everything()]
    context = {
        "links": links,
        "left": len(links) - len(leaving),
        "trees": tree.branches(trees[: tree.SHOWN], request.company.currency),
        "sums": tree.sums(going),
        "going": len(going),
        "torn": [each for each in going if each.also_pays],
    }
    return render(request, "deciding/unlink.html", context)


@page(Act.LINK, methods=EITHER)
def relink(request: PageRequest) -> HttpResponse:
    """Compares both sides and lists what would be written; nothing is before a person accepts."""
    try:
        links = chosen(request)
    except Refused as refusal:
        return _nothing_done(request, refusal)
    along = _along(request, links)
    everything = [*links, *along]
    found = foreseen(request.company, everything, lambda: relinking.relink(request.company, everything, request.user))
    seen = fingerprint(found)
    if request.POST.get("sure") == seen:
        wanted = everything if "along" in request.POST else links
        if len(wanted) > AT_ONCE:
            return _behind(request, Task.What.RELINK, wanted)
        report = relinking.relink(request.company, wanted, request.user)
        wake(request.company, request.user.email)
        return _told(request, report, "Linked again", {"from": ""})
    own = {link.pk for link in links}
    context = {
        "links": links,
        "along": along,
        "found": [each for each in found if each.link.pk in own],
        "found_along": [each for each in found if each.link.pk not in own],
        "seen": seen,
        "changed_since": "sure" in request.POST,
    }
    return render(request, "deciding/relink.html", context)


def _along(request: PageRequest, links: list[Link]) -> list[Link]:
    own = {link.pk for link in links}
    trees = relinking.offered(request.company, [link for link in links if link.state == State.UNLINKED])
    return [each.link for root in trees for each in root.everything() if each.link.pk not in own]


@page(Act.RUN, methods=["POST"])
def try_again(request: PageRequest) -> HttpResponse:
    try:
        links = chosen(request)
    except Refused as refusal:
        return _nothing_done(request, refusal)
    if len(links) > AT_ONCE:
        return _behind(request, Task.What.TRY_AGAIN, links)
    report = relinking.try_again(request.company, links)
    wake(request.company, request.user.email)
    return _told(request, report, "Asked to be tried again", {})


def _behind(request: PageRequest, what: Task.What, links: list[Link], **asked: str) -> HttpResponse:
    task = behind.begin(request.company, what, request.user, links=[link.pk for link in links], **asked)
    return redirect("task", request.company.pk, task.pk)


def _nothing_done(request: PageRequest, refusal: Refused) -> HttpResponse:
    messages.error(request, f"Nothing was changed. {in_words(refusal)}")
    return redirect("results", request.company.pk)


def _told(request: PageRequest, report: Report, done: str, query: dict[str, Any]) -> HttpResponse:
    """What happened to each: in one line where all went well, else on a page."""
    line = f"{done}: {count(len(report.done), 'record')}."
    if not report.refused:
        messages.success(request, line)
        return redirect(reverse("results", args=[request.company.pk], query=query))
    return render(request, "deciding/report.html", {"line": line, "report": report, "title": done})
