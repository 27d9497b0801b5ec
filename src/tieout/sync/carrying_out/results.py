"""Puts a verdict into a link: the words and marks that people see, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tieout import clock
from tieout.sync.deciding.pair import Pair, State, Verdict
from tieout.sync.models import Attempt, Direction, Link, Run, Status
from tieout.sync.reasons import sentence

from .backoff import pause

STATUS = {
    State.AGREED: Status.SYNCED,
    State.VOID: Status.SYNCED,
    State.NEW: Status.NOT_SYNCED,
    State.WAITING: Status.NOT_SYNCED,
    State.UNCERTAIN: Status.NOT_SYNCED,
    State.UNLINKED: Status.NOT_SYNCED,
    State.SKIPPED: Status.SKIPPED,
    State.CANDIDATE: Status.FAILED,
    State.HELD: Status.FAILED,
    State.CONFLICT: Status.FAILED,
    State.GONE: Status.FAILED,
}
# These end without a person, so every run looks at them again; it costs no call.
LOOKED_AT_AGAIN = {State.WAITING, State.CANDIDATE}
HELD_BY_GUARDS = {"closed_period", "already_paid", "below_applied", "touches_unlinked", "applied_by_quickbooks"}
REASONS_LOOKED_AT_AGAIN = HELD_BY_GUARDS | {
    *("mass_change", "many_gone", "void_in_closed"),
    *("merged_there", "written_off", "write_off"),
    *("name_taken", "second_name", "number_taken", "not_sent"),
}
SAID = ("released", "way")  # by a person, of what is not carried out yet
UNDER_WAY = {State.WAITING, State.UNCERTAIN}
NOT_YET_DONE = {State.NEW, State.WAITING, State.UNCERTAIN}

LINK_FIELDS = (
    *("kind", "entity", "record_id", "qbo_id", "state", "base_ours", "base_theirs", "our_version", "sync_token"),
    *(
        "generation",
        "due",
        "inactive",
        "stub",
        "not_before",
        "tries",
        "status",
        "direction",
        "reason",
        "details",
        "facts",
    ),
    *("failing_since", "attempted_at", "agreed_at", "number", "name", "date", "total"),
    *("undoing", "undo_act"),
)


def put(link: Link, verdict: Verdict, direction: Direction) -> None:
    now = clock.now()
    link.state = verdict.state.value
    link.status = STATUS[verdict.state]
    kept = {key: link.facts[key] for key in SAID if key in link.facts} if verdict.state in NOT_YET_DONE else {}
    link.reason, link.facts = verdict.reason, kept | dict(verdict.facts)
    link.details = sentence(verdict.reason, verdict.facts)
    link.direction = direction
    link.attempted_at = now
    if verdict.state not in UNDER_WAY:
        link.undoing, link.undo_act = None, ""  # done, or overtaken by what somebody did meanwhile
    link.due = verdict.state in LOOKED_AT_AGAIN or verdict.reason in REASONS_LOOKED_AT_AGAIN
    _put_off(link, verdict)
    if link.status == Status.FAILED:
        # Kept by what was unlinked and linked again: the same cause is not a new one.
        link.failing_since = link.failing_since or now
    else:
        link.failing_since = None
    if link.status == Status.SYNCED:
        link.agreed_at = now


def _put_off(link: Link, verdict: Verdict) -> None:
    """What QuickBooks could not take just now waits a while; "Try again" does not."""
    if verdict.reason == "try_later":
        link.tries += 1
        link.not_before = link.attempted_at + pause(link.tries, f"{link.company_id} {link.kind} {link.record_id}")
    else:
        link.tries, link.not_before = 0, None


def describe(link: Link, pair: Pair[Any], values: Any) -> None:
    """What lists show and search, kept beside the result; a document is found by its contact's name too."""
    link.name = getattr(values, "full_name", "") or getattr(values, "name", "") or _whom(pair)
    link.number = getattr(values, "number", "") or getattr(values, "reference", "")
    link.date = getattr(values, "date", None)
    link.total = getattr(values, "total", None)
    link.inactive = pair.kind.has_active and not values.active


def _whom(pair: Pair[Any]) -> str:
    if pair.ours is not None:
        return pair.ours.whom
    return str((pair.there.body.get("CustomerRef") or {}).get("name", ""))


def save(links: Iterable[Link]) -> None:
    """New ones get their primary keys; call it in a transaction of the lease."""
    listed = list(links)
    known = [link for link in listed if link.pk is not None and not link._state.adding]
    Link.objects.bulk_create([link for link in listed if link.pk is None], batch_size=500)
    Link.objects.bulk_create(
        known, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=LINK_FIELDS
    )


def note_attempts(run: Run | None, links: Iterable[Link]) -> None:
    Attempt.objects.bulk_create(
        (
            Attempt(
                link=link,
                run=run,
                at=link.attempted_at,
                status=link.status,
                direction=link.direction,
                reason=link.reason,
                details=link.details,
                facts=link.facts,
            )
            for link in links
        ),
        batch_size=500,
    )
