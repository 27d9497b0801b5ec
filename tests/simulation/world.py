"""Both books, one virtual time, and everything that may come between them. Nothing here judges."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.quickbooks.in_process import ORIGIN
from tests.simulation import bench, books
from tests.simulation.chronicle import ENGINE, Change, Chronicle, Decision, Key, Shown, Values
from tests.simulation.clock import Time
from tests.simulation.network import Way

from quickbooks_sandbox.clock import Clock as SandboxClock
from quickbooks_sandbox.ledger.store import Called, Row
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.settings import Settings
from tieout import clock
from tieout.quickbooks.calling.transport import Network, using
from tieout.quickbooks.connecting.connection import connect_sandbox
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Item, User
from tieout.sync.models import Trigger
from tieout.sync.setting_up.lists import take_in_lists
from tieout.sync.setting_up.set_up import set_up

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
SYNC_FROM = date(2026, 1, 1)
OWNER = "ann@example.com"


class World:
    def __init__(self, sandbox: Sandbox, time: Time, chance: random.Random) -> None:
        self.sandbox, self.time, self.chance = sandbox, time, chance
        self.chronicle = Chronicle()
        self.way = Way(sandbox, time, self.point)
        self.points: list[Callable[[str], None]] = []  # of the worker that is at work, and of those held up below it
        self.company = Company.objects.get()
        self.owner = User.objects.get(email=OWNER)
        self.workers: list[Any] = []
        self.page = chance.choice((1000, 1000, 7))
        self.revoked = False
        self.lost_for_nothing = False
        self.decide: Callable[[Decision], None] = self.chronicle.decisions.append
        self.rent = ""
        self.trigger = Trigger.MANUAL
        self.neighbour: Any = None
        self.backup: Path | None = None
        self._ours = books.Ours(self.company.pk)
        self._results = books.Results(self.company.pk)
        self._known: dict[Key, Values] = {}
        self._voided: set[Key] = set()  # of theirs, ever
        self._watch_theirs()

    # Set-up

    def connect(self) -> None:
        connect_sandbox(self.company, ORIGIN)
        self.company.refresh_from_db()

    def reconnect_if_lost(self) -> bool:
        """As a person does who is told that QuickBooks let us go."""
        self.way.struck.clear()
        lost = Connection.objects.get(company=self.company).status != Connection.Status.CONNECTED
        if lost:
            self.revoked = False
            self.connect()
        return lost

    def access_lost(self) -> None:
        """Without anybody's doing: nothing was revoked, the weather refused nothing, and it was used in time."""
        refused = {"401", "403"} & set(self.way.struck)
        self.lost_for_nothing |= not (self.revoked or refused or self._unused_too_long())

    def _unused_too_long(self) -> bool:
        """QuickBooks lets a connection end that nobody used for a hundred days."""
        connections = self.sandbox.connections
        newest = max(
            (each for each in connections.grants() if not each.own), key=lambda each: each.made_at, default=None
        )
        return newest is not None and connections.refresh_expires_in(newest) <= 0

    def enter_item(self) -> None:
        """Something to sell."""
        accounts = self.theirs.query("select * from Account").rows
        income = next(account for account in accounts if account["AccountType"] == "Income")
        item = {"Name": "Rent", "Type": "Service", "IncomeAccountRef": {"value": income["Id"]}}
        self.rent = self.theirs.create("Item", item)["Id"]
        self.time.sleep(self.sandbox.settings.late_visibility_s + 1)

    def set_up(self) -> None:
        self.connect()
        set_up(self.company, SYNC_FROM)
        take_in_lists(self.company)

    @property
    def theirs(self) -> Any:
        return self.sandbox.companies.first()

    @cached_property
    def item(self) -> Item:
        """Which nobody edits."""
        return Item.objects.get(company=self.company, name="Rent")

    @property
    def today(self) -> date:
        return self.time.theirs.now().date()

    # What happens in either book goes into the chronicle

    def _watch_theirs(self) -> None:
        told = self.theirs.watch

        def watch(changes: list[tuple[Row | None, Row]], called: Called) -> None:
            for before, after in changes:
                self._note_theirs(before, after)
            if told is not None:
                told(changes, called)

        self.theirs.watch = watch

    def _note_theirs(self, before: Row | None, after: Row) -> None:
        if after.entity not in books.THEIRS:
            return
        who = ENGINE if self.way.by_api else self.chronicle.who
        old = self._their_values(before) if before is not None and not before.deleted else None
        new = None if after.deleted else self._their_values(after)
        if old != new:
            self.chronicle.note(Change(self.time.theirs.now(), who, "there", (after.entity, after.id), old, new))

    def _their_values(self, row: Row) -> Values:
        values = books.theirs(row.entity, row.object)
        if (row.entity, row.id) in self._voided:
            values = books.still_void(values)
        if values.get(books.VOID):
            self._voided.add((row.entity, row.id))
        return values

    def note_ours(self) -> None:
        """What changed in our book since it was last looked at."""
        now = self._ours.read()
        for key in sorted(now.keys() | self._known.keys()):
            before, after = self._known.get(key), now.get(key)
            if before != after:
                at = self.time.theirs.now()
                self.chronicle.note(Change(at, self.chronicle.who, "here", key, before, after))
        self._known = now

    @property
    def ours(self) -> dict[Key, Values]:
        """As last looked at."""
        return self._known

    def shown(self) -> list[Shown]:
        """The results as people see them."""
        return self._results.read()

    # Where a worker may be stopped

    def point(self, name: str) -> None:
        if self.points:
            self.points[-1](name)


@contextmanager
def world(seed: int, chosen: Mapping[str, Any]) -> Iterator[World]:
    """Two books that nobody has worked in yet. `chosen`: answers that are not left to the seed."""
    chance = random.Random(f"world {seed}")
    settings = replace(_settings(chance), **chosen)
    bench.copy_in(_furnished(settings.late_visibility_s))
    with _two_houses(settings, chance) as made:
        made.connect()  # anew: the tokens that were copied are another sandbox's
        made.time.skew = timedelta(seconds=chance.choice((0, 0, 0, -100, -5, 40, 200)))
        yield made


@contextmanager
def _two_houses(settings: Settings, chance: random.Random) -> Iterator[World]:
    """The sandbox is as it always is when it is new; our database, as it is found."""
    with ExitStack() as stack:
        ticking = SandboxClock(NOW)
        time = Time(ticking)
        sandbox = Sandbox(company="empty", settings=settings, clock=ticking, sleep=time.pause)
        stack.callback(sandbox.close)
        stack.enter_context(clock.using(time))
        made = World(sandbox, time, chance)
        stack.enter_context(using(Network(made.way.transport, time.pause)))
        time.sleep(settings.late_visibility_s + 1)  # until the accounts are seen
        made.enter_item()
        yield made


def _settings(chance: random.Random) -> Settings:
    """The open questions about QuickBooks, answered either way."""
    memory = chance.choice((30 * 24 * 3600, 30 * 24 * 3600, 60))
    return Settings(
        cdc_cap=chance.choice((1000, 1000, 8)),
        request_id_memory_s=memory,
        rotate_refresh_token=chance.choice(("daily", "always")),
        previous_refresh_token_s=chance.choice((0, 24 * 3600)),
        closed_period=chance.choice(("refuse", "refuse", "warn")),
        void_note=chance.choice(("prepend", "replace")),
        late_visibility_s=0 if memory < 3600 else chance.choice((0, 0, 120)),
        merged_name=chance.choice(("deleted", "inactive")),
        counter_follows_sent_number=chance.random() < 0.5,
    )


@cache
def _furnished(late_visibility_s: int) -> Path:
    """Our database with all that a new company takes in; of the answers it depends on this one, by the time it was."""
    bench.copy_in(_empty())
    Company.objects.create(name="Harbour Lettings")
    User.objects.create(email=OWNER)
    with _two_houses(Settings(late_visibility_s=late_visibility_s), random.Random(0)) as made:
        made.set_up()
    return bench.kept()


@cache
def _empty() -> Path:
    bench.migrate()
    books.count_writes()
    return bench.kept()
