"""People at work in both books, bad weather and sudden deaths, from a seed: in the end both books agree.

A failing history is run again by its seed: `pytest tests/sync/test_histories.py -k "[7]"`.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.sync.conftest import BY, World

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.faults import Fault
from tieout.quickbooks.errors import ConnectionTrouble, ReadFailed
from tieout.subledger.models import Contact, CreditNote, Invoice, Payment
from tieout.subledger.services import contacts, documents, payments, states
from tieout.subledger.services.lines import LineDraft
from tieout.subledger.services.refusal import Refused
from tieout.sync.carrying_out import writes
from tieout.sync.carrying_out.confirm import confirm
from tieout.sync.models import Link, Operation, Status
from tieout.sync.tie_out import Row, tie_out

STEPS = 60
NAMES = [f"Person {n}" for n in range(20)]
WEATHER: list[dict[str, Any]] = [
    {"cut": "before"},
    {"cut": "after"},
    {"cut": "lost"},
    {"cut": "truncated"},
    {"status": 500},
    {"status": 503, "cut": "after"},
    {"status": 429},
]


class Death(BaseException):
    """The process is gone at once."""


class History:
    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)

    def live(self, steps: int) -> None:
        acts = self._acts()
        for _ in range(steps):
            # What either book refuses was no step.
            with contextlib.suppress(Refused, Fault, IndexError):
                self.chance.choice(acts)()

    def _acts(self) -> list[Callable[[], object]]:
        here = [self.enter_contact, self.edit_contact, self.invoice, self.invoice, self.credit_note, self.edit_invoice]
        here += [self.pay, self.pay, self.apply_credit, self.unapply, self.void_invoice, self.void_payment]
        there = [self.customer_there, self.edit_customer_there, self.invoice_there, self.invoice_there]
        there += [self.pay_there, self.edit_invoice_there, self.void_there, self.delete_there, self.deposit_there]
        return [*here, *there, self.unapply_there, self.sleep, self.storm, self.die, *[self.run] * 4]

    def some(self, model: type[Any]) -> Any:
        return self.chance.choice(list(model.objects.of(self.world.company).order_by("pk")))

    def some_there(self, entity: str) -> dict[str, Any]:
        return self.chance.choice(sorted(self.world.all_there(entity), key=lambda obj: int(obj["Id"])))

    def amount(self) -> str:
        return f"{self.chance.randint(1, 300)}.{self.chance.randint(0, 99):02}"

    # In our book

    def enter_contact(self) -> None:
        self.world.contact(self.chance.choice(NAMES), phone=self.amount())

    def edit_contact(self) -> None:
        contacts.edit(self.some(Contact), BY, phone=self.amount(), email=f"{self.chance.choice('abc')}@example.com")

    def invoice(self) -> None:
        self.world.invoice(self.some(Contact), self.amount())

    def credit_note(self) -> None:
        self.world.credit_note(self.some(Contact), self.amount())

    def edit_invoice(self) -> None:
        lines = [LineDraft(self.world.item(), Decimal(self.amount()))]
        changes: list[dict[str, Any]] = [{"memo": self.amount()}, {"message": self.amount()}, {"lines": lines}]
        change = self.chance.choice(changes)
        documents.edit(self.some(Invoice), BY, **change)

    def pay(self) -> None:
        invoice = self.some(Invoice)
        paid = min(invoice.balance, Decimal(self.amount()))
        self.world.payment(invoice.contact, str(paid + self.chance.choice([0, 5])), (invoice, str(paid)))

    def apply_credit(self) -> None:
        note = self.some(CreditNote)
        invoice = self.chance.choice(list(Invoice.objects.filter(contact=note.contact).order_by("pk")))
        amount = min(note.balance, invoice.balance, Decimal(self.amount()))
        payments.apply_credit(note, invoice, amount, BY)

    def unapply(self) -> None:
        payments.unallocate(self.chance.choice(list(self.some(Payment).allocations.order_by("pk"))), BY)

    def void_invoice(self) -> None:
        states.void(self.some(Invoice), BY, release=True)

    def void_payment(self) -> None:
        payments.void(self.some(Payment), BY)

    # In QuickBooks

    def customer_there(self) -> None:
        self.world.customer_there(self.chance.choice(NAMES))

    def edit_customer_there(self) -> None:
        phone = {"FreeFormNumber": self.amount()}
        self.world.edit_there("Customer", self.some_there("Customer")["Id"], PrimaryPhone=phone)

    def invoice_there(self) -> None:
        self.world.invoice_there(self.some_there("Customer")["Id"], self.amount())

    def pay_there(self) -> None:
        invoice = self.some_there("Invoice")
        paid = str(min(Decimal(invoice["Balance"]), Decimal(self.amount())))
        self.world.payment_there(invoice["CustomerRef"]["value"], paid, (invoice["Id"], paid))

    def edit_invoice_there(self) -> None:
        self.world.edit_there("Invoice", self.some_there("Invoice")["Id"], PrivateNote=self.amount())

    def void_there(self) -> None:
        self.world.void_there("Invoice", self.some_there("Invoice")["Id"])

    def delete_there(self) -> None:
        entity = self.chance.choice(["Invoice", "Payment"])
        self.world.delete_there(entity, self.some_there(entity)["Id"])

    def unapply_there(self) -> None:
        self.world.edit_there("Payment", self.some_there("Payment")["Id"], Line=[])

    def deposit_there(self) -> None:
        self.world.theirs.make_deposit([self.some_there("Payment")["Id"]])

    # Time, weather and runs

    def sleep(self) -> None:
        self.world.clock.sleep(self.chance.choice([30, 400, 4_000, 90_000]))

    def storm(self) -> None:
        """Until the next run has ended."""
        self.world.fail(method=self.chance.choice(["GET", "POST"]), probability=0.3, **self.chance.choice(WEATHER))

    def run(self) -> None:
        with contextlib.suppress(ConnectionTrouble, ReadFailed):
            self.world.sync()
        self.world.heal()

    def die(self) -> None:
        """After QuickBooks has carried some of it out, and before we have stored that."""
        left = [self.chance.randint(0, 3)]

        def dying(*arguments: Any) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Death
            confirm(*arguments)

        with pytest.MonkeyPatch.context() as patched, contextlib.suppress(Death):
            patched.setattr(writes, "confirm", dying)
            self.run()


@pytest.mark.parametrize("seed", range(6))
def test_in_the_end_both_books_agree_on_all_that_does_not_wait_for_a_person(world: World, seed: int) -> None:
    History(world, seed).live(STEPS)
    world.heal()
    world.clock.sleep(700)
    for _ in range(3):  # operations of unknown outcome may be sent again only after a while
        world.sync()
        world.clock.sleep(130)
    assert world.sync().writes == 0
    assert not Operation.objects.filter(state__in=["stored", "uncertain"]).exists()
    assert [row for row in tie_out(world.company).rows if row.is_difference and not is_shown(row)] == []
    assert made_twice() == []
    assert problems(world.theirs) == []


def is_shown(row: Row) -> bool:
    """As a failure of its own, or as the other half of a possible duplicate."""
    failed = Link.objects.filter(status=Status.FAILED)
    if row.record_id is not None:
        return failed.filter(kind=row.kind, record_id=row.record_id).exists()
    candidates = [
        each["id"] for link in failed.filter(reason="possible_duplicate") for each in link.facts["candidates"]
    ]
    return row.qbo_id in candidates or failed.filter(kind=row.kind, qbo_id=row.qbo_id).exists()


def made_twice() -> list[int]:
    """Links for which more than one create was carried out."""
    creates = Operation.objects.filter(act="create", state="confirmed").order_by("pk")
    made = list(creates.values_list("link_id", flat=True))
    return [link for link in set(made) if made.count(link) > 1]
