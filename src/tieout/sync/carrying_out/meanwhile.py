"""People decide about links while a run is on; what the run had decided about such a link before is void."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tieout.sync.deciding.pair import Decision
from tieout.sync.models import Link
from tieout.sync.running import Running

Decisions = Sequence[Decision[Any]]


def untouched(run: Running, plan: Decisions) -> list[Decision[Any]]:
    """Call it in the transaction that stores. A person's act has asked for a run of its own."""
    if not plan:
        return []
    acted_at = _acted_at(run, plan)
    made = _links_made_since(run, plan)
    return [decision for decision in plan if _is_untouched(decision, acted_at, made)]


def _acted_at(run: Running, plan: Decisions) -> dict[int, datetime | None]:
    ids = [decision.pair.link.id for decision in plan if decision.pair.link.id is not None]
    rows = Link.objects.of(run.company).select_for_update().filter(pk__in=ids)
    return dict(rows.values_list("pk", "set_at"))


def _links_made_since(run: Running, plan: Decisions) -> set[int]:
    """Records that had no link when they were looked at."""
    new = [d.pair.ours.id for d in plan if d.pair.link.id is None and d.pair.ours is not None]
    rows = Link.objects.of(run.company).filter(entity=plan[0].pair.kind.entity, record_id__in=new)
    return set(rows.values_list("record_id", flat=True)) if new else set()  # type: ignore[arg-type]


def _is_untouched(decision: Decision[Any], acted_at: dict[int, datetime | None], made: set[int]) -> bool:
    pair = decision.pair
    if pair.link.id is None:
        return pair.ours is None or pair.ours.id not in made
    return pair.link.id in acted_at and acted_at[pair.link.id] == pair.link.acted_at
