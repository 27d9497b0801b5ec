"""What became of a connection, line by line."""

from __future__ import annotations

from tieout import clock
from tieout.quickbooks.models import Event

What = Event.What


def note(company_id: int, what: What, *, by: str = "", words: str = "") -> None:
    Event.objects.create(company_id=company_id, what=what, by=by, words=words[:300], at=clock.now())


def newest(company_id: int, number: int = 20) -> list[Event]:
    return list(Event.objects.filter(company_id=company_id).order_by("-pk")[:number])
