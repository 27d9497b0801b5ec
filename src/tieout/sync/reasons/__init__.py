"""The one registry of what a result means: what happened, why, what to do, who can, and the next click.

Texts are for people who keep books; `{...}` is filled from the facts of the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tieout.quickbooks.wire.faults import Fault

from . import choices, connection, ours, quickbooks, quiet
from .codes import key_of
from .reason import Click, Reason
from .words import filled

REASONS: dict[str, Reason] = {
    **quiet.REASONS,
    **choices.REASONS,
    **ours.REASONS,
    **quickbooks.REASONS,
    **connection.REASONS,
}
FALL_BACK = "quickbooks_refused"


def of(key: str) -> Reason:
    return REASONS.get(key, REASONS[FALL_BACK])


def for_fault(fault: Fault) -> str:
    key = key_of(fault)
    return key if key in REASONS else FALL_BACK


def sentence(key: str, facts: Mapping[str, Any]) -> str:
    return filled(of(key).title, facts) if key else ""


__all__ = ["FALL_BACK", "REASONS", "Click", "Reason", "filled", "for_fault", "of", "sentence"]
