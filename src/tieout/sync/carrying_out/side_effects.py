"""What a write would move without naming it: none of that may be unlinked, unknown here, or in a closed period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tieout.quickbooks.wire.answers import Object
from tieout.sync.deciding.pair import Act, Decision, Key, State, Verdict
from tieout.sync.models import Link
from tieout.sync.running import Running

LinksThere = Mapping[Key, Link]


def links_there(run: Running, decisions: Iterable[Decision[Any]]) -> LinksThere:
    """The links of all that these writes would move besides."""
    moved: dict[str, set[str]] = defaultdict(set)
    for decision in decisions:
        for entity, id_ in _freed(decision) | _taken_apart(decision):
            moved[entity].add(id_)
    found: dict[Key, Link] = {}
    for entity, ids in moved.items():
        links = Link.objects.of(run.company).filter(entity=entity, qbo_id__in=ids)
        found |= {(entity, str(link.qbo_id)): link for link in links}
    return found


def side_effect(decision: Decision[Any], links: LinksThere, lock: date | None) -> Verdict | None:
    for end in sorted(_freed(decision)):
        if held := _unlinked(end, links) or _locked(end, links, lock):
            return held
    unlinked = (_unlinked(end, links) for end in sorted(_taken_apart(decision)))
    return next((held for held in unlinked if held is not None), None)


def _unlinked(end: Key, links: LinksThere) -> Verdict | None:
    link = links.get(end)
    if link is not None and link.is_linked:
        return None
    return Verdict(State.HELD, "touches_unlinked", {"entity": end[0], "id": end[1]})


def _locked(end: Key, links: LinksThere, lock: date | None) -> Verdict | None:
    dated = links[end].date
    if lock is None or dated is None or dated > lock:
        return None
    facts = {"entity": end[0], "id": end[1], "date": str(dated), "closed": str(lock)}
    return Verdict(State.HELD, "closed_period", facts)


def _freed(decision: Decision[Any]) -> set[Key]:
    """All that is applied to what is voided or deleted."""
    if decision.write is None or decision.write.act not in (Act.VOID, Act.DELETE):
        return set()
    return _tied_to(decision.pair.there.body)


def _tied_to(body: Object) -> set[Key]:
    """What QuickBooks shows as linked to a document; on its lines too."""
    found = list(body.get("LinkedTxn") or [])
    for line in body.get("Line") or []:
        found += line.get("LinkedTxn") or []
    return {(str(each.get("TxnType")), str(each.get("TxnId"))) for each in found}


def _taken_apart(decision: Decision[Any]) -> set[Key]:
    """What a payment paid there and would pay no longer, or otherwise: its balance moves too."""
    write, theirs, there = decision.write, decision.pair.theirs, decision.pair.ours_there.values
    if write is None or theirs is None or write.act is not Act.UPDATE or "allocations" not in write.groups:
        return set()
    after = set(there.allocations) if there is not None else set()
    return {(part.entity, part.id) for part in set(theirs.values.allocations) - after}
