"""What the pages and the command line say about a company's records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Sum

from tieout.kinds import BOTH_WAYS
from tieout.subledger.models import Company

from .deciding.pair import State
from .models import Link, LinkCount, Operation, Run, Status

Flag = Literal["none", "running", "blue", "orange", "red"]


@dataclass(frozen=True)
class Tally:
    """How many links of a company are alike."""

    kind: str
    status: str
    state: str
    reason: str
    number: int


def tallies(company: Company) -> list[Tally]:
    rows = LinkCount.objects.filter(company=company).values_list("kind", "status", "state", "reason")
    return [
        Tally(*row) for row in rows.annotate(Sum("number")).order_by("kind", "status", "state", "reason") if row[-1]
    ]


def counts(company: Company) -> dict[str, dict[str, int]]:
    return by_kind(tallies(company))


def by_kind(counted: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """And by the word that users see; every kind is there, if empty."""
    found: dict[str, dict[str, int]] = {kind: {} for kind in BOTH_WAYS}
    for tally in counted:
        if tally.kind in found:
            of_kind, label = found[tally.kind], str(Status(tally.status).label)
            of_kind[label] = of_kind.get(label, 0) + tally.number
    return found


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
    if run is None or run.ending == Run.Ending.RUNNING:
        return flag_of(run, has_failed=False)
    return flag_of(run, Link.objects.of(company).filter(status=Status.FAILED).exists())


def flag_of(run: Run | None, has_failed: bool) -> Flag:
    if run is None:
        return "none"
    if run.ending == Run.Ending.RUNNING:
        return "orange" if run.found_error else "running"
    return "red" if has_failed or run.ending != Run.Ending.DONE else "blue"
