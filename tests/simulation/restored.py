"""What the oracle expects once a copy of our database was brought back: our book is as it was then, and QuickBooks
has gone on. What was entered or changed here since is lost where it had not crossed; where it had, their copy counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.simulation.chronicle import Change, Values

if TYPE_CHECKING:
    from tests.simulation.oracle import Oracle, Place


@dataclass(frozen=True)
class Kept:
    """As things stood when the copy was made."""

    pending_here: dict[Place, dict[str, Any]]
    theirs: dict[Place, Values]
    said_the_same: set[Place]
    unlinked: set[Place]
    overruled: set[str]


def keep(oracle: Oracle) -> Kept:
    here = {place: dict(groups) for place, groups in oracle.pending.items() if place[0] == "here"}
    theirs = {place: values for place, values in oracle.now.items() if place[0] == "there"}
    return Kept(here, theirs, set(oracle.said_the_same), set(oracle.unlinked), set(oracle.overruled))


def follow(oracle: Oracle, place: Place, change: Change, tag: str) -> None:
    """A change of our book that nobody made but the copy that came back."""
    oracle.pending.pop(place, None)
    if change.after is not None:
        oracle.now[place] = change.after
        return
    oracle.now.pop(place, None)
    oracle.held.pop(place, None)  # another may get its id
    oracle.entered.discard(place)
    if oracle.made_by_engine["here", tag]:
        oracle.made_by_engine["here", tag] -= 1  # it may come once more
    elif oracle.made_by_engine["there", tag]:
        oracle.made_by_people["there", tag] += 1  # what is left of it


def restore(oracle: Oracle, kept: Kept) -> None:
    for place in [each for each in oracle.pending if each[0] == "here"]:
        del oracle.pending[place]
    oracle.pending |= {place: dict(groups) for place, groups in kept.pending_here.items() if place in oracle.now}
    oracle.said_the_same, oracle.unlinked = set(kept.said_the_same), set(kept.unlinked)
    oracle.overruled = set(kept.overruled)
    for place, values in oracle.now.items():
        if place[0] == "there":
            before = kept.theirs.get(place, {})
            news = {group: value for group, value in values.items() if before.get(group) != value}
            oracle.pending[place] |= news
    oracle.since_copy |= {place for place in oracle.now if place[0] == "there" and place not in kept.theirs}
