"""Where people number sales forms themselves, QuickBooks takes a number once, over invoices and credit memos alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tieout.sync.deciding.pair import Decision, Key, State, Verdict
from tieout.sync.models import Seen
from tieout.sync.running import Running

ENTITIES = {"Invoice": "Invoice", "CreditMemo": "Credit memo"}


def taken_numbers(run: Running, decisions: Sequence[Decision[Any]]) -> Mapping[str, Sequence[Key]]:
    """Who has the numbers that are to be written, as far as we have read."""
    wanted = {number for decision in decisions if (number := _written(decision))}
    found: dict[str, list[Key]] = {}
    if wanted and run.policy.custom_numbers:
        rows = Seen.objects.filter(company=run.company, entity__in=ENTITIES, number__in=wanted, deleted=False)
        for number, entity, id_ in rows.order_by("pk").values_list("number", "entity", "qbo_id"):
            found.setdefault(number, []).append((entity, id_))
    return found


def number_taken(decision: Decision[Any], holders: Mapping[str, Sequence[Key]]) -> Verdict | None:
    number, theirs = _written(decision), decision.pair.theirs
    if not number or (theirs is not None and theirs.values.number == number):
        return None  # none is written, or it has it already
    for entity, id_ in holders.get(number, ()):
        facts = {"holder": f"{ENTITIES[entity]} {number}", "number": number, "entity": entity, "id": id_}
        return Verdict(State.HELD, "number_taken", facts)
    return None


def _written(decision: Decision[Any]) -> str:
    write, there = decision.write, decision.pair.ours_there.values
    return str(there.number) if write and there and "number" in write.groups else ""
