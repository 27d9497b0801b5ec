"""Another company in the same two houses, with bad records, and a connection that ends again and again. It must stop
nobody, and nobody it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from tests.quickbooks.in_process import ORIGIN
from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.worker import Worker
from tests.simulation.world import OWNER, SYNC_FROM, World

from tieout.quickbooks.connecting.connection import connect_sandbox
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Contact, Invoice, Item
from tieout.subledger.services import contacts, documents, states
from tieout.subledger.services.lines import LineDraft
from tieout.sync.models import Link
from tieout.sync.setting_up.lists import take_in_lists
from tieout.sync.setting_up.set_up import set_up

BAD = "unreadable"


@contextmanager
def next_door(world: World, _: random.Random) -> Iterator[None]:
    world.neighbour = Neighbour(world)
    yield


class Neighbour:
    def __init__(self, world: World) -> None:
        self._world = world
        self.theirs = world.sandbox.companies.create("empty", "Next Door")
        world.time.sleep(world.sandbox.settings.late_visibility_s)  # until its accounts are seen
        self.rent = self._make_item()
        world.time.sleep(world.sandbox.settings.late_visibility_s + 1)
        self.company = Company.objects.create(name="Next Door")
        self._connect()
        set_up(self.company, SYNC_FROM)
        take_in_lists(self.company)
        self.customer = self.theirs.create("Customer", {"DisplayName": "Neighbour"})["Id"]

    def _make_item(self) -> str:
        accounts = self.theirs.query("select * from Account").rows
        income = next(account["Id"] for account in accounts if account["AccountType"] == "Income")
        item = {"Name": "Rent", "Type": "Service", "IncomeAccountRef": {"value": income}}
        return str(self.theirs.create("Item", item)["Id"])

    def _connect(self) -> None:
        connect_sandbox(self.company, ORIGIN, realm_id=self.theirs.realm_id)
        self.company.refresh_from_db()

    def enter_there(self, amount: str, day: date) -> Any:
        line = {"DetailType": "SalesItemLineDetail", "Amount": Decimal(amount)}
        line["SalesItemLineDetail"] = {"ItemRef": {"value": self.rent}}
        body = {"CustomerRef": {"value": self.customer}, "TxnDate": day.isoformat(), "Line": [line]}
        return self.theirs.create("Invoice", body)

    def enter_here(self, name: str, amount: str, day: date) -> Invoice:
        contact = Contact.objects.filter(company=self.company, name=name).first()
        contact = contact or contacts.create(self.company, OWNER, name=name)
        lines = [LineDraft(Item.objects.get(company=self.company, name="Rent"), Decimal(amount))]
        made = documents.create(Invoice, self.company, OWNER, contact=contact, lines=lines, date=day)
        states.approve(made, OWNER)
        return made

    def run(self) -> Worker:
        worker = Worker(self._world, company=self.company)
        worker.run()
        return worker

    def reconnect_if_lost(self) -> None:
        if Connection.objects.get(company=self.company).status != Connection.Status.CONNECTED:
            self._connect()

    # In the end

    def disagreements(self) -> list[str]:
        """Everything but the bad records has come to agreement."""
        links = Link.objects.filter(company=self.company, kind__in=("contact", "invoice"))
        found = [f"{link}: {link.reason}" for link in links if link.status != "synced" and link.reason != BAD]
        linked = links.filter(kind="invoice", record_id__isnull=False, qbo_id__isnull=False)
        left = Invoice.objects.filter(company=self.company, status="approved")
        left = left.exclude(pk__in=linked.values("record_id"))
        return found + [f"invoice {invoice.pk} has not crossed" for invoice in left]


def enter_next_door(on: Acting) -> str:
    neighbour = _neighbour(on)
    theirs = neighbour.enter_there(on.amount(), on.world.today)
    ours = neighbour.enter_here(f"Tenant {on.chance.randint(1, 3)}", on.amount(), on.world.today)
    return f"Invoice {theirs['Id']} and invoice {ours.pk} of next door"


def spoil_next_door(on: Acting) -> str:
    """An invoice whose date nobody can read."""
    neighbour = _neighbour(on)
    theirs = neighbour.enter_there(on.amount(), on.world.today)
    neighbour.theirs.tables["Invoice"].rows[theirs["Id"]].object["TxnDate"] = "soon"
    return f"Invoice {theirs['Id']} of next door is bad"


def disconnect_next_door(on: Acting) -> str:
    neighbour = _neighbour(on)
    connections = on.world.sandbox.connections
    for grant in list(connections.grants()):
        if grant.realm_id == neighbour.theirs.realm_id and not grant.own:
            connections.end(grant.id)
    return ""


def connect_next_door(on: Acting) -> str:
    _neighbour(on).reconnect_if_lost()
    return ""


def run_next_door(on: Acting) -> str:
    """In the middle of a run of ours too."""
    worker = _neighbour(on).run()
    return worker.stopped or "done"


def _neighbour(on: Acting) -> Neighbour:
    neighbour: Neighbour | None = on.world.neighbour
    if neighbour is None:
        raise Nothing
    return neighbour


ACTS: dict[str, Act] = {
    act.__name__.replace("_", " "): act
    for act in (enter_next_door, spoil_next_door, disconnect_next_door, connect_next_door, run_next_door)
}
