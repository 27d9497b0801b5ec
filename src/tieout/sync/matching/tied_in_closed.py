"""Documents of a closed period that something is applied to: doing so later moves cash-basis figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from tieout.kinds.kind import Held
from tieout.subledger.models import Company
from tieout.sync.deciding.pair import Theirs
from tieout.sync.models import Link

End = Held[Any] | Theirs[Any]
Key = tuple[str, str, bool]  # (entity, id, whether it is ours)


@dataclass(frozen=True)
class TiedInClosed:
    closed: date | None = None
    dates: Mapping[Key, date] = field(default_factory=dict)

    @classmethod
    def load(cls, company: Company, ends: Iterable[End]) -> TiedInClosed:
        if company.closed_until is None:
            return cls()
        named = {key for end in ends for key in _named(end)}
        ours = {id_ for _, id_, is_ours in named if is_ours}
        theirs = {id_ for _, id_, is_ours in named if not is_ours}
        rows = Link.objects.of(company).filter(entity__in={key[0] for key in named}, date__lte=company.closed_until)
        dates: dict[Key, date] = {}
        for link in rows.filter(Q(record_id__in=ours) | Q(qbo_id__in=theirs)):
            if link.date is not None:
                dates |= {
                    (link.entity, str(link.record_id), True): link.date,
                    (link.entity, str(link.qbo_id), False): link.date,
                }
        return cls(company.closed_until, dates)

    def earliest(self, *ends: End | None) -> Mapping[str, Any] | None:
        found = [self.dates[key] for end in ends if end is not None for key in _named(end) if key in self.dates]
        return {"date": str(min(found)), "closed": str(self.closed)} if found else None


def _named(end: End) -> Iterator[Key]:
    for part in getattr(end.values, "allocations", ()):
        if part.id is not None:
            yield part.entity, part.id, isinstance(end, Held)
