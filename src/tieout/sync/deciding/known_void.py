"""QuickBooks marks a void by a word in the private note alone, which people write over. What was void once, and has no
amounts again, is void still."""

from __future__ import annotations

from typing import Any

import msgspec

from tieout.kinds.kind import V


def still_void(before: V | None, theirs: V) -> V:
    """`before`: as it was when both sides last agreed."""
    was_void = getattr(before, "void", False)
    return as_void(theirs) if was_void and has_no_amounts(theirs) else theirs


def has_no_amounts(values: Any) -> bool:
    parts = (*getattr(values, "lines", ()), *getattr(values, "allocations", ()))
    return not values.total and not any(part.amount for part in parts)


def as_void(values: V) -> V:
    return msgspec.structs.replace(values, void=True)
