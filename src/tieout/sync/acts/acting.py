"""What all acts of people on links share: the lock, the marks they leave, and what keeps them from acting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from tieout import clock
from tieout.subledger.models import Company, User
from tieout.subledger.services.changing import changing
from tieout.subledger.services.refusal import refuse
from tieout.sync.carrying_out import results
from tieout.sync.deciding.pair import State, Verdict
from tieout.sync.models import Direction, Link, Operation

PORTION = 500
CHANGED = [
    *("qbo_id", "our_version", "state", "base_ours", "base_theirs", "sync_token", "generation", "due"),
    *("not_before", "tries"),
    *("status", "direction", "reason", "details", "facts", "failing_since", "attempted_at"),
    *("set_by", "set_at", "set_because", "apart_from", "chosen", "own_name", "undoing", "undo_act"),
]
BEING_SENT = "Its last write to QuickBooks has not been answered yet. Try again after the next run."


@dataclass
class Report:
    """What became of each link."""

    done: list[Link] = field(default_factory=list)
    refused: list[tuple[Link, str]] = field(default_factory=list)


@contextmanager
def acting(company: Company, links: Iterable[Link]) -> Iterator[list[Link]]:
    """One transaction under the company's lock, with the links as they stand now."""
    wanted = [link.pk for link in links]
    with changing(company):
        found: list[Link] = []
        for start in range(0, len(wanted), PORTION):
            ids = wanted[start : start + PORTION]
            found += Link.objects.of(company).select_for_update().filter(pk__in=ids).order_by("pk")
        yield found


@contextmanager
def acting_on(link: Link) -> Iterator[Link]:
    """As `acting`, on one link that must still be there and not be on its way."""
    with acting(link.company, [link]) as found:
        if not found:
            raise refuse("Somebody else has settled this already.")
        if being_sent(found):
            raise refuse(BEING_SENT)
        yield found[0]


def being_sent(links: Sequence[Link]) -> set[int]:
    """Those with a write of which it is not known whether it was carried out; whatever is decided now could be
    overtaken by its answer."""
    open_states = [Operation.State.STORED, Operation.State.UNCERTAIN]
    found: set[int] = set()
    for start in range(0, len(links), PORTION):
        ids = [link.pk for link in links[start : start + PORTION]]
        rows = Operation.objects.filter(link__in=ids, state__in=open_states)
        found |= set(rows.values_list("link_id", flat=True))
    return found


def mark(link: Link, by: User, verdict: Verdict, *, because: str = "", due: bool = True) -> None:
    failing_since = link.failing_since
    results.put(link, verdict, Direction(link.direction))
    link.failing_since, link.due = failing_since, due
    link.set_by, link.set_at, link.set_because = by, clock.now(), because[:500]


def decided(act: str, by: User, state: State = State.WAITING, **facts: Any) -> Verdict:
    """For what the next run carries out. `act`: "Linked again", as the history shows it."""
    return Verdict(state, "decided", {"act": act, "by": by.email, **facts})


def today(company: Company) -> str:
    """As its books reckon it, in words."""
    day = clock.now().astimezone(ZoneInfo(company.time_zone)).date()
    return f"{day.day} {day:%b %Y}"


def store(links: Sequence[Link]) -> None:
    """With a line in each one's history."""
    Link.objects.bulk_update(links, CHANGED, batch_size=100)
    results.note_attempts(None, links)
