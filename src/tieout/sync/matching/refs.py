"""Carries the references inside values from one book's ids to the other's, by the links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from tieout.kinds import Kind
from tieout.kinds.kind import RefMapper, V
from tieout.subledger.models import Company
from tieout.sync.deciding.pair import Across, Key, Missing, State
from tieout.sync.models import Link

Named = Mapping[str, set[str]]  # ids by entity
LEFT_OUT = {State.UNLINKED, State.SKIPPED}
UNUSABLE = {State.GONE, State.CANDIDATE, State.UNCERTAIN}
NEEDED = ("entity", "record_id", "qbo_id", "state", "inactive", "name", "number", "reason", "facts")
# What a payment pays must agree in money first, else it would be applied to another amount than meant.
MUST_AGREE = {"Invoice", "CreditMemo"}


@dataclass(frozen=True)
class Refs:
    to_theirs: Mapping[Key, str | Missing] = field(default_factory=dict)
    to_ours: Mapping[Key, str | Missing] = field(default_factory=dict)

    def there(self, kind: Kind[V], ours: V) -> Across[V]:
        return _across(kind, ours, self.to_theirs)

    def here(self, kind: Kind[V], theirs: V) -> Across[V]:
        return _across(kind, theirs, self.to_ours)


def _across(kind: Kind[V], values: V, table: Mapping[Key, str | Missing]) -> Across[V]:
    missing: list[Missing] = []

    def map_ref(entity: str, id_: str | None) -> str | None:
        if id_ is None:
            return None
        found = table.get((entity, id_), Missing(entity, id_, "not_linked"))
        if isinstance(found, Missing):
            missing.append(found)
            return found.counterpart
        return found

    mapped = kind.map_refs(values, map_ref)
    return Across(None if missing else mapped, tuple(missing), mapped)


def load(company: Company, kind: Kind[V], ours: Iterable[V], theirs: Iterable[V]) -> Refs:
    here, there = named_by(kind, ours), named_by(kind, theirs)
    rows = _links(company, here, there)
    return Refs(
        to_theirs=_table(rows, here, "record_id"),
        to_ours=_table(rows, there, "qbo_id"),
    )


def named_by(kind: Kind[V], values: Iterable[V]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = defaultdict(set)

    def note(entity: str, id_: str | None) -> str | None:
        if id_ is not None:
            named[entity].add(id_)
        return id_

    recorder: RefMapper = note
    for each in values:
        kind.map_refs(each, recorder)
    return named


def _links(company: Company, here: Named, there: Named) -> list[dict[str, Any]]:
    """By either end, in one statement."""
    asked = [Q(entity=entity, record_id__in=ids) for entity, ids in here.items()]
    asked += [Q(entity=entity, qbo_id__in=ids) for entity, ids in there.items()]
    return list(Link.objects.of(company).filter(reduce(or_, asked)).values(*NEEDED)) if asked else []


def _table(rows: Iterable[dict[str, Any]], named: Named, end: str) -> dict[Key, str | Missing]:
    return {
        (row["entity"], str(row[end])): _usable(row, end)
        for row in rows
        if str(row[end]) in named.get(row["entity"], ())
    }


def _usable(row: dict[str, Any], end: str) -> str | Missing:
    entity = row["entity"]
    other = row["qbo_id"] if end == "record_id" else row["record_id"]
    why = _why_not(entity, row, other, outward=end == "record_id")
    if why:
        return Missing(entity, str(row[end]), why, row["number"] or row["name"], str(other or ""))
    return str(other)


def _why_not(entity: str, row: dict[str, Any], other: object, *, outward: bool) -> str:
    state = State(row["state"])
    if state in LEFT_OUT:
        return "left_out"
    if row["reason"] == "merged_there":
        return "merged"
    if state is State.GONE or row["reason"] == "many_gone":
        return "gone"
    if other is None or state in UNUSABLE:
        return "not_linked"
    if outward and (row["inactive"] or row["reason"] == "written_off"):
        return "inactive"
    if outward and entity in MUST_AGREE and _disagrees_in_money(state, row["facts"]):
        return "not_agreed"
    return ""


def _disagrees_in_money(state: State, facts: dict[str, Any]) -> bool:
    if state is State.CONFLICT:
        return "money" in facts.get("groups", [])
    return state not in (State.AGREED, State.VOID)
