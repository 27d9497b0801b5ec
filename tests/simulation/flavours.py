"""Kinds of histories: how often each act comes. All are lived and judged alike."""

from __future__ import annotations

from tests.simulation.steps import Flavour

PLAIN = {
    "enter contact here": 3,
    "edit contact here": 4,
    "rename contact here": 1,
    "enter invoice here": 8,
    "enter credit note here": 3,
    "enter draft here": 1,
    "approve here": 1,
    "edit document here": 6,
    "renumber here": 1,
    "void document here": 2,
    "pay here": 6,
    "pay in advance here": 2,
    "edit payment here": 3,
    "void payment here": 1,
    "apply payment here": 2,
    "unapply here": 2,
    "apply credit here": 2,
    "enter customer there": 2,
    "edit customer there": 3,
    "rename customer there": 1,
    "enter invoice there": 5,
    "enter credit memo there": 2,
    "edit form there": 5,
    "void form there": 2,
    "delete form there": 1,
    "pay there": 4,
    "pay in advance there": 1,
    "edit payment there": 2,
    "unapply there": 1,
    "apply credit there": 1,
    "deposit there": 1,
    "take out of deposit there": 1,
    "sleep": 6,
    "sleep for weeks": 1,
    "storm": 8,
    "calm": 1,
    "reconnect": 3,
    "run": 26,
}

FLAVOURS = {
    "everything": Flavour(PLAIN),
}


def flavour_of(seed: int) -> Flavour:
    """Each seed has its own, so that no list of seeds leaves one out for long."""
    names = sorted(FLAVOURS)
    return FLAVOURS[names[seed % len(names)]]
