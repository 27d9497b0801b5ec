"""What the entries of all lists that QuickBooks is master of have in common: they come in, and are never written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from .fields import active_name, folded
from .kind import Kind, Likeness, Object, Traits, Values


class Entry(Values, frozen=True, kw_only=True):
    name: str
    full_name: str
    active: bool


def entry(obj: Object) -> dict[str, Any]:
    name = active_name(obj.get("Name"))
    return {
        "name": name,
        "full_name": active_name(obj.get("FullyQualifiedName")) or name,
        "active": bool(obj.get("Active", True)),
    }


def _never_written(values: Values, groups: Collection[str], latest: Object | None, *, their_tax: bool) -> Object:
    raise NotImplementedError("QuickBooks is master of its lists")


def _likeness(ours: Entry, theirs: Entry) -> Likeness:
    """Entries that were here before connecting, say from an import, are matched by their full name."""
    return Likeness.SURE if folded(ours.full_name) == folded(theirs.full_name) else Likeness.NONE


def of_list(name: str, entity: str, values: Any, parse: Callable[[Object], Any], **more: Any) -> Kind[Any]:
    return Kind(
        name=name,
        entity=entity,
        values=values,
        groups={"entry": lambda entry: entry},
        fields={"entry": values.__struct_fields__},
        parse=parse,
        body=_never_written,
        traits=lambda entry: Traits(name=folded(entry.full_name)),
        likeness=_likeness,
        outward=False,
        has_active=True,
        **more,
    )
