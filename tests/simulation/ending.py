"""What must hold once edits, faults and back-offs have ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.simulation.books import ENTITIES, VOID
from tests.simulation.chronicle import Shown, Values
from tests.simulation.oracle import Broken, Oracle, Place, groups_of

# What a run may say that ends by itself; and what a person must do something about.
SHOWN = {"failed", "not_synced", "skipped"}
# What may never be the end of it here: no person entered anything that would deserve it.
NEVER = {
    "cannot_store": "a record could not be stored",
    "unreadable": "an object could not be read",
    "stored_differently": "QuickBooks stored something else",
    "quickbooks_6000": "QuickBooks refused a write",
    "quickbooks_refused": "QuickBooks refused a write",
    "quickbooks_610": "QuickBooks did not find something",
    "quickbooks_2500": "QuickBooks did not find a reference",
    "quickbooks_5010": "QuickBooks refused a stale write for good",
    "waits_for_answer": "a write is in doubt for ever",
    "changed_meanwhile": "it waits for a next run for ever",
    "changed_here_meanwhile": "it waits for a next run for ever",
    "try_later": "it waits for QuickBooks for ever",
    "not_sent": "it waits for QuickBooks for ever",
    "decided": "what a person decided is not carried out",
}


def judge(oracle: Oracle, *, writes: int, calls: Sequence[str]) -> list[Broken]:
    """`writes` and `calls` are those of the last run, which had nothing to do."""
    found = list(_idle(writes, calls, 1))
    found += _nothing_left(oracle)
    found += _nothing_silent(oracle)
    found += _plausible(oracle)
    found += _conflicts(oracle)
    return found


def _idle(writes: int, calls: Sequence[str], allowed: int) -> list[Broken]:
    found = []
    if writes:
        found.append(Broken("L1", f"a run with nothing to do wrote {writes} times"))
    if len(calls) > allowed:
        found.append(Broken("L1", f"a run with nothing to do made these calls: {', '.join(calls)}"))
    return found


def _nothing_left(oracle: Oracle) -> list[Broken]:
    """Whatever is pending is shown as something other than Synced."""
    status = _status_by_place(oracle.results)
    found = []
    for place, groups in oracle.pending.items():
        if place not in oracle.now or place in oracle.unlinked:
            continue
        line = status.get(place)
        if oracle.now[place].get(VOID) and oracle.pairs.get(place) not in oracle.now:
            continue  # void here, deleted there
        if groups and line is not None and line.status == "synced":
            found.append(Broken("S2", f"{', '.join(groups)} of {place} never arrived, and it is shown as Synced"))
    return found


def _status_by_place(results: Sequence[Shown]) -> dict[Place, Shown]:
    found = {}
    for line in results:
        if line.entity in ENTITIES:
            found["here", (line.kind, line.record or "")] = line
            found["there", (line.entity, line.object or "")] = line
    return found


def _nothing_silent(oracle: Oracle) -> list[Broken]:
    """What is in one book only is shown with a reason."""
    status, alike = _status_by_place(oracle.results), set(_shown_as_alike(oracle.results))
    found = []
    for place, values in oracle.now.items():
        other = oracle.pairs.get(place)
        line = status.get(place)
        if other is not None and other in oracle.now:
            continue
        if _concerns_nobody(place, values) or place in alike:
            continue
        if line is None:
            found.append(Broken("L2", f"{place} is in one book only, and no result says so"))
        elif line.status == "synced" and not values.get(VOID):
            found.append(Broken("S8", f"{place} is in one book only, and is shown as Synced"))
    return found


def _shown_as_alike(results: Sequence[Shown]) -> Iterator[Place]:
    """The other half of a possible duplicate is named in the line of the first."""
    for line in results:
        for candidate in line.facts.get("candidates", ()) if line.status == "failed" else ():
            yield ("there", (line.entity, candidate["id"])) if line.record else ("here", (line.kind, candidate["id"]))


def _concerns_nobody(place: Place, values: Values) -> bool:
    """Contacts without documents stay where they are; what is void, or ties nothing, never was in the other book."""
    if place[1][0] in ("contact", "Customer"):
        return True
    if values.get(VOID):
        return True
    return place[1][0] in ("payment", "Payment") and values["money"][1] == 0 and not values["allocations"]


def _plausible(oracle: Oracle) -> list[Broken]:
    found = []
    for line in oracle.results:
        if line.status == "syncing" and line.entity in ENTITIES:
            found.append(Broken("L1", f"{line.kind} {line.record or ''} is shown as Syncing for ever"))
        known = oracle.entered | oracle.since_copy
        made = [place for place in _shown_as_alike([line]) if place in oracle.now and place not in known]
        found += [Broken("L1", f"{line.kind} {line.record} is held for {each}, which the engine made") for each in made]
        if line.reason in NEVER and line.status != "synced":
            what = f"{line.kind} {line.record or ''} / {line.entity} {line.object or ''}"
            found.append(Broken("L1", f"{NEVER[line.reason]} ({what}: {line.reason} {dict(line.facts)})"))
    return found


def _conflicts(oracle: Oracle) -> list[Broken]:
    """Each needs two people who changed the same, or entered the same thing twice."""
    found = []
    for line in oracle.results:
        here, there = ("here", (line.kind, line.record or "")), ("there", (line.entity, line.object or ""))
        if line.reason != "conflict" or {here, there} <= oracle.entered | oracle.since_copy:
            continue
        if VOID in oracle.pending[here] or VOID in oracle.pending[there]:
            continue  # a void, or the end of one, against anything else
        for group in line.facts.get("groups", ()):
            name = groups_of(group)
            changed = [place for place in (here, there) if name in oracle.pending[place]]
            if len(changed) < 2 and not any(name in oracle.changed_before_known[place] for place in (here, there)):
                found.append(Broken("L1", f"a conflict of {group} that nobody caused: {line.kind} {line.record}"))
    return found
