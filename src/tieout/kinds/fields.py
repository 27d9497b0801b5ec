"""Reading and writing single members of QuickBooks' objects."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .kind import Object

CENT = Decimal("0.01")


def text(value: Any) -> str:
    """Trimmed as QuickBooks trims it; None is empty."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def ref(value: Any) -> str | None:
    """Id of a reference type ({"value": "12", "name": ...}); None where it is absent or empty."""
    return (text(value.get("value")) or None) if isinstance(value, dict) else None


def to_ref(id_: str | None) -> Object | None:
    return {"value": id_} if id_ else None


def day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def number(value: Any) -> Decimal | None:
    return None if value is None or value == "" else Decimal(value)


def amount(value: Any) -> Decimal:
    return number(value) or Decimal(0)


def member(value: Any, name: str) -> str:
    """A text member of a nested object, such as PrimaryPhone.FreeFormNumber."""
    return text(value.get(name)) if isinstance(value, dict) else ""


def active_name(value: Any) -> str:
    """QuickBooks appends " (deleted)" to the name of what is made inactive; that is never a rename."""
    name = text(value)
    return re.sub(r"( \(deleted\))+$", "", name)


def folded(name: str) -> str:
    """Two names that fold to the same are the same to a reader, and to QuickBooks: case and blanks aside."""
    return " ".join(name.split()).casefold()


def round_half_up(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def without_nothing(members: Object) -> Object:
    return {name: value for name, value in members.items() if value is not None}


def without_blanks(members: Object) -> Object:
    """A create need not blank anything."""
    return {name: value for name, value in members.items() if not _is_blank(value)}


def _is_blank(value: Any) -> bool:
    return all(map(_is_blank, value.values())) if isinstance(value, dict) else value in ("", None)


def of_groups(writers: Mapping[str, Object], groups: Collection[str]) -> Object:
    """What these groups write, by what each would."""
    return {name: value for group in writers if group in groups for name, value in writers[group].items()}


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
