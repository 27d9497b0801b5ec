"""What both sides held when one of them was made to stand: the losing value stays readable in result and history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from .pair import Book, Pair

BOOKS = {"ours": Book.OURS, "theirs": Book.THEIRS}


def settled(pair: Pair[Any], sides: Mapping[str, str]) -> dict[str, Any]:
    """Facts for a result. `sides`: by group, "ours" or "theirs", whichever stands."""
    return {
        "chosen": [f"{group}: {BOOKS[side]}" for group, side in sorted(sides.items())],
        "settled": {
            group: {"stands": side, "ours": _members(pair, group, pair.here.values), "theirs": _theirs(pair, group)}
            for group, side in sides.items()
        },
    }


def _theirs(pair: Pair[Any], group: str) -> dict[str, Any]:
    """In our ids where they have any here."""
    return _members(pair, group, pair.theirs_here.values or pair.there.values)


def _members(pair: Pair[Any], group: str, values: Any) -> dict[str, Any]:
    return {name: msgspec.to_builtins(getattr(values, name)) for name in pair.kind.fields.get(group, ())}
