"""The names shown beside references follow the entry they point to; no document counts as changed by it."""

from typing import TYPE_CHECKING, Any

from quickbooks_sandbox.books.store import Object

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work
    from quickbooks_sandbox.entities.entity import Entity

#: References that are not called after their entity.
_CALLED_OTHERWISE = {"SalesTermRef": "Term", "TermRef": "Term", "PrefVendorRef": "Vendor"}


def show_new_name(work: "Work", rules: "Entity", renamed: Object) -> None:
    id, name = renamed["Id"], rules.shown_name(renamed)
    for holder in work.books.registry.values():
        for object in _holders(work, holder, rules.name, id):
            changed = _with_name(object, rules.name, id, name)
            if changed is not object:
                work.rename(holder.name, changed)


def _holders(work: "Work", holder: "Entity", entity: str, id: str) -> list[Object]:
    """Objects that may refer to the entry: by an index where there is one, else all of them."""
    index = f"{entity}Ref"
    if index in holder.indexed:
        return list(work.find(holder.name, index, id))
    return [] if holder.name == entity else list(work.all(holder.name))


def _target(member: str) -> str:
    if member.endswith("AccountRef"):
        return "Account"
    return _CALLED_OTHERWISE.get(member, member.removesuffix("Ref"))


def _with_name(value: Any, entity: str, id: str, name: str) -> Any:
    """The value with the name put in; the same object if nothing in it refers to the entry."""
    if isinstance(value, list):
        items = [_with_name(item, entity, id, name) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if not isinstance(value, dict):
        return value
    changed = {}
    for member, inner in value.items():
        if member.endswith("Ref") and isinstance(inner, dict) and _target(member) == entity:
            new: Any = {**inner, "name": name} if inner.get("value") == id and "name" in inner else inner
        else:
            new = _with_name(inner, entity, id, name)
        if new is not inner:
            changed[member] = new
    return {**value, **changed} if changed else value
