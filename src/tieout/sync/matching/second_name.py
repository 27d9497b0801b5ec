"""A contact that QuickBooks keeps twice, as customer and as supplier, has another name there in its second role, since
names are unique over both. That name is kept with the link: it is no part of ours, and neither follows the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from tieout.kinds.kind import V
from tieout.sync.deciding.pair import Across, Pair

REASON = "second_name"


def with_second_name(pair: Pair[V], own_name: str) -> Pair[V]:
    """The pair as if both names were one."""
    theirs, ours = pair.theirs, pair.ours
    if not own_name or ours is None:
        return pair
    here, there = _name(ours), _name(theirs) if theirs else own_name
    return replace(
        pair,
        base_ours=named(pair.base_ours, here),
        base_theirs=named(pair.base_theirs, there),
        ours_there=_named(pair.ours_there, there),
        theirs_here=_named(pair.theirs_here, here),
    )


def _named(across: Across[V], name: str) -> Across[V]:
    return replace(across, values=named(across.values, name), compared=named(across.compared, name))


def _name(end: Any) -> str:
    return str(end.values.name)


def named(values: V | None, name: str) -> V | None:
    return msgspec.structs.replace(values, name=name) if values is not None else None
