"""Settles what only a person may: which side of a conflict stands, and what follows a deletion in QuickBooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tieout.kinds import BY_ENTITY
from tieout.kinds.kind import decode, encode
from tieout.subledger.models import CreditNote, Invoice, Payment, Status, User
from tieout.subledger.services import payments, states
from tieout.subledger.services.refusal import refuse
from tieout.sync.carrying_out import results
from tieout.sync.deciding import losing
from tieout.sync.deciding.known_void import as_void, has_no_amounts
from tieout.sync.deciding.pair import Pair, State, Verdict
from tieout.sync.deciding.undo import REASON as UNDONE
from tieout.sync.models import Direction, Link, Seen

from .acting import acting_on, decided, mark, store
from .preview import pair_of

Side = Literal["ours", "theirs"]
MODELS: dict[str, type[Any]] = {model.kind: model for model in (Invoice, CreditNote, Payment)}
CHANGED_SINCE = "One of the two was changed since you opened this. Look at it again, then choose."


@dataclass(frozen=True)
class Choice:
    """One group of a conflict: what both sides held when they last agreed, and what each holds now."""

    group: str
    base: Mapping[str, Any]
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]


def choices(link: Link) -> list[Choice]:
    """In our ids, but for what has no counterpart here."""
    pair, kind = pair_of(link), BY_ENTITY[link.entity]
    if pair.ours is None or pair.theirs is None:
        return []
    ours, theirs = pair.ours.values, pair.theirs_here.values or pair.theirs.values
    base = decode(kind, link.base_ours)
    return [
        Choice(group, *(_members(kind.fields[group], values) for values in (base, ours, theirs)))
        for group in link.facts.get("groups", ())
        if group in kind.fields
    ]


def _members(names: tuple[str, ...], values: Any) -> dict[str, Any]:
    return {name: getattr(values, name) for name in names} if values is not None else {}


def versions(pair: Pair[Any]) -> str:
    """What a person has seen of both sides."""
    return f"{pair.ours.version if pair.ours else 0}-{pair.theirs.sync_token if pair.theirs else ''}"


def choose(link: Link, sides: Mapping[str, Side], by: User, *, seen: str | None = None) -> None:
    """Moves the base, so that only the chosen side counts as changed; the next run carries it over."""
    with acting_on(link) as mine:
        groups = mine.facts.get("groups", ())
        if not groups:
            raise refuse("There is nothing to choose any more.")
        if missing := [group for group in groups if sides.get(group) not in ("ours", "theirs")]:
            raise refuse("Choose one side.", missing[0])
        _check_void(mine, sides)
        pair = pair_of(mine)
        if seen is not None and versions(pair) != seen:
            raise refuse(CHANGED_SINCE)
        _move_base(mine, pair, {group: sides[group] for group in groups})
        kept = losing.settled(pair, {group: sides[group] for group in groups})
        mark(mine, by, decided(f"Chosen ({', '.join(kept['chosen'])})", by, **kept))
        store([mine])


def _check_void(link: Link, sides: Mapping[str, Side]) -> None:
    of_void = {sides[group] for group in BY_ENTITY[link.entity].money | {"void"} if group in sides}
    if "void" in sides and len(of_void) > 1:
        raise refuse("It is void as a whole or not at all: choose one side for the void and all amounts.", "void")


def _move_base(link: Link, pair: Pair[Any], sides: Mapping[str, Side]) -> None:
    kind, ours, theirs = pair.kind, pair.here.values, pair.there.values
    there, here = pair.ours_there.values, pair.theirs_here.values
    if there is None or here is None:
        raise refuse("It names something that is not synced. Mend that first.")
    mine = {group for group, side in sides.items() if side == "ours"}
    other = set(sides) - mine
    base_ours = decode(kind, link.base_ours) or ours
    base_theirs = decode(kind, link.base_theirs) or theirs
    # As if both had agreed on what the other side has now, and the chosen one had been changed since.
    link.base_ours = encode(kind.with_groups(kind.with_groups(base_ours, here, mine), ours, other))
    link.base_theirs = encode(kind.with_groups(kind.with_groups(base_theirs, theirs, mine), there, other))


def recreate(link: Link, by: User) -> None:
    """A new object in QuickBooks; the deleted one stays in the history."""
    with acting_on(link) as mine:
        _check_gone(mine)
        gone = mine.qbo_id
        is_void_there = _is_undone_by_voiding(mine)
        if is_void_there and not has_no_amounts(pair_of(mine).there.values):
            raise refuse("It has amounts again in QuickBooks. Void it there first, or unlink the two.")
        mine.qbo_id, mine.sync_token, mine.base_ours, mine.base_theirs = None, "", "", ""
        mine.generation += 1
        happened = "undone" if is_void_there else "deleted there"
        mark(mine, by, decided(f"To be sent again, after {mine.entity} {gone} was {happened}", by, State.NEW))
        store([mine])
        if is_void_there:
            _leave_alone(mine, str(gone), by)


def _is_undone_by_voiding(link: Link) -> bool:
    living = Seen.objects.filter(company=link.company_id, entity=link.entity, qbo_id=link.qbo_id, deleted=False)
    return link.reason == UNDONE and living.exists()


def _leave_alone(link: Link, qbo_id: str, by: User) -> None:
    """What was voided there is nobody's counterpart any more, and must not come in as a record of its own."""
    left = Link(company=link.company, kind=link.kind, entity=link.entity, qbo_id=qbo_id, number=link.number)
    left.name, left.date, left.total = link.name, link.date, link.total
    results.put(left, Verdict(State.SKIPPED, "undone_there", {"by": by.email}), Direction.NONE)
    results.save([left])


def void_ours(link: Link, by: User) -> None:
    with acting_on(link) as mine:
        _check_gone(mine)
        if mine.kind not in MODELS:
            raise refuse("Only documents and payments can be voided.")
        record = MODELS[mine.kind].objects.get(company=mine.company, pk=mine.record_id)
        if record.status != Status.VOID:
            _void(record, by.email)
            record.refresh_from_db()
        mine.our_version = record.version  # nothing is left to be sent of it
        if _is_undone_by_voiding(mine):
            _agree_on_void(mine)
            mark(mine, by, decided("Voided here too", by))
        else:
            mark(mine, by, Verdict(State.VOID, "deleted_there_void_here"), due=False)
        store([mine])


def _agree_on_void(link: Link) -> None:
    """As the undoing left it there; the next run sees whether it still is."""
    pair = pair_of(link)
    link.base_ours, link.base_theirs = encode(pair.here.values), encode(as_void(pair.there.values))


def _void(record: Any, by: str) -> None:
    if isinstance(record, Payment):
        payments.void(record, by)
    else:
        states.void(record, by, release=True)


def _check_gone(link: Link) -> None:
    if link.state != State.GONE:
        raise refuse("It is no longer shown as deleted in QuickBooks.")
