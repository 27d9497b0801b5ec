"""What both books hold before the first step, so that it finds something to do; and the first run.

Histories that begin alike begin from a copy of our database after that run, and QuickBooks' side is entered anew.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.simulation import acts_here, acts_there, bench
from tests.simulation.acting import Act, Acting
from tests.simulation.chronicle import Change
from tests.simulation.worker import Worker
from tests.simulation.world import World

from tieout.quickbooks.models import Connection

ACTS: Mapping[str, Act] = {**acts_here.ACTS, **acts_there.ACTS}
BEFORE = (
    *("enter contact here", "enter contact here", "enter contact here", "enter customer there"),
    *("enter customer there", "enter invoice there", "enter invoice there"),
)


@dataclass(frozen=True)
class Opening:
    database: Path
    changes: list[Change]
    ends: datetime


_lived: dict[Hashable, Opening] = {}


def open_books(made: World, *, alone: bool) -> None:
    """`alone`: nothing else is around that could have a part in it."""
    alike = (made.sandbox.settings.late_visibility_s, made.sandbox.settings.cdc_cap, made.page, made.time.skew)
    if alone and alike in _lived:
        _go_on_from(made, _lived[alike])
        return
    writes = _live(made)
    if alone and not writes:
        _lived[alike] = Opening(bench.kept(), list(made.chronicle.changes), made.time.theirs.now())


def _live(made: World) -> int:
    _enter(made, BEFORE)
    first = Worker(made)
    first.run()
    made.time.sleep(600)
    made.note_ours()
    return first.row.writes if first.row else 1


def _enter(made: World, acts: Iterable[str]) -> None:
    for number, act in enumerate(acts, 1000):
        if act in ACTS:
            ACTS[act](Acting(made, random.Random(f"{act} {number}"), number))


def _go_on_from(made: World, opening: Opening) -> None:
    """The tokens are this sandbox's."""
    connection = Connection.objects.get(company=made.company)
    _enter(made, (act if act in acts_there.ACTS else "" for act in BEFORE))
    bench.copy_in(opening.database)
    connection.save()
    made.time.sleep((opening.ends - made.time.theirs.now()).total_seconds())
    made.note_ours()
    made.chronicle.changes[:] = opening.changes


def forget() -> None:
    """Where the engine is another one from here on."""
    for opening in _lived.values():
        opening.database.unlink()
    _lived.clear()
