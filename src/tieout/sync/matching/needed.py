"""What a run that syncs some records alone looks at: these, and what has to agree before they can."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tieout.kinds import KINDS
from tieout.subledger.models import Company
from tieout.subledger.values import ADAPTERS
from tieout.sync.models import Only

from .refs import named_by


def needed(company: Company, only: Only) -> Mapping[str, set[int]]:
    """By entity, records. Lists are not among them: they only come in, and each run takes them."""
    found: dict[str, set[int]] = defaultdict(set)
    for kind in reversed([kind for kind in KINDS if kind.outward]):  # what refers to others comes first
        found[kind.entity] |= {record for name, record in only if name == kind.name}
        held = ADAPTERS[kind.entity].load(company, found[kind.entity])
        for entity, ids in named_by(kind, [each.values for each in held.values()]).items():
            found[entity] |= set(map(int, ids))
    return found
