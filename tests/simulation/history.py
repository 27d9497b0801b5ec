"""Lives one history from its seed, and has it judged after each step and at the end."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.conf import settings
from tests.simulation import (
    acts_alike,
    acts_between,
    acts_deciding,
    acts_here,
    acts_taking_back,
    acts_there,
    backups,
    ending,
    neighbours,
    steps,
    webhooks,
)
from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.chronicle import PEOPLE
from tests.simulation.opening import open_books
from tests.simulation.oracle import Broken, Oracle
from tests.simulation.steps import HOLDING, Flavour, Step
from tests.simulation.tied_out import unasked
from tests.simulation.worker import Worker, elsewhere, seams, small_batches, small_pages
from tests.simulation.world import World, world

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.faults import Fault
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Trigger

ACTS: Mapping[str, Act] = {
    **acts_here.ACTS,
    **acts_there.ACTS,
    **acts_alike.ACTS,
    **acts_deciding.ACTS,
    **acts_taking_back.ACTS,
    **acts_between.ACTS,
    **neighbours.ACTS,
    **backups.ACTS,
}


AROUND: Mapping[str, Callable[[World, random.Random], AbstractContextManager[None]]] = {
    "webhooks": webhooks.told,
    "small batches": small_batches,
    "small pages": small_pages,
    "neighbour": neighbours.next_door,
}

# Longer than any lease and any pause; but the daily check must not come to the help of two reading runs.
BACK_OFF_AT_MOST_S = 8 * 3600


@dataclass
class Outcome:
    seed: int
    steps: int = 0
    broken: list[Broken] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    fingerprint: str = ""


def live(seed: int, flavour: Flavour, kept: Collection[int] | None = None) -> Outcome:
    """`kept`: the numbers of the steps that are taken, all of them unless it is given."""
    listed = steps.history(seed, flavour)
    if kept is not None:
        listed = steps.only(listed, kept)
    with world(seed, flavour.world) as made, seams(made), ExitStack() as around:
        for name in flavour.around:
            around.enter_context(AROUND[name](made, random.Random(f"{name} {seed}")))
        open_books(made, alone=not flavour.around)
        life = Life(made)
        try:
            life.live(listed)
        except Exception as error:  # noqa: BLE001 - a crash of the engine is a finding like any other
            life.crashed(error)
        return life.outcome(seed, sum(1 for _ in steps.everything(listed)))


class Life:
    def __init__(self, made: World) -> None:
        self.world = made
        self.oracle = Oracle(made.chronicle)
        made.decide = self.oracle.decided
        for change in made.chronicle.changes:
            self.oracle.chronicle.told[-1](change)

    def live(self, listed: list[Step]) -> None:
        for step in listed:
            self._time_passes(step)
            self.take(step)
            self.oracle.look(self.world.shown())
            if self.world.lost_for_nothing:
                self.oracle.broken.append(Broken("L2", "the connection was lost, and nobody had ended it"))
            if self.oracle.broken:
                return
        self.end()

    def _time_passes(self, step: Step) -> None:
        self.world.time.sleep(random.Random(step.dice).choice((0, 0, 1, 30, 200, 700)))

    def take(self, step: Step) -> None:
        if step.act == HOLDING:
            self._run(step)
        else:
            self._act(step)
        self.world.note_ours()

    def _act(self, step: Step) -> None:
        """What either book refuses was no step."""
        said = ""
        with self.world.chronicle.by(PEOPLE):
            try:
                said = ACTS[step.act](Acting(self.world, step.chance(), step.number))
            except (Refused, Fault) as refusal:
                said = f"refused: {refusal}"
            except Nothing:
                return
            finally:
                self.world.note_ours()
        self._say(step, said)

    def _run(self, step: Step) -> None:
        """Ends the storm as well, more often than not."""
        self._say(step, "begins")
        worker = Worker(self.world, step.at, step.where, lambda: self._meanwhile(step.inner))
        worker.run()
        self._say(step, acts_between.told(worker))
        if not worker.stopped and not step.inner and self.world.way.storm is None:
            self._all_is_read()
        if step.chance().random() < 0.7:
            self.world.way.storm = None

    def _all_is_read(self) -> None:
        late = timedelta(seconds=self.world.sandbox.settings.late_visibility_s)
        self.oracle.all_is_read(self.world.time.theirs.now() - late)

    def _meanwhile(self, inner: tuple[Step, ...]) -> None:
        for step in inner:
            if step.act == "die":
                self._say(step, "")
                self.world.workers[-1].die()
            elsewhere(partial(self._act, step))

    def _say(self, step: Step, said: str) -> None:
        inside = "    " * len(self.world.points)
        self.world.chronicle.say(f"{inside}{step}: {said}")

    # The end

    def end(self) -> None:
        """Calm, everybody home, and time for all that waits for time."""
        made = self.world
        made.way.storm = None
        made.trigger = Trigger.MANUAL
        made.time.sleep(BACK_OFF_AT_MOST_S)
        made.reconnect_if_lost()
        self._end_next_door()
        for _ in range(2):
            self._last_run()
            made.time.sleep(700)  # no change is within reach of the next but one, lest a small answer be full
        made.sandbox.calls.clear()
        writes = self._last_run()
        self.oracle.look(made.shown())
        calls = [call.path.rsplit("/", 1)[-1] for call in made.sandbox.calls.calls]
        self.oracle.broken += ending.judge(self.oracle, writes=writes, calls=calls)
        self.oracle.broken += [Broken("S6", words) for words in problems(made.theirs)]
        self.oracle.broken += [Broken("L2", words) for words in unasked(made.company, made.shown())]

    def _end_next_door(self) -> None:
        """L3: it agrees whatever its bad records are; and ours, judged next, whatever became of it."""
        neighbour = self.world.neighbour
        if neighbour is None:
            return
        neighbour.reconnect_if_lost()
        for _ in range(3):
            if stopped := neighbour.run().stopped:
                self.oracle.broken.append(Broken("L3", f"next door a run in calm weather ended with {stopped}"))
            self.world.time.sleep(settings.RESEND_AFTER_S + 10)
        self.oracle.broken += [Broken("L3", f"next door: {words}") for words in neighbour.disagreements()]

    def _last_run(self) -> int:
        worker = Worker(self.world)
        worker.run()
        if worker.stopped and not self.world.lost_for_nothing and self.world.reconnect_if_lost():
            return self._last_run()  # nobody had used the connection for so long that it ended
        self.world.chronicle.say(f"at the end: {acts_between.told(worker)}")
        self._all_is_read()
        self.oracle.look(self.world.shown())
        if worker.stopped:
            self.oracle.broken.append(Broken("L1", f"a run in calm weather ended with {worker.stopped}"))
        return worker.row.writes if worker.row else 0

    def crashed(self, error: Exception) -> None:
        import traceback

        where = traceback.extract_tb(error.__traceback__)[-1]
        words = f"{type(error).__name__}: {error} ({where.filename.rsplit('/', 1)[-1]}:{where.lineno})"
        self.world.chronicle.say("".join(traceback.format_exception(error)[-6:]))
        self.oracle.broken.append(Broken("crash", words))

    def outcome(self, seed: int, number: int) -> Outcome:
        lines = self.world.chronicle.lines
        fingerprint = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
        return Outcome(seed, number, self.oracle.broken, lines, fingerprint)
