"""Those who run the sync: they may die or freeze between any two steps, and others may come meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection
from tests.simulation.chronicle import ENGINE, PEOPLE
from tests.simulation.steps import BEFORE_A_COMMIT
from tests.simulation.world import World

from tieout.quickbooks import reading
from tieout.quickbooks.connecting import access
from tieout.quickbooks.errors import AccessLost, ConnectionTrouble, ReadFailed
from tieout.subledger.models import Company
from tieout.sync import hold
from tieout.sync.carrying_out import writes
from tieout.sync.models import Only, Policy, Run
from tieout.sync.observing import daily
from tieout.sync.run import sync

Meanwhile = Callable[[], None]
EXPECTED = (ConnectionTrouble, ReadFailed, hold.LeaseLost, hold.Busy)


class Death(BaseException):
    """The process is gone at once: nothing of it runs any more, not even what should always run at the end."""


class Worker:
    """One run of one process."""

    def __init__(
        self,
        world: World,
        at: int = 0,
        where: str = "",
        meanwhile: Meanwhile | None = None,
        *,
        company: Company | None = None,
        only: Only = (),
    ) -> None:
        self._world, self._at, self._where, self._meanwhile, self._only = world, at, where, meanwhile, only
        self._company = company or world.company
        self._passed = 0
        self.lease: hold.Lease | None = None
        self.frozen = False
        self.dead = False
        self.row: Run | None = None
        self.stopped = ""

    def run(self, *, wait: bool = True) -> None:
        world = self._world
        world.note_ours()
        world.points.append(self._point)
        world.workers.append(self)
        try:
            with world.chronicle.by(ENGINE), connection.execute_wrapper(self._nothing_after_death):
                self.row = sync(self._company, world.trigger, only=self._only, wait=wait)
        except EXPECTED as trouble:
            self.stopped = type(trouble).__name__
            if isinstance(trouble, AccessLost) and self._company == world.company:
                world.access_lost()
        except Death:
            self.dead, self.stopped = True, "died"
        finally:
            world.points.pop()
            world.workers.pop()
            with world.chronicle.by(ENGINE):
                world.note_ours()

    def _point(self, name: str) -> None:
        """Reached after every request and on either side of every commit."""
        if connection.in_atomic_block or self._where not in name:
            return
        self._passed += 1
        if self._meanwhile is None or self._passed <= self._at:
            return
        happens, self._meanwhile = self._meanwhile, None
        world = self._world
        world.note_ours()
        with world.chronicle.by(PEOPLE):
            happens()
            world.note_ours()

    def _nothing_after_death(self, execute: Any, *statement: Any) -> Any:
        if self.dead:
            raise Death
        return execute(*statement)

    def beat(self) -> None:
        """The thread that keeps the lease while the run waits for an answer."""
        if self.lease is not None and not self.frozen and not self.dead and not connection.in_atomic_block:
            try:
                self.lease.renew()
            except hold.LeaseLost:
                self.lease = None

    def die(self) -> None:
        self.dead = True
        raise Death

    def freeze_while(self, act: Callable[[], None]) -> None:
        """Longer than its lease; what others do meanwhile they do in a process of their own."""
        self.frozen = True
        self._world.time.sleep(settings.LEASE_S + 5)
        elsewhere(act)
        self.frozen = False


def elsewhere(act: Callable[[], Any]) -> None:
    """In another thread, which has its own database connection and event loop; this one stands still meanwhile."""
    failed: list[BaseException] = []

    def go() -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


@contextmanager
def seams(world: World) -> Iterator[None]:
    """Where the engine's steps are, without a line for it in the engine."""
    transaction, take = hold.Lease.transaction, hold.take

    @contextmanager
    def stopping(lease: hold.Lease) -> Iterator[None]:
        world.point(BEFORE_A_COMMIT)
        with transaction(lease):
            yield
        world.point("after a commit")

    def taking(*arguments: Any, **options: Any) -> hold.Lease:
        lease = take(*arguments, **options)
        if world.workers:  # else it is held for setting up
            world.workers[-1].lease = lease
        return lease

    def beating() -> None:
        for worker in world.workers:
            worker.beat()

    world.time.passed.append(beating)
    with (
        patch.object(hold.Lease, "transaction", stopping),
        patch.object(hold, "take", taking),
        patch.object(hold, "_beat", lambda *_: None),
        patch.object(hold, "POLL_S", 5.0),
        # QuickBooks' sizes, so that small books have more than one page and full answers.
        patch.object(reading, "CDC_CAP", min(reading.CDC_CAP, world.sandbox.settings.cdc_cap)),
        patch.object(reading, "BATCH_CAP", min(reading.BATCH_CAP, world.sandbox.settings.cdc_cap)),
        patch.object(reading, "PAGE", world.page),
        patch.object(access, "POLL_S", 5.0),
        patch.object(daily, "PAGE", world.page),
    ):
        yield


@contextmanager
def small_batches(world: World, _: object) -> Iterator[None]:
    """Where two are written, they go in one batch; three fill it."""
    Policy.objects.filter(company=world.company).update(batch_from=1)
    sizes: dict[str, Any] = {"BATCHES_AT_ONCE": 1, "MAX_BATCH_ITEMS": 3, "BESIDE_BATCHES": 0}
    with patch.multiple(writes, **sizes):
        yield


@contextmanager
def small_pages(*_: object) -> Iterator[None]:
    with patch.object(reading, "PAGE", 7), patch.object(daily, "PAGE", 7):
        yield
