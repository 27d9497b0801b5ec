"""The words for a result's reason."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any


def explanation(reason: str) -> Any:
    """Title, why, steps and who; None for a reason that has no words of its own."""
    if find_spec("tieout.sync.reasons") is None:
        return None
    return import_module("tieout.sync.reasons").REASONS.get(reason)
