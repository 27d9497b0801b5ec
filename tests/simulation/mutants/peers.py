"""The twelve ways in which published sync tools fail."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.simulation import flavours
from tests.simulation.mutants.mutant import mutant, of_frozen, put, swap

from tieout import clock
from tieout.kinds import BY_ENTITY, documents
from tieout.kinds.kind import Likeness
from tieout.quickbooks import reading
from tieout.quickbooks.errors import ConnectionTrouble, ReadFailed
from tieout.sync import hold, run
from tieout.sync.carrying_out import confirm
from tieout.sync.deciding import decide, pair
from tieout.sync.deciding.pair import Act
from tieout.sync.matching import ends
from tieout.sync.models import Operation
from tieout.sync.observing import census, observe, settle


@mutant(
    "After a crash, a create is sent anew without looking whether it was carried out.",
    318,
    flavour=flavours.LOST_ANSWERS,
)
def sends_a_lost_create_anew(stack: ExitStack) -> None:
    def settling(running: Any) -> None:
        for each in Operation.objects.filter(company=running.company, state__in=settle.OPEN).select_related("link"):
            settle._decide_anew(running, each, {})

    put(stack, run, "settle", settling)


@mutant("A read that failed moves the cursor all the same.", 38, flavour=flavours.FAILING_READS)
def moves_the_cursor_past_a_failed_read(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def reading_on(running: Any, since: Any) -> None:
            try:
                original(running, since)
            except (ConnectionTrouble, ReadFailed):
                with running.lease.transaction():
                    observe._move_cursor(running, clock.now())
                raise

        return reading_on

    swap(stack, observe, "_read_changes", make)


@mutant("A change-data answer that is full counts as whole.", 158, flavour=flavours.SMALL_PAGES)
def takes_a_full_answer_for_whole(stack: ExitStack) -> None:
    swap(stack, reading, "_changes", lambda original: lambda *a: replace(original(*a), full=False))


@mutant("After a gap of over 30 days, only the last 29 days are read.", 5)
def clamps_a_long_gap(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        return lambda running, since: original(running, max(since, clock.now() - timedelta(days=29)))

    put(stack, observe, "CDC_REACHES", timedelta(days=10_000))
    swap(stack, observe, "_read_changes", make)


@mutant("What was deleted in QuickBooks is not noticed.", 5)
def overlooks_deletions(stack: ExitStack) -> None:
    put(stack, observe, "_deleted_ids", lambda rows: [])
    put(stack, census, "confirmed_gone", lambda *_: [])


@mutant("The echo of a write of its own is taken for an edit made in QuickBooks.", 8, flavour=flavours.THE_SAME_AT_ONCE)
def takes_its_echo_for_an_edit(stack: ExitStack) -> None:
    def forgetting(original: Any) -> Any:
        def agree(sent: Any, obj: Any) -> None:
            token = sent.link.sync_token
            original(sent, obj)
            sent.link.sync_token = token

        return agree

    def newest_wins(original: Any) -> Any:
        def both(pair: Any, policy: Any) -> Any:
            there = pair.ours_there.values
            if there is None or pair.base_ours is None or pair.there.sync_token == pair.link.sync_token:
                return original(pair, policy)
            return decide._three_way(pair, policy, frozenset(), pair.kind.changed(there, pair.there.values))

        return both

    swap(stack, confirm, "_agree", forgetting)
    swap(stack, decide, "_both", newest_wins)


@mutant(
    "Where both sides changed the same, QuickBooks' side wins and nobody is told.",
    108,
    flavour=flavours.THE_SAME_AT_ONCE,
)
def last_writer_wins(stack: ExitStack) -> None:
    put(stack, pair.Policy, "stands", lambda *_: "theirs")


@mutant(
    "A document with the same number is adopted and overwritten, whatever else it says.",
    28,
    flavour=flavours.LOOKALIKES,
)
def adopts_by_number_alone(stack: ExitStack) -> None:
    def likeness(ours: Any, theirs: Any) -> Likeness:
        return Likeness.SURE if ours.number and ours.number == theirs.number else Likeness.NONE

    def overwrite(pair: Any, policy: Any) -> Any:
        there = pair.ours_there.values
        differing = pair.kind.changed(there, pair.there.values) if there is not None else frozenset()
        return decide._three_way(pair, policy, differing - pair.kind.inward_groups, frozenset())

    for entity in ("Invoice", "CreditMemo"):
        stack.enter_context(of_frozen(BY_ENTITY[entity], "likeness", likeness))
    swap(stack, ends, "recognise", lambda original: lambda kind, pool, **_: original(kind, pool, connecting=True))
    put(stack, decide, "_first_comparison", overwrite)


@mutant("What a killed worker had begun stays begun for ever.", 318, flavour=flavours.LOST_ANSWERS)
def never_reclaims_what_was_begun(stack: ExitStack) -> None:
    put(stack, settle, "OPEN", (Operation.State.UNCERTAIN,))


@mutant("Nothing keeps two workers from syncing one company at once.", 129, flavour=flavours.CROWDED)
def works_without_a_lock(stack: ExitStack) -> None:
    def take(company: Any, **_: Any) -> Any:
        return hold.Lease(company.pk, "anybody", 0)

    put(stack, hold, "take", take)
    put(stack, hold.Lease, "renew", lambda self: None)
    put(stack, hold, "release", lambda lease: None)


@mutant("Money is held in binary floats, and compared to within a cent.", 2)
def compares_money_within_a_cent(stack: ExitStack) -> None:
    for entity in ("Invoice", "CreditMemo", "Payment"):
        kind = BY_ENTITY[entity]
        exact = kind.groups["money"]
        rough = {**kind.groups, "money": _roughly(exact)}
        stack.enter_context(of_frozen(kind, "groups", rough))


def _roughly(exact: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: _rough(exact(values))


def _rough(value: Any) -> Any:
    """As a float, to which a cent more or less is nothing."""
    if isinstance(value, Decimal):
        return round(float(value) / 0.05)
    if isinstance(value, tuple):
        return tuple(_rough(part) for part in value)
    if isinstance(value, documents.Line):
        return (value.item, value.description, _rough(value.amount))
    return value


@mutant("A record's own id is used as its id in QuickBooks.", 0)
def uses_its_own_ids(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def agree(sent: Any, obj: Any) -> None:
            original(sent, obj)
            if sent.operation.act == Act.CREATE:
                sent.link.qbo_id = str(sent.link.record_id)

        return agree

    swap(stack, confirm, "_agree", make)
