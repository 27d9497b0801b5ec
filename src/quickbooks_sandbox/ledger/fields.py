"""The fields of an entity: what a client may send in each, and how it is read.

Lengths are those of Intuit's API reference. An empty string, `null` and a reference without a value mean
"unset", since clients send them for every field they leave alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from quickbooks_sandbox.faults import Faults
from quickbooks_sandbox.ledger.members import REFERENCE, refuse_unknown, type_of
from quickbooks_sandbox.ledger.times import parse_date

#: Gives the value to store, or None for "unset".
Reader = Callable[["Field", Any, Faults], Any]


@dataclass(frozen=True)
class Field:
    name: str
    read: Reader
    limit: int = 0
    #: The entity a reference points to, and whether answers show its name beside its id.
    refers_to: str = ""
    named: bool = True
    #: What a client sends in it is ignored.
    read_only: bool = False
    #: Whether a query may filter and sort by it.
    queryable: bool = False
    #: Kept when a full update leaves it out.
    kept: bool = False
    choices: tuple[str, ...] = ()


def text(name: str, limit: int = 4000, **more: Any) -> Field:
    return Field(name, _read_text, limit, **more)


def choice(name: str, *choices: str, **more: Any) -> Field:
    return Field(name, _read_choice, choices=choices, **more)


def number(name: str, **more: Any) -> Field:
    return Field(name, _read_number, **more)


def boolean(name: str, **more: Any) -> Field:
    return Field(name, _read_boolean, **more)


def date(name: str, **more: Any) -> Field:
    return Field(name, _read_date, **more)


def ref(name: str, refers_to: str = "", **more: Any) -> Field:
    return Field(name, _read_ref, refers_to=refers_to, **more)


def address(name: str) -> Field:
    return Field(name, _read_address)


def email(name: str, **more: Any) -> Field:
    return Field(name, _read_email, 100, **more)


def phone(name: str, limit: int = 30) -> Field:
    return Field(name, _part("FreeFormNumber"), limit)


def web(name: str) -> Field:
    return Field(name, _read_web, 1000)


def memo(name: str) -> Field:
    return Field(name, _part("value"), 1000)


def anything(name: str, **more: Any) -> Field:
    """Stored and given back as it came; or, for lines and the like, read by the entity's own rules."""
    return Field(name, lambda _field, value, _faults: value, **more)


def objects(name: str, **more: Any) -> Field:
    """A list of objects, read by the entity's own rules."""
    return Field(name, _read_objects, **more)


def party(name: str) -> Field:
    """A reference to a customer, vendor or employee; what type the client says it is does not matter."""
    return Field(name, _read_ref)


def parts(name: str, *fields: "Field", **more: Any) -> Field:
    """A nested object of which the given members count."""

    def read(field: Field, value: Any, faults: Faults) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            faults.add("2010", text=f"Can not construct an object from the value of {field.name}")
            return None
        return read_parts(fields, value, faults, field.name)

    return Field(name, read, **more)


def shown_only(name: str, **more: Any) -> Field:
    return anything(name, read_only=True, **more)


#: What every object carries, in the place where answers show it.
HEADER = (
    shown_only("domain"),
    shown_only("sparse"),
    shown_only("Id", queryable=True),
    shown_only("SyncToken"),
    shown_only("MetaData", queryable=True),
)


def _read_text(field: Field, value: Any, faults: Faults) -> str | None:
    if isinstance(value, dict | list):
        kind = "OBJECT" if isinstance(value, dict) else "ARRAY"
        faults.add("2010", text=f"Can not deserialize instance of java.lang.String out of START_{kind} token")
        return None
    written = ("true" if value else "false") if isinstance(value, bool) else str(value).strip()
    if len(written) > field.limit:
        faults.add("2050", field=field.name, low=0, high=field.limit, length=len(written))
    return written or None


def _read_choice(field: Field, value: Any, faults: Faults) -> str | None:
    for known in field.choices:
        if str(value).casefold() == known.casefold():
            return known
    faults.add("2170", field=field.name, value=value)
    return None


def _read_number(field: Field, value: Any, faults: Faults) -> Decimal | int | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        faults.add("2090", field=field.name, value=value)
        return None
    return found


def _read_boolean(field: Field, value: Any, faults: Faults) -> bool | None:
    known = {"true": True, "false": False}.get(str(value).lower())
    if known is None:
        faults.add("2230", field=field.name, value=value)
    return known


def _read_date(field: Field, value: Any, faults: Faults) -> str | None:
    try:
        return parse_date(str(value)).isoformat()
    except ValueError:
        looks_right = re.match(r"\d{4}-\d{2}-\d{2}", str(value))
        faults.add("2070" if looks_right else "2060", field=field.name, value=value)
        return None


def _read_objects(field: Field, value: Any, faults: Faults) -> list[dict[str, Any]] | None:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        faults.add("2010", text=f"Can not deserialize instance of java.util.ArrayList in {field.name}")
        return None
    return value


def _read_ref(field: Field, value: Any, faults: Faults) -> dict[str, str] | None:
    if not isinstance(value, dict):
        faults.add("2010", text=f"Can not construct instance of ReferenceType in {field.name}")
        return None
    refuse_unknown(REFERENCE, value, faults)
    id = value.get("value")
    return None if id is None or str(id).strip() == "" else {"value": str(id).strip()}


_ADDRESS_PARTS = (
    *(text(f"Line{n}", 500) for n in range(1, 6)),
    *(text(name, 255) for name in ("City", "Country", "CountrySubDivisionCode")),
    text("PostalCode", 30),
)


def _read_address(field: Field, value: Any, faults: Faults) -> dict[str, str] | None:
    if not isinstance(value, dict):
        faults.add("2010", text=f"Can not construct instance of PhysicalAddress in {field.name}")
        return None
    return read_parts(_ADDRESS_PARTS, value, faults, field.name) or None


def _read_email(field: Field, value: Any, faults: Faults) -> dict[str, str] | None:
    found: dict[str, str] | None = _part("Address")(field, value, faults)
    if found and not all(re.fullmatch(r"\S+@\S+\.\S+", one.strip()) for one in found["Address"].split(",")):
        faults.add("2210", field=field.name, value=found["Address"])
    return found


def _read_web(field: Field, value: Any, faults: Faults) -> dict[str, str] | None:
    found: dict[str, str] | None = _part("URI")(field, value, faults)
    if found and not found["URI"].lower().startswith(("http://", "https://")):
        faults.add("2200", field=field.name, value=found["URI"])
    return found


def _part(part: str) -> Reader:
    """A reader for an object with one member that counts."""

    def read(field: Field, value: Any, faults: Faults) -> dict[str, str] | None:
        if not isinstance(value, dict):
            faults.add("2010", text=f"Can not construct an object from the value of {field.name}")
            return None
        refuse_unknown(type_of(field.name), value, faults)
        if is_blank(value.get(part)):
            return None
        found = _read_text(field, value[part], faults)
        return {part: found} if found else None

    return read


def is_blank(value: Any) -> bool:
    return value is None or value in ("", {})


@cache
def _at(path: str, field: Field) -> Field:
    return replace(field, name=f"{path}.{field.name}")


def read_parts(fields: tuple[Field, ...], value: dict[str, Any], faults: Faults, path: str) -> dict[str, Any]:
    """The known members of a nested object; faults name the path to the member."""
    refuse_unknown(type_of(path), value, faults)
    found = {}
    for field in fields:
        if is_blank(value.get(field.name)):
            continue
        read = field.read(_at(path, field), value[field.name], faults)
        if read is not None:
            found[field.name] = read
    return found


def read_whole(fields: tuple[Field, ...], value: Any, path: str) -> dict[str, Any]:
    """`read_parts` of one nested object, its faults raised."""
    faults = Faults()
    if not isinstance(value, dict):
        faults.add("2010", text=f"Can not construct an object from the value of {path}")
    found = read_parts(fields, value, faults, path) if isinstance(value, dict) else {}
    faults.raise_if_any()
    return found
