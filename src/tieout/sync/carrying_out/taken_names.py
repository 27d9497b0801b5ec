"""Whether the name that is to be written has an owner in QuickBooks already, as it was last read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from tieout.kinds.contact import ROLES
from tieout.kinds.fields import folded
from tieout.quickbooks.wire.json import loads
from tieout.sync.deciding.pair import Decision, Key, State, Verdict
from tieout.sync.matching import second_name
from tieout.sync.models import Link, Seen
from tieout.sync.running import Running


@dataclass(frozen=True)
class Holder:
    """A name in QuickBooks, and the contact here whose counterpart it is."""

    end: Key
    name: str  # as shown
    record_id: int | None


Holders = Mapping[str, Sequence[Holder]]  # by folded name


def taken_names(run: Running, decisions: Sequence[Decision[Any]]) -> Holders:
    """Of the names that are to be written; an inactive one may have given its name up."""
    wanted = {name for decision in decisions if (name := _name_written(decision))}
    found: dict[str, list[Holder]] = defaultdict(list)
    if not wanted:
        return found
    rows = list(Seen.objects.filter(company=run.company, entity__in=ROLES, name__in=wanted, deleted=False))
    records = _records_of(run, [seen.qbo_id for seen in rows]) if rows else {}
    for seen in rows:
        body, end = loads(bytes(seen.body)), (seen.entity, seen.qbo_id)
        if body.get("Active", True):
            found[seen.name].append(Holder(end, str(body.get("DisplayName", "")), records.get(end)))
    return found


def _records_of(run: Running, ids: Sequence[str]) -> dict[Key, int | None]:
    links = Link.objects.of(run.company).filter(entity__in=ROLES, qbo_id__in=ids).exclude(state=State.UNLINKED)
    return {(entity, str(id_)): record for entity, id_, record in links.values_list("entity", "qbo_id", "record_id")}


def _name_written(decision: Decision[Any]) -> str:
    write, there = decision.write, decision.pair.ours_there.values
    return folded(there.name) if write and there and "name" in write.groups else ""


def name_taken(decision: Decision[Any], names: Holders) -> Verdict | None:
    pair = decision.pair
    mine = (pair.kind.entity, pair.theirs.id if pair.theirs else "")
    for holder in names.get(_name_written(decision), ()):
        if holder.end != mine:
            entity, id_ = holder.end
            facts = {"holder": f"{capfirst(ROLES[entity])} {holder.name}", "entity": entity, "id": id_}
            # The very same contact may have the name already, in its other role.
            itself = holder.record_id == pair.here.id
            return Verdict(State.HELD, second_name.REASON if itself else "name_taken", facts)
    return None
