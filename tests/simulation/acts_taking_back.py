"""A person takes back what a run wrote to QuickBooks."""

from __future__ import annotations

from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.acts_deciding import called, note

from tieout.sync.acts import undoing
from tieout.sync.models import Run

LATEST = 3


def take_back_a_run(on: Acting) -> str:
    """One of the latest; what it made is deleted there or voided."""
    run = on.one(Run.objects.filter(company=on.company, writes__gt=0).order_by("-pk")[:LATEST])
    deleting = on.chance.random() < 0.3
    done = undoing.undo(run, on.world.owner, deleting=deleting).done
    if not done:
        raise Nothing
    for link in done:
        note(on, "take back", link, act=link.undo_act)
    return ", ".join(f"{link.undo_act} {called(link)}" for link in done)


ACTS: dict[str, Act] = {"take back a run": take_back_a_run}
