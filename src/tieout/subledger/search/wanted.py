from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """Rows of a company that have all of these parts, and what is of one of these contacts."""

    company_id: int
    parts: Sequence[str]
    contacts: Sequence[int]
    most: int
