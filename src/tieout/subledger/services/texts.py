"""Checks of text fields, by the lengths their columns have, which are QuickBooks' own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from tieout.kinds.limits import CONTROL

from .refusal import Refusals


def tidy(value: str) -> str:
    """As QuickBooks gives it back: line breaks are one character, and blanks around it are gone."""
    return value.replace("\r\n", "\n").strip()


def check_texts(model: type[models.Model], values: Mapping[str, Any], wrong: Refusals) -> None:
    for field, value in values.items():
        if isinstance(value, str):
            check_text(value, length(model, field), field, wrong)


def check_text(value: str, longest: int | None, field: str, wrong: Refusals) -> None:
    if longest is not None and len(value) > longest:
        wrong.add(field, f"Is {len(value)} characters long; QuickBooks takes at most {longest}.")
    if CONTROL.search(value):
        wrong.add(field, "Holds a control character that cannot be shown or sent.")


def length(model: type[models.Model], field: str) -> int | None:
    longest: int | None = getattr(model._meta.get_field(field), "max_length", None)
    return longest
