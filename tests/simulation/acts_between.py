"""What happens between the books: time, weather, runs, deaths."""

from __future__ import annotations

from typing import Any

from tests.simulation import acts_here, acts_there
from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.chronicle import PEOPLE
from tests.simulation.network import DONE_ALL_THE_SAME, FALSELY_DELETED, IN_PART, KINDS, NOT_DONE, Storm
from tests.simulation.worker import Worker

from quickbooks_sandbox.faults import Fault
from tieout.subledger.models import CreditNote, Invoice, Payment, Status
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Cursor

EDITS = ("edit document here", "edit form there", "edit contact here", "edit customer there", "pay here", "pay there")


def sleep(on: Acting) -> str:
    seconds = on.chance.choice((1, 30, 130, 400, 400, 4_000, 90_000))
    on.world.time.sleep(seconds)
    return f"{seconds} s"


def sleep_for_hours(on: Acting) -> str:
    """Longer than an access token lasts."""
    seconds = on.chance.choice((4_000, 8_000, 30_000))
    on.world.time.sleep(seconds)
    return f"{seconds} s"


def sleep_for_weeks(on: Acting) -> str:
    days = on.chance.choice((8, 29, 31, 45))
    on.world.time.sleep(days * 86_400)
    return f"{days} days"


def storm(on: Acting) -> str:
    """Over what is asked, what is written, or both; more often than not something is done and nobody is told."""
    chance = on.chance
    of = chance.choice((DONE_ALL_THE_SAME, DONE_ALL_THE_SAME, NOT_DONE, KINDS))
    kinds = tuple(chance.sample([kind for kind in of if kind != "403"], chance.randint(1, 4)))
    reads, writes = chance.choice(((True, True), (True, False), (False, True), (False, True)))
    probability, left = chance.choice((0.1, 0.3, 0.6, 1.0)), chance.choice((1, 3, 8, 20))
    on.world.way.storm = Storm(chance, kinds, probability, left, reads, writes)
    over = " and ".join(word for word, struck in (("reads", reads), ("writes", writes)) if struck)
    return f"{', '.join(kinds)} over {over}, with {probability}"


def answers_are_lost(on: Acting) -> str:
    """Of the next few writes, all of which are done."""
    return _over(on, DONE_ALL_THE_SAME, reads=False)


def writes_fail(on: Acting) -> str:
    return _over(on, NOT_DONE, reads=False)


def reads_fail(on: Acting) -> str:
    """Several read in one batch, which is sent as writes are."""
    return _over(on, NOT_DONE, reads=True)


def batches_fail_in_part(on: Acting) -> str:
    return _over(on, (IN_PART,), reads=True)


def deletions_are_told_falsely(on: Acting) -> str:
    return _over(on, (FALSELY_DELETED,), reads=True)


def rights_are_refused(on: Acting) -> str:
    """As when the person who connected is no longer an admin: one 403 ends the connection."""
    on.world.way.storm = Storm(on.chance, ("403",), 1.0, 1)
    return ""


def _over(on: Acting, kinds: tuple[str, ...], *, reads: bool) -> str:
    left = on.chance.choice((1, 2, 4, 8))
    on.world.way.storm = Storm(on.chance, kinds, 1.0, left, reads=reads)
    return f"{left} times"


def calm(on: Acting) -> str:
    on.world.way.storm = None
    return ""


def run(on: Acting) -> str:
    """Without anything in the middle; see `history.live` for the others."""
    worker = Worker(on.world)
    worker.run()
    return told(worker)


def run_of_one_alone(on: Acting) -> str:
    """Of a document that somebody has just saved; what else has changed stays for a run of everything."""
    since = Cursor.objects.values_list("ours", flat=True).get(company=on.company)
    saved: list[Any] = []
    for model in (Invoice, CreditNote, Payment):
        saved += model.objects.of(on.company).filter(version__gt=since).exclude(status=Status.DRAFT).order_by("pk")
    record = on.one(saved)
    worker = Worker(on.world, only=((record.kind, record.pk),))
    worker.run()
    return f"{record.kind} {record.pk}: {told(worker)}"


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
    """The worker stands still for longer than its lease; another takes over, people go on, and it takes over once
    more; then the first one wakes up."""
    said: list[str] = []

    def meanwhile() -> None:
        for act in ("", *on.chance.choices(EDITS, k=on.chance.randint(0, 2))):
            if act:
                said.append(_tried(on, act))
            other = Worker(on.world)
            other.run()
            said.append(f"another {told(other)}")

    _at_work(on).freeze_while(meanwhile)
    return "; ".join(filter(None, said))


def _tried(on: Acting, act: str) -> str:
    with on.world.chronicle.by(PEOPLE):
        try:
            return (acts_here.ACTS | acts_there.ACTS)[act](on)
        except (Nothing, Refused, Fault):
            return ""
        finally:
            on.world.note_ours()


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
    act.__name__.replace("_", " "): act
    for act in (
        *(sleep, sleep_for_hours, sleep_for_weeks, storm, answers_are_lost, writes_fail, reads_fail, calm),
        *(batches_fail_in_part, deletions_are_told_falsely, rights_are_refused),
        *(run, run_of_one_alone, reconnect, die, overtake, second_worker),
    )
}
