"""What happens between the books: time, weather, runs, deaths."""

from __future__ import annotations

from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.network import KINDS, Storm
from tests.simulation.worker import Worker


def sleep(on: Acting) -> str:
    seconds = on.chance.choice((1, 30, 130, 400, 400, 4_000, 90_000))
    on.world.time.sleep(seconds)
    return f"{seconds} s"


def sleep_for_weeks(on: Acting) -> str:
    days = on.chance.choice((8, 29, 31, 45))
    on.world.time.sleep(days * 86_400)
    return f"{days} days"


def storm(on: Acting) -> str:
    """Over what is asked, what is written, or both."""
    chance = on.chance
    kinds = tuple(kind for kind in KINDS if kind != "403")
    kinds = tuple(chance.sample(kinds, chance.randint(1, 4)))
    on.world.way.storm = Storm(
        chance,
        kinds,
        probability=chance.choice((0.1, 0.3, 0.6, 1.0)),
        left=chance.choice((1, 3, 8, 20)),
        reads=chance.random() < 0.6,
        writes=chance.random() < 0.8,
    )
    return f"{', '.join(kinds)} with {on.world.way.storm.probability}"


def calm(on: Acting) -> str:
    on.world.way.storm = None
    return ""


def run(on: Acting) -> str:
    """Without anything in the middle; see `history.live` for the others."""
    worker = Worker(on.world)
    worker.run()
    return told(worker)


def told(worker: Worker) -> str:
    return worker.stopped or f"done, {worker.row.writes if worker.row else 0} writes"


def reconnect(on: Acting) -> str:
    if not on.world.reconnect_if_lost():
        raise Nothing
    return ""


def die(on: Acting) -> str:
    _at_work(on).die()
    return ""


def overtake(on: Acting) -> str:
    """The worker stands still for longer than its lease; another takes over; the first one wakes up."""
    other = Worker(on.world)
    _at_work(on).freeze_while(other.run)
    return f"meanwhile another: {told(other)}"


def second_worker(on: Acting) -> str:
    """Comes while the first is at work, and does not wait."""
    other = Worker(on.world)
    other.run(wait=False)
    return told(other)


def _at_work(on: Acting) -> Worker:
    if not on.world.workers:
        raise Nothing
    worker: Worker = on.world.workers[-1]
    return worker


ACTS: dict[str, Act] = {
    "sleep": sleep,
    "sleep for weeks": sleep_for_weeks,
    "storm": storm,
    "calm": calm,
    "run": run,
    "reconnect": reconnect,
    "die": die,
    "overtake": overtake,
    "second worker": second_worker,
}
