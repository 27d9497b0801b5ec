"""Takes the mark off QuickBooks' objects that a run has looked at to its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tieout.sync.deciding.pair import Pair
from tieout.sync.models import Seen
from tieout.sync.running import Running


def note_looked_at(run: Running, pairs: Iterable[Pair[Any]]) -> None:
    """Call it in the transaction that stores all that came of the look; the objects need none until they change."""
    by_entity: dict[str, list[str]] = {}
    for pair in pairs:
        if (id_ := _looked_at(pair)) is not None:
            by_entity.setdefault(pair.kind.entity, []).append(id_)
    for entity, ids in by_entity.items():
        Seen.objects.filter(company=run.company, entity=entity, qbo_id__in=ids, pending=True).update(pending=False)


def _looked_at(pair: Pair[Any]) -> str | None:
    """What resembles a record of ours is looked at until somebody has decided."""
    end = pair.theirs or pair.unreadable
    is_open = bool(pair.candidates) and pair.ours is None
    return end.id if end is not None and end.pending and not is_open else None
