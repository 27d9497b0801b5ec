"""Pages of a long list, found by where the last page ended and never by counting past rows: the last page of a
million costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Model, Q


@dataclass(frozen=True)
class Order:
    """By `field`, and where that is the same by `id`."""

    field: str
    descending: bool = True
    id: str = "id"

    def names(self, backwards: bool) -> tuple[str, str]:
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.field}", f"{sign}{self.id}"

    def beyond(self, mark: Mark, backwards: bool) -> Q:
        # Not `a < x OR (a = x AND id < y)`, which SQLite answers by walking from the start of the index.
        side = "lt" if self.descending != backwards else "gt"
        return Q(**{f"{self.field}__{side}e": mark.value}) & (
            Q(**{f"{self.field}__{side}": mark.value}) | Q(**{f"{self.id}__{side}": mark.id})
        )

    def key(self, row: Model) -> tuple[Any, int]:
        return getattr(row, self.field), getattr(row, self.id)


@dataclass(frozen=True)
class Mark:
    """A row's place in a list, as it is in the address: its number, id and the value it is ordered by."""

    number: int
    id: int
    value: Any

    @classmethod
    def of(cls, row: Model, number: int, order: Order) -> Mark:
        value, id_ = order.key(row)
        return cls(number, id_, value)

    def numbered(self, number: int) -> Mark:
        return Mark(number, self.id, self.value)

    def __str__(self) -> str:
        value = self.value.isoformat() if hasattr(self.value, "isoformat") else str(self.value)
        return f"{self.number}.{self.id}.{value}"

    @classmethod
    def parse(cls, text: str, model: type[Model], order: Order) -> Mark | None:
        """None for what somebody mistyped: the list then starts at its beginning."""
        number, _, rest = text.partition(".")
        row_id, _, value = rest.partition(".")
        if not (number.isdecimal() and row_id.isdecimal()) or max(len(number), len(row_id)) > 18 or "\0" in value:
            return None
        try:
            field = model._meta.get_field(order.field)
            return cls(int(number), int(row_id), field.to_python(value))  # type: ignore[union-attr]
        except ValidationError:
            return None


def address(parameter: str, mark: Mark | None) -> str:
    return urlencode({parameter: mark}) if mark else ""
