"""The names shown beside references follow the entry they point to; no document counts as changed by it."""

from typing import Any

from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: References to whoever stands beside an amount; the ids of names are unique over these entities.
_PARTY_MEMBERS, _PARTIES = ("EntityRef", "Entity"), ("Customer", "Vendor", "Employee")
#: References that are not called after their entity.
_CALLED_OTHERWISE = {"SalesTermRef": "Term", "TermRef": "Term", "PrefVendorRef": "Vendor"}


def show_new_name(work: Work, rules: Entity, renamed: Object) -> None:
    id, name = renamed["Id"], rules.shown_name(renamed)
    for holder in work.books.registry.values():
        for object in _holders(work, holder, rules.name, id):
            changed = with_reference(object, rules.name, id, {"name": name})
            if changed is not object:
                work.rename(holder.name, changed)


def _holders(work: Work, holder: Entity, entity: str, id: str) -> list[Object]:
    """Objects that may refer to the entry: by an index where there is one, else all of them."""
    index = f"{entity}Ref"
    if index in holder.indexed:
        return list(work.find(holder.name, index, id))
    return [] if holder.name == entity else list(work.all(holder.name))


def _target(member: str, entity: str) -> str:
    if member in _PARTY_MEMBERS:
        return entity if entity in _PARTIES else ""
    if member.endswith("AccountRef"):
        return "Account"
    return _CALLED_OTHERWISE.get(member, member.removesuffix("Ref"))


def _is_reference(member: str, inner: Any) -> bool:
    return isinstance(inner, dict) and (member.endswith("Ref") or (member == "Entity" and "value" in inner))


def with_reference(value: Any, entity: str, id: str, shown: Object) -> Any:
    """The value with references to the entry shown so; the same object if nothing in it refers to the entry."""
    if isinstance(value, list):
        items = [with_reference(item, entity, id, shown) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if not isinstance(value, dict):
        return value
    changed = {}
    for member, inner in value.items():
        if _is_reference(member, inner) and _target(member, entity) == entity:
            new: Any = {**inner, **shown} if inner.get("value") == id and "name" in inner else inner
        else:
            new = with_reference(inner, entity, id, shown)
        if new is not inner:
            changed[member] = new
    return {**value, **changed} if changed else value
