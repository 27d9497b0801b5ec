"""Mistakes about what was read, and what it means."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulation import flavours
from tests.simulation.mutants.mutant import mutant, of_frozen, put, swap

from tieout import clock
from tieout.kinds import BY_ENTITY, documents, payment
from tieout.kinds.fields import folded
from tieout.kinds.kind import Likeness
from tieout.quickbooks import reading
from tieout.sync.matching import recognise
from tieout.sync.observing import observe


@mutant("The cursor moves before what was read is stored.", 38, flavour=flavours.FAILING_READS)
def moves_the_cursor_before_the_commit(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def read(running: Any, since: Any) -> None:
            with running.lease.transaction():
                observe._move_cursor(running, clock.now() + observe.OVERLAP)
            original(running, since)

        return read

    swap(stack, observe, "_read_changes", make)


@mutant("A deletion that is reported is believed without a look.", 498, flavour=flavours.ODDITIES)
def believes_every_deletion(stack: ExitStack) -> None:
    put(stack, observe, "confirmed_gone", lambda _run, _entity, ids: list(ids))


@mutant("Reads do not overlap.", 338, flavour=flavours.FAILING_READS)
def reads_without_overlap(stack: ExitStack) -> None:
    put(stack, observe, "OVERLAP", timedelta())


@mutant("A page that is exactly full counts as the last one.", 158, flavour=flavours.SMALL_PAGES)
def stops_at_a_full_page(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def next_page(self: Any) -> Any:
            page = original(self)
            self._at_end = True
            return page

        return next_page

    swap(stack, reading._Walk, "next_page", make)


@mutant("A void is taken for an edit that makes all amounts zero.", 0)
def takes_a_void_for_an_edit(stack: ExitStack) -> None:
    for module in (documents, payment):
        put(stack, module, "is_void", lambda obj: False)


@mutant("Two contacts of one name are one, whatever else is known of them.", 28, flavour=flavours.LOOKALIKES)
def links_by_name_alone(stack: ExitStack) -> None:
    def likeness(ours: Any, theirs: Any) -> Likeness:
        return Likeness.SURE if folded(ours.name) == folded(theirs.name) else Likeness.NONE

    def first(found: Any, sure: Any) -> None:
        for ours, theirs in sure:
            if ours not in found.sure and theirs not in found.sure.values():
                found.sure[ours] = theirs

    for entity in ("Customer", "Vendor"):
        stack.enter_context(of_frozen(BY_ENTITY[entity], "likeness", likeness))
    put(stack, recognise, "_keep_unambiguous", first)


@mutant("A day is carried through a time zone as its midnight.", 0)
def carries_days_through_time_zones(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        def body(values: Any, *rest: Any, **options: Any) -> Any:
            written = original(values, *rest, **options)
            if "TxnDate" in written:
                midnight = datetime.combine(values.date, time(), UTC)
                written["TxnDate"] = midnight.astimezone(ZoneInfo("America/Los_Angeles")).date().isoformat()
            return written

        return body

    kind = BY_ENTITY["Payment"]
    stack.enter_context(of_frozen(kind, "body", make(kind.body)))


@mutant("Amounts are read as binary floats.", 0)
def reads_amounts_as_floats(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        return lambda value: Decimal(float(original(value)))

    for module in (documents, payment):
        swap(stack, module, "amount", make)
