"""Whether an object in QuickBooks is what a write of unknown outcome made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from tieout.kinds import BY_ENTITY, Kind
from tieout.kinds.kind import Likeness, Object, decode
from tieout.sync.deciding.known_void import has_no_amounts
from tieout.sync.deciding.pair import Act
from tieout.sync.models import Operation


def equal(operation: Operation, made: Mapping[str, Object]) -> Object | None:
    return next((obj for obj in made.values() if is_as_meant(operation, obj)), None)


def is_as_meant(operation: Operation, obj: Object) -> bool:
    kind = BY_ENTITY[operation.entity]
    meant, there = decode(kind, operation.values), kind.parse(obj)
    if operation.act == Act.VOID:
        return there.void or has_no_amounts(there)
    return not kind.changed(kind.fill(meant, there, their_tax=True), there) & set(operation.groups)


def edited_since(operation: Operation, made: Mapping[str, Object]) -> Object | None:
    """Made since it was sent, and alike but for what people changed there."""
    kind = BY_ENTITY[operation.entity]
    sent = decode(kind, operation.values)
    for obj in made.values():
        there = kind.parse(obj)
        meant = kind.fill(sent, there, their_tax=True)
        differing = kind.changed(meant, there) & set(operation.groups)
        if _is_as_sent(kind, meant, there) or (_was_changed(obj) and _resembles(kind, meant, there, differing)):
            return obj
    return None


def _was_changed(obj: Object) -> bool:
    """Since it was made; else it would be as it was sent."""
    return str(obj.get("SyncToken")) != "0"


def _is_as_sent(kind: Kind[Any], meant: Any, there: Any) -> bool:
    """In all by which it is known; QuickBooks may store the rest otherwise than it was sent."""
    return _has_number_of(kind, meant, there) and kind.likeness(meant, there) is Likeness.SURE


def _resembles(kind: Kind[Any], meant: Any, there: Any, differing: Collection[str]) -> bool:
    """Another number says that it is another, unless nothing else differs."""
    if _has_number_of(kind, meant, there):
        return kind.likeness(meant, there) is not Likeness.NONE
    return set(differing) <= {"number", "reference"}


def _has_number_of(kind: Kind[Any], meant: Any, there: Any) -> bool:
    return kind.traits(meant).number in ("", kind.traits(there).number)
