"""Properties of an entity in conditions and orderings: which there are, and how their values compare."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache, reduce
from typing import Any

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.store import Object, Row
from quickbooks_sandbox.ledger.times import parse_moment
from quickbooks_sandbox.query.statement import Condition, Literal

_TIMES = {"metadata.createtime": "CreateTime", "metadata.lastupdatedtime": "LastUpdatedTime"}
_DATE_AND_MORE = re.compile(r"\d{4}-\d{2}-\d{2}[T ].*")
_MEMBERS = ("value", "Address", "FreeFormNumber", "URI")


@dataclass(frozen=True)
class Property:
    name: str
    #: The member of MetaData, for the two times.
    time: str = ""
    #: Where the value is in each entry of a list, such as EntityRef and value in AttachableRef.
    path: tuple[str, ...] = ()

    def value(self, object: Object) -> Any:
        """The plain value: of a reference its id, of an e-mail address its text; None if there is none."""
        if self.time:
            return object["MetaData"].get(self.time)
        if self.path:
            return next(iter(self.values(object)), None)
        found = object.get(self.name)
        if isinstance(found, dict):
            return next((found[member] for member in _MEMBERS if member in found), None)
        return found

    def values(self, object: Object) -> list[Any]:
        """Of a list: the value in each entry."""
        return [reduce(lambda at, member: at.get(member, {}), self.path, entry) for entry in object.get(self.name, [])]

    def sort_key(self, object: Object) -> Any:
        found = self.value(object)
        if found is None:
            return (0,)
        if self.name == "Id":
            return (1, len(found), found)
        if self.time:
            return (1, _shown_moment(found))
        return (1, found.casefold() if isinstance(found, str) else found)


def property_of(entity: Entity, name: str) -> Property:
    time = _TIMES.get(name.lower())
    if time:
        return Property("MetaData", time)
    if name.lower() in _IN_LISTS and entity.name == "Attachable":
        return _IN_LISTS[name.lower()]
    first, _, member = name.partition(".")
    field = next((field for field in entity.fields if field.name.lower() == first.lower()), None)
    if field is None or (member and member.lower() not in {each.lower() for each in _MEMBERS}):
        raise fault("4001.property", value=name, entity=entity.name)
    if not field.queryable or field.name == "MetaData":
        raise fault("4001.filter", value=name)
    return Property(field.name)


_IN_LISTS = {
    f"attachableref.entityref.{member}": Property("AttachableRef", path=("EntityRef", member))
    for member in ("type", "value")
}

#: Many objects share a second, and a query looks at all of them.
_shown_moment = lru_cache(maxsize=4096)(parse_moment)


class Comparand:
    """A literal, readable as whatever it is compared with."""

    def __init__(self, literal: Literal, now: datetime) -> None:
        self.text = now.date().isoformat() if literal.kind == "CURRENT_DATE" else literal.text

    @cached_property
    def folded(self) -> str:
        return self.text.casefold()

    @cached_property
    def date(self) -> str:
        """A date-time that is compared with a date counts as its date."""
        return self.text[:10] if _DATE_AND_MORE.match(self.text) else self.folded

    @cached_property
    def number(self) -> Decimal | None:
        try:
            return Decimal(self.text)
        except InvalidOperation:
            return None

    @cached_property
    def moment(self) -> datetime:
        try:
            return parse_moment(self.text)
        except ValueError:
            raise fault("4001.date", value=self.text) from None

    def beside(self, property: Property, stored: Any) -> tuple[Any, Any]:
        """Both sides in a form that compares; (None, None) if they cannot be compared."""
        if property.time:
            return _shown_moment(stored), self.moment
        if isinstance(stored, bool):
            return str(stored).lower(), self.folded
        if isinstance(stored, int | Decimal):
            return (stored, self.number) if self.number is not None else (None, None)
        if property.name == "Id" and self.number is not None and stored.isdigit():
            return int(stored), self.number
        folded = ("" if stored is None else str(stored)).casefold()
        return folded, self.date if property.name.endswith("Date") else self.folded


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda stored, wanted: stored == wanted,
    "!=": lambda stored, wanted: stored != wanted,
    "<": lambda stored, wanted: stored < wanted,
    ">": lambda stored, wanted: stored > wanted,
    "<=": lambda stored, wanted: stored <= wanted,
    ">=": lambda stored, wanted: stored >= wanted,
}


def predicate(entity: Entity, condition: Condition, now: datetime) -> Callable[[Row], bool]:
    property = property_of(entity, condition.property)
    wanted = [Comparand(literal, now) for literal in condition.values]
    if property.time:
        for each in wanted:
            _ = each.moment  # so that a bad time is refused even where no row is looked at
    if condition.operator == "LIKE":
        pattern = _like(wanted[0].text)
        return lambda row: pattern.fullmatch(str(property.value(row.object) or "")) is not None
    compare = _COMPARE["=" if condition.operator == "IN" else condition.operator]
    if property.name.endswith("Date") and len(wanted) == 1:
        # Dates are the usual bounds of long lists; as ISO text they compare as they are.
        name, bound = property.name, wanted[0].date
        return lambda row: name in row.object and compare(row.object[name], bound)

    def holds(row: Row) -> bool:
        if property.path:
            return any(fits(stored) for stored in property.values(row.object))
        return fits(property.value(row.object))

    def fits(stored: Any) -> bool:
        if stored is None and condition.operator not in ("=", "!=", "IN"):
            return False
        for each in wanted:
            left, right = each.beside(property, stored)
            # What cannot be compared is unequal.
            if compare(left, right) if left is not None else condition.operator == "!=":
                return True
        return False

    return holds


def _like(text: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in text.split("%"))
    return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)
