"""A copy of our database, and going back to it."""

from __future__ import annotations

from pathlib import Path

from tests.simulation import bench
from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.chronicle import RESTORED, Decision

from tieout.cli.archive import begin_anew


def back_up(on: Acting) -> str:
    """Also in the middle of a run, since a copy may be made at any time."""
    on.world.backup = Path(f"{bench.file()}.backup")
    bench.copy_out(on.world.backup)
    on.world.decide(Decision(on.world.time.theirs.now(), "back up"))
    return ""


def restore(on: Acting) -> str:
    """Nothing runs meanwhile. The tokens are those of then, which QuickBooks may have replaced since."""
    world = on.world
    if world.backup is None or world.workers:
        raise Nothing
    bench.copy_in(world.backup)
    begin_anew()
    world.revoked = True
    world.company.refresh_from_db()
    with world.chronicle.by(RESTORED):
        world.note_ours()
    world.decide(Decision(world.time.theirs.now(), "restore"))
    world.backup = None
    return ""


ACTS: dict[str, Act] = {"back up": back_up, "restore": restore}
