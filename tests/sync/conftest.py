"""Two books on one virtual clock: ours, and a QuickBooks without sockets. People work in either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from tests.quickbooks.in_process import ORIGIN, SharedClock, virtual_sandbox

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.server import Sandbox
from tieout.quickbooks.connecting.connection import connect_sandbox
from tieout.subledger.models import Company, Contact, CreditNote, Invoice, Item, Payment
from tieout.subledger.services import contacts, documents, payments, states
from tieout.subledger.services.lines import LineDraft
from tieout.sync.models import Link, Policy, Run
from tieout.sync.run import sync
from tieout.sync.setting_up.set_up import set_up
from tieout.sync.tie_out import tie_out

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
TODAY = date(2026, 3, 15)
SYNC_FROM = date(2026, 1, 1)
BY = "ann@example.com"


@dataclass
class World:
    company: Company
    sandbox: Sandbox
    clock: SharedClock
    rent_id: str = ""

    @property
    def theirs(self) -> Books:
        return self.sandbox.companies.first()

    # Runs

    def sync(self) -> Run:
        return sync(self.company)

    def settle(self) -> None:
        """As many runs as convergence may take, and one that must find nothing to write."""
        self.sync()
        self.sync()
        assert self.sync().writes == 0

    def calls(self) -> list[str]:
        return [f"{call.method} {call.path.rsplit('/', 1)[-1]}" for call in self.sandbox.calls.calls]

    def fail(self, **rule: Any) -> None:
        self.sandbox.faults.replace(msgspec.json.encode([rule]))

    def heal(self) -> None:
        self.sandbox.faults.clear()

    # People in our book

    def item(self) -> Item:
        return Item.objects.of(self.company).get(name="Rent")

    def contact(self, name: str = "Ada Tenant", **values: str) -> Contact:
        return contacts.create(self.company, BY, name=name, **values)

    def invoice(self, contact: Contact, amount: str = "100.00", **header: Any) -> Invoice:
        header = {"date": TODAY, **header}
        made = documents.create(
            Invoice, self.company, BY, contact=contact, lines=[LineDraft(self.item(), Decimal(amount))], **header
        )
        states.approve(made, BY)
        return made

    def credit_note(self, contact: Contact, amount: str = "40.00", **header: Any) -> CreditNote:
        header = {"date": TODAY, **header}
        made = documents.create(
            CreditNote, self.company, BY, contact=contact, lines=[LineDraft(self.item(), Decimal(amount))], **header
        )
        states.approve(made, BY)
        return made

    def payment(self, contact: Contact, total: str, *pays: tuple[Invoice, str], **values: Any) -> Payment:
        wanted = [(invoice, Decimal(amount)) for invoice, amount in pays]
        return payments.create(
            self.company, BY, contact=contact, total=Decimal(total), date=TODAY, pays=wanted, **values
        )

    # People in QuickBooks

    def customer_there(self, name: str = "Bob Buyer", **members: Any) -> dict[str, Any]:
        return self.theirs.create("Customer", {"DisplayName": name, **members})

    def invoice_there(self, customer: str, amount: str = "100.00", **members: Any) -> dict[str, Any]:
        line = {
            "DetailType": "SalesItemLineDetail",
            "Amount": Decimal(amount),
            "SalesItemLineDetail": {"ItemRef": {"value": self.rent_id}},
        }
        body = {"CustomerRef": {"value": customer}, "TxnDate": str(TODAY), "Line": [line], **members}
        return self.theirs.create("Invoice", body)

    def payment_there(self, customer: str, total: str, *pays: tuple[str, str], **members: Any) -> dict[str, Any]:
        lines = [
            {"Amount": Decimal(amount), "LinkedTxn": [{"TxnId": id_, "TxnType": "Invoice"}]} for id_, amount in pays
        ]
        body = {
            "CustomerRef": {"value": customer},
            "TotalAmt": Decimal(total),
            "TxnDate": str(TODAY),
            "Line": lines,
            **members,
        }
        return self.theirs.create("Payment", body)

    def edit_there(self, entity: str, id_: str, **members: Any) -> dict[str, Any]:
        now = self.theirs.read(entity, id_)
        body = {"Id": id_, "SyncToken": now["SyncToken"], "sparse": True, **members}
        return self.theirs.update(entity, body)

    def delete_there(self, entity: str, id_: str) -> None:
        self.theirs.delete(entity, {"Id": id_, "SyncToken": self.theirs.read(entity, id_)["SyncToken"]})

    def void_there(self, entity: str, id_: str) -> None:
        self.theirs.void(entity, {"Id": id_, "SyncToken": self.theirs.read(entity, id_)["SyncToken"]})

    def all_there(self, entity: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.theirs.query(f"select * from {entity} maxresults 1000").rows
        return rows

    # What became of it

    def link(self, record: Any, entity: str = "") -> Link:
        found = Link.objects.filter(kind=record.kind, record_id=record.pk)
        return found.get(entity=entity) if entity else found.get()

    def id_there(self, record: Any, entity: str = "") -> str:
        id_ = self.link(record, entity).qbo_id
        assert id_ is not None
        return id_

    def there(self, record: Any) -> dict[str, Any]:
        return self.theirs.read(self.link(record).entity, self.id_there(record))

    def here(self, model: type[Any], obj: dict[str, Any]) -> Any:
        link = Link.objects.get(kind=model.kind, qbo_id=obj["Id"])
        return model.objects.of(self.company).get(pk=link.record_id)

    def assert_agreed(self) -> None:
        report = tie_out(self.company)
        assert [row for row in report.rows if row.is_difference] == []


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Connected, and the lists read: there is an item to sell, Rent."""
    company = Company.objects.create(name="Harbour Lettings")
    with virtual_sandbox(NOW) as (sandbox, clock):
        made = World(company, sandbox, clock)
        income = next(a for a in made.theirs.query("select * from Account").rows if a["AccountType"] == "Income")
        item = {"Name": "Rent", "Type": "Service", "IncomeAccountRef": {"value": income["Id"]}}
        made.rent_id = made.theirs.create("Item", item)["Id"]
        connect_sandbox(company, ORIGIN)
        company.refresh_from_db()
        set_up(company, SYNC_FROM)
        made.sync()
        clock.sleep(600)  # out of the overlap of the next read
        sandbox.calls.clear()
        yield made


def policy(world: World, **choices: Any) -> None:
    Policy.objects.filter(company=world.company).update(**choices)
