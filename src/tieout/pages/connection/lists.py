"""Tax codes, accounts and the like that QuickBooks does not have: matched with one of its own, or archived."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from tieout.pages.access import PageRequest
from tieout.pages.editing.saving import in_words
from tieout.pages.kinds import words
from tieout.subledger.models import Account, Class, Company, Item, ListEntry, PaymentMethod, TaxCode, Term
from tieout.subledger.services import entries
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Link

from .steps import next_after, render_step, step

LISTS: tuple[type[ListEntry], ...] = (TaxCode, Account, Item, Class, Term, PaymentMethod)


@dataclass(frozen=True)
class Unmatched:
    entry: ListEntry
    used: int
    must_be_matched: bool
    offered: list[ListEntry]

    @property
    def key(self) -> str:
        return f"{self.entry.kind}-{self.entry.pk}"


@step("set-up-lists")
def lists(request: PageRequest) -> HttpResponse:
    found = unmatched(request.company)
    if request.method == "POST":
        done, refused = _carry_out(request, found)
        for sentence in refused:
            messages.error(request, sentence)
        if done:
            messages.success(request, f"Settled: {done}.")
        left = unmatched(request.company)
        return redirect("set-up-lists" if left or refused else next_after("set-up-lists"), request.company.pk)
    return render_step(request, "lists", {"unmatched": found, "counts": _counts(request.company)})


def unmatched(company: Company) -> list[Unmatched]:
    """Ours only; what QuickBooks has is taken in, and what is named alike is one."""
    return [
        _unmatched(entry, _of(model, company, linked=True))
        for model in LISTS
        for entry in _of(model, company, linked=False)
    ]


def _of(model: type[ListEntry], company: Company, *, linked: bool) -> list[ListEntry]:
    links = Link.objects.of(company).filter(kind=model.kind, qbo_id__isnull=False, record_id__isnull=False)
    rows = model.objects.of(company).filter(archived=False)
    ids = links.values("record_id")
    chosen = rows.filter(pk__in=ids) if linked else rows.exclude(pk__in=ids)
    return list(chosen.order_by("full_name", "name"))


def _unmatched(entry: ListEntry, offered: list[ListEntry]) -> Unmatched:
    records = entries.records_naming(entry)
    return Unmatched(entry, len(records), any(map(entries.is_settled, records)), offered)


def _carry_out(request: PageRequest, found: list[Unmatched]) -> tuple[int, list[str]]:
    done, refused = 0, []
    for each in found:
        choice = request.POST.get(each.key, "")
        if not choice:
            continue
        try:
            _settle(each, choice, request.user.email)
            done += 1
        except Refused as refusal:
            refused.append(in_words(refusal))
    return done, refused


def _settle(each: Unmatched, choice: str, by: str) -> None:
    if choice == "archive":
        entries.archive(each.entry, by)
        return
    other = next((one for one in each.offered if str(one.pk) == choice), None)
    if other is not None:
        entries.replace(each.entry, other, by)


def _counts(company: Company) -> list[tuple[str, int]]:
    return [(words(model.kind).many, len(_of(model, company, linked=True))) for model in LISTS]
