"""Many months of a company's life on a virtual clock: people work in both books every day, months are closed, access
is lost and mended, QuickBooks is away for hours or days. In the end both books agree, and every mail had its cause.

TIEOUT_SOAK_DAYS=400 lives through the whole; a failing one is lived again by its seed, TIEOUT_SOAK_SEED.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from tests.quickbooks.in_process import ORIGIN
from tests.sync.conftest import BY, World, world

from quickbooks_sandbox.conditions import Outage
from quickbooks_sandbox.faults import Fault
from tieout import jobs
from tieout.jobs import due, running, tending
from tieout.mails.models import Mail
from tieout.quickbooks.connecting import switching
from tieout.quickbooks.connecting.connection import connect_sandbox
from tieout.quickbooks.models import Connection, Event
from tieout.subledger.models import Contact, Invoice, Membership, Payment, Role, User
from tieout.subledger.services import documents
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts import releasing
from tieout.sync.models import Policy, Run
from tieout.sync.tie_out import tie_out

__all__ = ["world"]

DAYS = int(os.environ.get("TIEOUT_SOAK_DAYS", "45"))
SEED = int(os.environ.get("TIEOUT_SOAK_SEED", "1"))
WARNED = (14, 7, 2)
LOST = Connection.Status.NEEDS_RECONNECTING


@dataclass
class Life:
    world: World
    owner: User
    chance: random.Random
    ours: list[Invoice] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)
    trouble_ends: Callable[[], None] | None = None
    trouble_for: int = 0
    warnings: set[tuple[date, int]] = field(default_factory=set)

    @property
    def connection(self) -> Connection:
        return Connection.objects.get()

    @property
    def today(self) -> date:
        return self.world.clock.now().date()

    def live(self, days: int) -> None:
        for _ in range(days):
            self.work_in_both_books()
            self.weather()
            self.close_the_month()
            for _ in range(3):
                self.world.clock.sleep(8 * 3600)
                self.run_what_is_due()
            self.mend()
            self.release_what_was_stopped()

    # What people do

    def work_in_both_books(self) -> None:
        acts = [self.invoice_here, self.invoice_there, self.edit_here, self.edit_there, self.pay_here, self.pay_there]
        for _ in range(self.chance.randint(1, 4)):
            with contextlib.suppress(Refused, Fault, IndexError):  # what either book refuses was no step
                self.chance.choice(acts)()

    def invoice_here(self) -> None:
        made = self.world.contact(f"Ours {len(self.ours)}")
        self.ours.append(self.world.invoice(made, self.amount(), date=self.today))
        jobs.wake(self.world.company, by=BY)

    def invoice_there(self) -> None:
        customer = self.world.customer_there(f"Theirs {len(self.theirs)}")["Id"]
        made = self.world.invoice_there(customer, self.amount(), TxnDate=str(self.today))
        self.theirs.append(made["Id"])

    def edit_here(self) -> None:
        invoice = self.recent(self.ours)
        invoice.refresh_from_db()
        documents.edit(invoice, BY, memo=f"changed on {self.today}")
        jobs.wake(self.world.company, by=BY)

    def edit_there(self) -> None:
        self.world.edit_there("Invoice", self.recent(self.theirs), PrivateNote=f"changed on {self.today}")

    def pay_here(self) -> None:
        invoice = self.recent(self.ours)
        invoice.refresh_from_db()
        self.world.payment(invoice.contact, str(invoice.balance), (invoice, str(invoice.balance)))

    def pay_there(self) -> None:
        invoice = self.world.theirs.read("Invoice", self.recent(self.theirs))
        open_amount = str(invoice["Balance"])
        self.world.payment_there(invoice["CustomerRef"]["value"], open_amount, (invoice["Id"], open_amount))

    def recent(self, made: list[Any]) -> Any:
        return self.chance.choice(made[-5:])

    def amount(self) -> str:
        return f"{self.chance.randint(1, 500)}.{self.chance.randint(0, 99):02}"

    def close_the_month(self) -> None:
        """On the fifth, up to the end of the month before."""
        if self.today.day == 5:
            self.world.theirs.close_books(self.today.replace(day=1) - timedelta(days=1))

    # What happens to the connection

    def weather(self) -> None:
        self.trouble_for -= 1
        if self.trouble_ends is None and self.chance.random() < 0.12:
            begin = self.chance.choice(
                [self.disconnected, self.removed, self.lapsed, self.dead_token, self.outage, self.maintenance, self.off]
            )
            self.trouble_for = self.chance.choice([0, 1, 3, 10, 35])
            self.trouble_ends = begin()

    def disconnected(self) -> Callable[[], None]:
        for grant in self.grants():
            self.world.sandbox.connections.end(grant.id)
        return self.nothing

    def dead_token(self) -> Callable[[], None]:
        for grant in self.grants():
            self.world.sandbox.connections.expire_refresh(grant.id)
        return self.nothing

    def grants(self) -> list[Any]:
        return [grant for grant in self.world.sandbox.connections.grants() if not grant.own]

    def removed(self) -> Callable[[], None]:
        self.condition(roles={"owner@example.com": "none"})
        return lambda: self.condition(roles={"owner@example.com": "admin"})

    def lapsed(self) -> Callable[[], None]:
        self.condition(subscription="lapsed")
        return lambda: self.condition(subscription="active")

    def maintenance(self) -> Callable[[], None]:
        self.condition(maintenance=True)
        return lambda: self.condition(maintenance=False)

    def outage(self) -> Callable[[], None]:
        self.world.sandbox.conditions.set_outage(Outage(accounting=True, oauth=True))
        return lambda: self.world.sandbox.conditions.set_outage(Outage())

    def off(self) -> Callable[[], None]:
        """Switched off, now and then for so long that the authorisation nearly ends."""
        with contextlib.suppress(Refused):
            switching.disable(self.world.company, self.owner)
            self.trouble_for = self.chance.choice([2, 20, 95])
        return self.on

    def on(self) -> None:
        with contextlib.suppress(Refused):
            switching.enable(self.world.company, self.owner)

    def nothing(self) -> None:
        pass

    def condition(self, **changes: Any) -> None:
        self.world.sandbox.conditions.change(self.connection.realm_id, changes)

    def mend(self) -> None:
        """When the trouble is over, and someone has read the mail."""
        if self.trouble_for > 0:
            return
        if self.trouble_ends is not None:
            self.trouble_ends()
            self.trouble_ends = None
        if self.connection.status == LOST:
            connect_sandbox(self.world.company, ORIGIN, by=self.owner)
            jobs.wake(self.world.company, by=BY)

    # What the runner does

    def run_what_is_due(self) -> None:
        while job := due.claim():
            running.run(job)
        tending.tend()
        self.note_warning()

    def note_warning(self) -> None:
        """By a reckoning of its own: which warning is due for this authorisation by now."""
        row = self.connection
        ends = row.refresh_expires_at
        if ends is None or row.status not in (Connection.Status.CONNECTED, Connection.Status.DISABLED):
            return
        left = (ends - self.world.clock.now()).total_seconds() / 86_400
        crossed = [days for days in WARNED if 0 < left <= days]
        if crossed:
            self.warnings.add((ends.date(), min(crossed)))

    def release_what_was_stopped(self) -> None:
        for each in releasing.stopped(self.world.company):
            releasing.release(self.world.company, each.key, self.owner, seen=each.seen)

    # The end

    def told(self) -> str:
        events = Counter(Event.objects.values_list("what", flat=True))
        causes = Counter(Event.objects.filter(what=Event.What.LOST).values_list("words", flat=True))
        runs = Run.objects.count()
        return f"{DAYS} days, seed {SEED}: {runs} runs, {len(mail.outbox)} mails, {dict(events)}, {dict(causes)}"

    def come_to_rest(self) -> None:
        """All trouble over, the last period opened again for what was too late, and runs until nothing is left."""
        self.trouble_for = 0
        self.mend()
        self.on()
        self.world.theirs.close_books(None)
        for _ in range(6):
            self.world.clock.sleep(24 * 3600)
            jobs.wake(self.world.company, by=BY)
            self.run_what_is_due()
            self.release_what_was_stopped()


@pytest.fixture
def life(world: World) -> Life:
    owner = User.objects.create_user(BY)
    Membership.objects.create(user=owner, company=world.company, role=Role.OWNER)
    Connection.objects.update(connected_by=owner)
    Policy.objects.update(interval_minutes=1440)
    return Life(world, owner, random.Random(SEED))


def test_after_many_months_of_losing_and_mending_both_books_agree_and_every_mail_had_its_cause(life: Life) -> None:
    life.live(DAYS)
    life.come_to_rest()
    report = tie_out(life.world.company)
    assert [row for row in report.rows if row.is_difference] == []
    assert life.world.sync().writes == 0
    assert_books_are_equal(life)
    assert_every_mail_had_its_cause(life)
    print(life.told())  # noqa: T201 - for whoever runs the long one


def assert_books_are_equal(life: Life) -> None:
    """Seen without the engine's tables: the same numbers with the same totals and balances, each once."""
    here = sorted((i.number, i.total, i.balance) for i in Invoice.objects.of(life.world.company))
    there = sorted((i["DocNumber"], i["TotalAmt"], i["Balance"]) for i in life.world.all_there("Invoice"))
    assert here == there
    assert len(here) == len(life.ours) + len(life.theirs)
    paid = sorted(payment.total for payment in Payment.objects.of(life.world.company))
    assert paid == sorted(Decimal(payment["TotalAmt"]) for payment in life.world.all_there("Payment"))
    assert Contact.objects.of(life.world.company).count() == len(life.world.all_there("Customer"))


def assert_every_mail_had_its_cause(life: Life) -> None:
    losses = Event.objects.filter(what=Event.What.LOST)
    ended = {f"lost:{event.pk}" for event in losses}
    kept = {key for key in ended if Mail.objects.filter(key=key).exists()}
    assert kept == ended, "a loss was not told"
    assert losses.count() == Event.objects.filter(what=Event.What.RECONNECTED).count()
    warned = {f"ending:{life.connection.pk}:{day}:{days}" for day, days in life.warnings}
    assert keys("ending:") == warned
    stuck = keys("late:")
    assert all(nothing_ended_for_three_days_after(key.split(":", 2)[2]) for key in stuck)
    assert Mail.objects.filter(sent_at=None).count() == 0
    assert len(mail.outbox) == len(ended) + len(warned) + len(stuck) == Mail.objects.count()


def keys(prefix: str) -> set[str]:
    return set(Mail.objects.filter(key__startswith=prefix).values_list("key", flat=True))


def nothing_ended_for_three_days_after(moment: str) -> bool:
    since = datetime.fromisoformat(moment)
    within = {"ended_at__gt": since, "ended_at__lt": since + timedelta(days=3)}
    return not Run.objects.filter(ending=Run.Ending.DONE, **within).exists()
