"""People decide about links while a run is on; what the run had decided about such a link before is void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from tieout.sync.deciding.pair import Decision
from tieout.sync.models import Link
from tieout.sync.models.link import LinkQuerySet
from tieout.sync.running import Running

Decisions = Sequence[Decision[Any]]


def untouched(run: Running, plan: Decisions) -> list[Decision[Any]]:
    """Call it in the transaction that stores. A person's act has asked for a run of its own."""
    rows = _rows(run, plan).values_list("pk", "record_id", "set_at")
    acted_at = {pk: at for pk, _, at in rows}
    return _untouched(plan, acted_at, {record for _, record, _ in rows})


def with_links(run: Running, plan: Decisions) -> list[tuple[Decision[Any], Link | None]]:
    """As `untouched`, with the link as it stands now of what has one."""
    links = {link.pk: link for link in _rows(run, plan)}
    acted_at = {pk: link.set_at for pk, link in links.items()}
    still = _untouched(plan, acted_at, {link.record_id for link in links.values()})
    return [(decision, links.get(decision.pair.link.id or 0)) for decision in still]


def _rows(run: Running, plan: Decisions) -> LinkQuerySet:
    """The links of what had one when it was looked at, and those made since of records that had none."""
    known = [decision.pair.link.id for decision in plan if decision.pair.link.id is not None]
    new = [d.pair.ours.id for d in plan if d.pair.link.id is None and d.pair.ours is not None]
    if not known and not new:
        return Link.objects.none()
    asked = Q(pk__in=known) | Q(entity=plan[0].pair.kind.entity, record_id__in=new)
    return Link.objects.of(run.company).select_for_update().filter(asked)


def _untouched(
    plan: Decisions, acted_at: Mapping[int, datetime | None], linked: set[int | None]
) -> list[Decision[Any]]:
    def is_untouched(decision: Decision[Any]) -> bool:
        pair = decision.pair
        if pair.link.id is None:
            return pair.ours is None or pair.ours.id not in linked
        return pair.link.id in acted_at and acted_at[pair.link.id] == pair.link.acted_at

    return [decision for decision in plan if is_untouched(decision)]
