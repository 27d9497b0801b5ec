"""Which links an act is about: those that were ticked, or all that a filter shows."""

from __future__ import annotations

from itertools import chain

from django.http import QueryDict

from tieout.pages.access import PageRequest
from tieout.pages.frame import zone_of
from tieout.pages.results import filter as filters
from tieout.pages.results.last import last_success
from tieout.subledger.services.refusal import refuse
from tieout.sync.models import Link

MOST = 50_000


def chosen(request: PageRequest) -> list[Link]:
    """Raises Refused where there is none, or more than one act can take on."""
    asked = request.POST if request.method == "POST" else request.GET
    found = _matching(request, asked["matching"]) if "all" in asked else _ticked(request, asked.getlist("link"))
    if not found:
        raise refuse("Tick at least one record first.")
    if len(found) > MOST:
        raise refuse(f"More than {MOST:,} records match. Narrow the filter, and do it in parts.")
    return found


def _ticked(request: PageRequest, ids: list[str]) -> list[Link]:
    numbers = [int(id_) for id_ in ids if id_.isdecimal() and len(id_) <= 18]
    found = Link.objects.of(request.company).filter(pk__in=numbers[: MOST + 1])
    # Sorted here, since SQLite would rather walk all of the company in this order than sort a few.
    return sorted(found, key=lambda link: (link.attempted_at, link.pk), reverse=True)


def _matching(request: PageRequest, query: str) -> list[Link]:
    wanted = filters.parse(QueryDict(query), lambda: last_success(request.company), zone_of(request))
    parts = filters.everything(request.company, wanted)
    return [link for part in chain.from_iterable(parts) for link in part[: MOST + 1]][: MOST + 1]
