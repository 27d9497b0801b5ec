"""Names: unique, without the characters that mean something, marked when their entry is inactive."""

from collections.abc import Iterator
from typing import ClassVar

from quickbooks_sandbox.entities.references import show_new_name
from quickbooks_sandbox.faults import Faults, fault
from quickbooks_sandbox.ledger.balances import ancestors
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

DELETED = " (deleted)"
MAX_LEVELS = 5


class NameList(Entity):
    """An entry of a list: found by name, made inactive rather than deleted."""

    name_field: ClassVar[str] = "Name"
    #: Entities that share one space of names with this one.
    names_shared_with: ClassVar[tuple[str, ...]] = ()
    already_used_by: ClassVar[str] = ""
    forbidden: ClassVar[str] = ":\t\n"
    #: The flag that says an entry has a parent, such as SubAccount; "" where there is no hierarchy.
    sub_flag: ClassVar[str] = ""

    def shown_name(self, object: Object) -> str:
        return str(object.get("FullyQualifiedName") or object[self.name_field])

    def complete_name(self, work: Work, new: Object, old: Object | None) -> None:
        new.setdefault("Active", True)
        base = bare(new[self.name_field])
        self._refuse_characters(base)
        new[self.name_field] = base if new["Active"] else base + DELETED
        if self.sub_flag:
            self._place_in_hierarchy(work, new)
        if old is None or bare(old[self.name_field]).casefold() != base.casefold() or self._moved(new, old):
            self._refuse_duplicate(work, new)

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        if new is None or old is None:
            return
        if self.shown_name(new) != self.shown_name(old):
            show_new_name(work, self, new)
            self._rename_children(work, new)

    def _refuse_characters(self, name: str) -> None:
        faults = Faults()
        if any(character in name for character in self.forbidden):
            faults.add("2040", field=self.name_field, value=name)
        faults.raise_if_any()

    def _moved(self, new: Object, old: Object) -> bool:
        return bool(new.get("ParentRef") != old.get("ParentRef"))

    def _refuse_duplicate(self, work: Work, new: Object) -> None:
        spaces = (self.name, *(name for name in self.names_shared_with if name in work.books.registry))
        for entity in spaces:
            for other in same_name(work, entity, new[self.name_field]):
                itself = (entity, other["Id"]) == (self.name, new.get("Id"))
                if not itself and self._clashes(new, other) and not self._differ_in_case(work, entity, new, other):
                    used_by = self.already_used_by or self.name.lower()
                    raise fault(
                        "6240",
                        text=f"Another {used_by} is already using this name. Please use a different name.",
                    )

    def _clashes(self, new: Object, other: Object) -> bool:
        """Most lists want a name unique among the children of one parent."""
        return bool(new.get("ParentRef") == other.get("ParentRef"))

    def _differ_in_case(self, work: Work, entity: str, new: Object, other: Object) -> bool:
        """Where case counts, the same letters may be another name."""
        name_field = getattr(work.entity(entity), "name_field", "Name")
        same = bare(new[self.name_field]) == bare(other[name_field])
        return not same and not work.settings.names_ignore_case

    def _place_in_hierarchy(self, work: Work, new: Object) -> None:
        parent_ref = new.get("ParentRef")
        new[self.sub_flag] = parent_ref is not None
        own = new[self.name_field]
        if parent_ref is None:
            new["FullyQualifiedName"] = own
            new.pop("Level", None)
            return
        new["ParentRef"] = {"value": parent_ref["value"]}
        parent = self._parent(work, new)
        new["FullyQualifiedName"] = f"{parent['FullyQualifiedName']}:{own}"
        level = 1 + sum(1 for _ in ancestors(work, self.name, parent["Id"]))
        if level >= MAX_LEVELS:
            raise fault("6180")
        if "Level" in self.field:
            new["Level"] = level

    def _parent(self, work: Work, new: Object) -> Object:
        id = new["ParentRef"]["value"]
        parent = work.get(self.name, id)
        if parent is None:
            raise fault("700", value=id)
        line = [id, *(each["Id"] for each in ancestors(work, self.name, id))]
        if new.get("Id") in line:
            raise fault("900")
        return parent

    def _rename_children(self, work: Work, parent: Object) -> None:
        for child in children(work, self.name, parent["Id"]):
            own = child[self.name_field]
            renamed = work.rename(self.name, {**child, "FullyQualifiedName": f"{parent['FullyQualifiedName']}:{own}"})
            show_new_name(work, self, renamed)
            self._rename_children(work, renamed)


def children(work: Work, entity: str, id: str) -> Iterator[Object]:
    if "ParentRef" in work.books.tables[entity].indexes:
        yield from work.find(entity, "ParentRef", id)


def same_name(work: Work, entity: str, name: str) -> Iterator[Object]:
    """Entries of that name, whatever the case, active or not."""
    rules = work.entity(entity)
    name_field = rules.name_field if isinstance(rules, NameList) else "Name"
    for form in (bare(name), bare(name) + DELETED):
        yield from work.find(entity, name_field, form)


def bare(name: str) -> str:
    """The name without the mark of an inactive entry."""
    return name.removesuffix(DELETED)
