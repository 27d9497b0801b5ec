"""Each request as the sandbox answers it, over HTTP, also when the answer gets lost."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.quickbooks.conftest import ServedSandbox

from tieout import clock
from tieout.quickbooks import reading
from tieout.quickbooks.calling.client import Client
from tieout.quickbooks.calling.transport import Network, using
from tieout.quickbooks.connecting.connection import connect_sandbox, open_client
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Answer, Batched, Done, Object, Refused, Unknown
from tieout.quickbooks.wire.faults import Next, next_step
from tieout.quickbooks.wire.json import dumps
from tieout.subledger.models import Company


@pytest.fixture
def client(company: Company, sandbox: ServedSandbox) -> Iterator[Client]:
    connect_sandbox(company, sandbox.origin)
    with open_client(company) as client:
        yield client


def sent(client: Client, request: requests.Request) -> Answer:
    (answer,) = client.send([request])
    return answer


def done(client: Client, request: requests.Request) -> Object:
    return succeeded(sent(client, request)).object


def succeeded(answer: Answer) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def answers_of(batch: Answer) -> tuple[Answer, ...]:
    assert isinstance(batch, Batched), batch
    return batch.answers


def customer(client: Client, name: str = "Ada") -> Object:
    return done(client, requests.create("Customer", dumps({"DisplayName": name}), f"customer-{name}"))


@pytest.fixture
def item(client: Client) -> Object:
    income = client.get(requests.query("SELECT * FROM Account WHERE AccountType = 'Income'")).rows[0]
    body = {"Name": "Rent", "Type": "Service", "IncomeAccountRef": {"value": income["Id"]}}
    return done(client, requests.create("Item", dumps(body), "item"))


def invoice_body(customer: Object, item: Object, amount: str) -> bytes:
    detail = {"ItemRef": {"value": item["Id"]}}
    line = {"Amount": Decimal(amount), "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}
    return dumps({"CustomerRef": {"value": customer["Id"]}, "Line": [line]})


def handle(found: Object, **more: object) -> bytes:
    return dumps({"Id": found["Id"], "SyncToken": found["SyncToken"], **more})


class TestLifeOfAnInvoice:
    def test_create_update_void_delete(self, client: Client, item: Object) -> None:
        ada = customer(client)
        made = done(client, requests.create("Invoice", invoice_body(ada, item, "10.10"), "i-1"))
        assert made["TotalAmt"] == Decimal("10.10")
        noted = done(client, requests.update("Invoice", handle(made, sparse=True, PrivateNote="late"), "i-2"))
        assert (noted["PrivateNote"], noted["SyncToken"]) == ("late", "1")
        void = done(client, requests.void("Invoice", handle(noted), "i-3"))
        assert void["TotalAmt"] == 0
        gone = done(client, requests.delete("Invoice", handle(void), "i-4"))
        assert gone["status"] == "Deleted"
        refused = sent(client, requests.read("Invoice", made["Id"]))
        assert isinstance(refused, Refused)
        assert next_step(refused.fault) is Next.NOT_FOUND

    def test_in_batches(self, client: Client, item: Object) -> None:
        ada = customer(client)
        bodies = [invoice_body(ada, item, f"{n}.01") for n in range(1, 4)]
        creates = [requests.create("Invoice", body, "-") for body in bodies]
        made = sent(client, requests.batch([*creates, requests.create("Invoice", b"{}", "-")], "b-1"))
        *accepted, refused = answers_of(made)
        invoices = [succeeded(one).object for one in accepted]
        assert [one["TotalAmt"] for one in invoices] == [Decimal(f"{n}.01") for n in range(1, 4)]
        assert isinstance(refused, Refused)
        first, second, third = invoices
        changed = sent(
            client,
            requests.batch(
                [
                    requests.void("Invoice", handle(first, sparse=True), "-"),
                    requests.delete("Invoice", handle(second), "-"),
                    requests.update("Invoice", handle(third, sparse=True, PrivateNote="x"), "-"),
                    requests.query("SELECT * FROM Customer"),
                ],
                "b-2",
            ),
        )
        void, gone, noted, names = (succeeded(one) for one in answers_of(changed))
        assert void.object["TotalAmt"] == 0
        assert gone.object["status"] == "Deleted"
        assert noted.object["PrivateNote"] == "x"
        assert [row["DisplayName"] for row in names.rows] == ["Ada"]

    def test_a_version_that_is_no_longer_the_last_is_stale(self, client: Client) -> None:
        ada = customer(client)
        done(client, requests.update("Customer", handle(ada, sparse=True, Notes="1"), "u-1"))
        refused = sent(client, requests.update("Customer", handle(ada, sparse=True, Notes="2"), "u-2"))
        assert isinstance(refused, Refused)
        assert next_step(refused.fault) is Next.STALE


@pytest.mark.parametrize("cut", ["before", "after", "truncated"])
def test_a_create_whose_answer_is_cut_is_made_once_when_it_is_repeated(
    client: Client, sandbox: ServedSandbox, cut: str
) -> None:
    sandbox.sandbox.faults.replace(b'[{"method": "POST", "nth": 1, "cut": "%s"}]' % cut.encode())
    create = requests.create("Customer", dumps({"DisplayName": "Ada"}), "c-1")
    assert isinstance(sent(client, create), Unknown)
    assert done(client, create)["DisplayName"] == "Ada"
    assert reading.count(client, "Customer") == 1


def test_a_batch_whose_answer_is_cut_is_made_once_when_it_is_repeated(client: Client, sandbox: ServedSandbox) -> None:
    sandbox.sandbox.faults.replace(b'[{"path": "/batch", "nth": 1, "cut": "after"}]')
    items = [requests.create("Customer", dumps({"DisplayName": f"C{n}"}), "-") for n in range(5)]
    lost = sent(client, requests.batch(items, "b-1"))
    assert {type(one) for one in answers_of(lost)} == {Unknown}
    # Only some are repeated, under the ids they had.
    again = sent(client, requests.batch(items[2:], "b-1", ["3", "4", "5"]))
    assert [succeeded(one).object["DisplayName"] for one in answers_of(again)] == ["C2", "C3", "C4"]
    assert reading.count(client, "Customer") == 5


def test_changes_show_what_was_made_changed_and_deleted(client: Client, item: Object) -> None:
    ada = customer(client)
    gone = done(client, requests.create("Invoice", invoice_body(ada, item, "1"), "i-1"))
    done(client, requests.delete("Invoice", handle(gone), "i-2"))
    changes = reading.changes(client, ["Customer", "Invoice", "Payment"], clock.now() - timedelta(minutes=5))
    assert [row["DisplayName"] for row in changes.objects["Customer"]] == ["Ada"]
    assert [row["status"] for row in changes.objects["Invoice"]] == ["Deleted"]
    assert not changes.objects.get("Payment")
    assert not changes.full
    assert abs(changes.time - clock.now()) < timedelta(minutes=1)


def test_all_customers_are_read_page_by_page_inactive_ones_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 7)
    names = [requests.create("Customer", dumps({"DisplayName": f"C{n:02}"}), f"c-{n}") for n in range(30)]
    made = [succeeded(answer).object for answer in client.send(names)]
    done(client, requests.update("Customer", handle(made[4], sparse=True, Active=False), "u"))
    read = {row["Id"] for page in reading.pages(client, "Customer") for row in page}
    assert read == reading.ids(client, "Customer") == {one["Id"] for one in made}
    assert reading.count(client, "Customer") == 29
    assert reading.count(client, "Customer", "Active IN (true, false)") == 30


def test_limits_are_kept_unless_the_sandbox_has_none(company: Company, sandbox: ServedSandbox) -> None:
    connect_sandbox(company, sandbox.origin)
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(seconds)

    preferences = [requests.preferences()] * 25
    with using(Network(pause=pause)):
        with open_client(company) as unlimited:
            unlimited.send(preferences)
        assert waits == []
        sandbox.sandbox.settings.limits_on = True
        with open_client(company) as limited:
            answers = limited.send(preferences)
            limited.check()
    assert all(isinstance(answer, Done) for answer in answers)
    assert waits
