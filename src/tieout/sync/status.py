"""What the pages and the command line say about a company's records."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from django.db.models import Count

from tieout.subledger.models import Company

from .models import Link, Operation, Run, Status
from .pair import State

SHOWN = ("contact", "invoice", "credit_note", "payment")
Flag = Literal["none", "running", "blue", "orange", "red"]


def counts(company: Company) -> dict[str, dict[str, int]]:
    """By kind and by the word that users see; every kind is there, if empty."""
    found: dict[str, dict[str, int]] = defaultdict(dict, {kind: {} for kind in SHOWN})
    rows = Link.objects.of(company).filter(kind__in=SHOWN).values_list("kind", "status").annotate(n=Count("pk"))
    for kind, status, number in rows.order_by("kind", "status"):
        found[kind][Status(status).label] = number
    return dict(found)


def needs_somebody(company: Company) -> bool:
    """Something failed, is in conflict, waits for a person or for an answer that has not come."""
    links = Link.objects.of(company)
    open_operations = Operation.objects.filter(
        company=company, state__in=[Operation.State.STORED, Operation.State.UNCERTAIN]
    )
    return (
        links.filter(status=Status.FAILED).exists()
        or links.filter(state=State.UNCERTAIN.value).exists()
        or links.filter(state=State.WAITING.value, reason__in=["changed_meanwhile", "try_later", "not_sent"]).exists()
        or open_operations.exists()
    )


def flag(company: Company) -> Flag:
    """Blue: done, no errors. Orange: running, an error found. Red: done with errors."""
    run = Run.objects.filter(company=company).order_by("-started_at").first()
    if run is None:
        return "none"
    if run.ending == Run.Ending.RUNNING:
        return "orange" if run.found_error else "running"
    failed = Link.objects.of(company).filter(status=Status.FAILED).exists()
    return "red" if failed or run.ending != Run.Ending.DONE else "blue"
