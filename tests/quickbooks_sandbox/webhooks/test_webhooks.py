"""On a virtual clock: what is told, when, and when again."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.webhooks.webhooks import Configuration

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
URL = "http://localhost:1/hook"


class App:
    """The app's end: keeps what it is sent and answers `status`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.status = sandbox, 200
        self.bodies: list[Any] = []
        self.headers: dict[str, str] = {}
        self.raw = b""

    async def post(self, _url: str, headers: dict[str, str], body: bytes) -> int:
        self.headers, self.raw = headers, body
        self.bodies.append(json.loads(body))
        return self.status

    def deliver(self) -> int:
        return asyncio.run(self.sandbox.webhooks.deliver_due(self.post))

    def hears(self) -> list[tuple[str, str]]:
        """(type without its frame, id) of all events since the last time."""
        self.deliver()
        events = [event for body in self.bodies for event in body]
        self.bodies = []
        return [(event["type"].removeprefix("qbo.").removesuffix(".v1"), event["intuitentityid"]) for event in events]


@pytest.fixture
def start() -> Callable[..., tuple[Books, App]]:
    def started(data: Path | None = None, settings: Settings | None = None, **options: Any) -> tuple[Books, App]:
        sandbox = Sandbox(data=data, company="empty", clock=Clock(start=START), settings=settings)
        sandbox.credentials()  # connects an app
        sandbox.webhooks.configure(Configuration(url=URL, **options))
        return sandbox.companies.first(), App(sandbox)

    return started


def make_invoice(books: Books, customer: dict[str, Any], **more: Any) -> dict[str, Any]:
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    return books.create("Invoice", {"CustomerRef": {"value": customer["Id"]}, "Line": [line], **more})


def test_creating_changing_and_deleting_are_told(start: Any) -> None:
    books, app = start()
    customer = books.create("Customer", {"DisplayName": "A"})
    books.update("Customer", {"Id": customer["Id"], "SyncToken": "0", "sparse": True, "Notes": "x"})
    assert app.hears() == [("customer.created", customer["Id"]), ("customer.updated", customer["Id"])]
    invoice = make_invoice(books, customer)
    books.delete("Invoice", {"Id": invoice["Id"], "SyncToken": "0"})
    assert app.hears() == [("invoice.created", invoice["Id"]), ("invoice.deleted", invoice["Id"])]


def test_a_change_of_nothing_is_not_told(start: Any) -> None:
    books, app = start()
    customer = books.create("Customer", {"DisplayName": "A"})
    app.hears()
    books.update("Customer", {"Id": customer["Id"], "SyncToken": "0", "sparse": True, "DisplayName": "A"})
    assert app.hears() == []


def test_a_payment_tells_of_the_invoice_it_pays_too(start: Any) -> None:
    books, app = start()
    customer = books.create("Customer", {"DisplayName": "A"})
    invoice = make_invoice(books, customer)
    app.hears()
    line = {"Amount": 10, "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]}
    body = {"CustomerRef": {"value": customer["Id"]}, "TotalAmt": 10, "Line": [line]}
    payment = books.create("Payment", body)
    assert set(app.hears()) == {("payment.created", payment["Id"]), ("invoice.updated", invoice["Id"])}


@pytest.mark.parametrize(("word", "told"), [("void", "invoice.void"), ("voided", "invoice.voided")])
def test_a_void_is_told_by_that_name(start: Any, word: Any, told: str) -> None:
    books, app = start(settings=Settings(webhook_void_word=word))
    invoice = make_invoice(books, books.create("Customer", {"DisplayName": "A"}))
    app.hears()
    books.void("Invoice", {"Id": invoice["Id"], "SyncToken": "0"})
    assert app.hears() == [(told, invoice["Id"])]


@pytest.mark.parametrize("merged_name", ["deleted", "inactive"])
def test_a_merge_tells_who_is_left_and_who_is_gone(start: Any, merged_name: Any) -> None:
    books, app = start(settings=Settings(merged_name=merged_name), form="old")
    loser, winner = (books.create("Customer", {"DisplayName": name}) for name in "AB")
    app.deliver()
    app.bodies = []
    books.merge("Customer", loser["Id"], winner["Id"])
    app.deliver()
    (entity,) = app.bodies[0]["eventNotifications"][0]["dataChangeEvent"]["entities"]
    assert entity == {
        "id": winner["Id"],
        "operation": "Merge",
        "name": "Customer",
        "lastUpdated": "2026-11-02T09:00:00.000Z",
        "deletedId": loser["Id"],
    }


def test_of_preferences_only_updates_are_told(start: Any) -> None:
    books, app = start()
    books.close_books(date(2026, 1, 31))
    assert app.hears() == [("preferences.updated", "1")]


@pytest.mark.parametrize(("setting", "told"), [("update", "customer.updated"), ("delete", "customer.deleted")])
def test_making_an_entry_inactive_is_told_as_the_setting_says(start: Any, setting: Any, told: str) -> None:
    books, app = start(settings=Settings(webhook_when_inactive=setting))
    customer = books.create("Customer", {"DisplayName": "A"})
    app.hears()
    books.update("Customer", {"Id": customer["Id"], "SyncToken": "0", "sparse": True, "Active": False})
    assert app.hears() == [(told, customer["Id"])]


@pytest.mark.parametrize("for_balances", [False, True])
def test_a_balance_that_moves_is_told_if_the_setting_says_so(start: Any, for_balances: bool) -> None:
    books, app = start(settings=Settings(webhook_for_balances=for_balances))
    customer = books.create("Customer", {"DisplayName": "A"})
    app.hears()
    make_invoice(books, customer)
    assert (("customer.updated", customer["Id"]) in app.hears()) == for_balances


def test_only_the_entities_asked_for_are_told(start: Any) -> None:
    books, app = start(entities=["Vendor"])
    books.create("Customer", {"DisplayName": "A"})
    vendor = books.create("Vendor", {"DisplayName": "B"})
    assert app.hears() == [("vendor.created", vendor["Id"])]


def test_nothing_is_told_of_a_company_without_a_connection(start: Any) -> None:
    _, app = start()
    app.sandbox.companies.create("empty", "Other").create("Customer", {"DisplayName": "A"})
    assert app.hears() == []


def test_the_body_is_signed_with_the_verifier_token(start: Any) -> None:
    books, app = start(verifier_token="a token")
    books.create("Customer", {"DisplayName": "A"})
    app.deliver()
    expected = base64.b64encode(hmac.new(b"a token", app.raw, hashlib.sha256).digest()).decode()
    assert app.headers["intuit-signature"] == expected


def test_cloud_events_have_the_members_of_the_standard(start: Any) -> None:
    books, app = start()
    customer = books.create("Customer", {"DisplayName": "A"})
    app.deliver()
    ((event,),) = app.bodies
    assert event.pop("id")
    assert event.pop("source").startswith("intuit.")
    assert event == {
        "specversion": "1.0",
        "type": "qbo.customer.created.v1",
        "datacontenttype": "application/json",
        "time": "2026-11-02T09:00:00.000000Z",
        "intuitentityid": customer["Id"],
        "intuitaccountid": books.realm_id,
        "data": {},
    }


def test_what_is_not_acknowledged_comes_again_on_intuits_schedule(start: Any) -> None:
    books, app = start()
    app.status = 500
    books.create("Customer", {"DisplayName": "A"})
    waits = []
    for _ in range(11):
        assert app.deliver() == 1
        assert app.deliver() == 0
        due = app.sandbox.webhooks.next_due()
        waits.append((due - app.sandbox.clock.now()).total_seconds())
        app.sandbox.clock.set(due)
    assert waits == [10, 20, 30, 300, 1200, 7200, 14_400, 21_600, 21_600, 21_600, 21_600]
    app.status = 200
    assert app.deliver() == 1
    assert app.sandbox.webhooks.next_due() is None
    assert [attempt.status for attempt in app.sandbox.webhooks.attempts] == [500] * 11 + [200]


@pytest.mark.parametrize(("setting", "then"), [("go_on", 1), ("withhold", 0)])
def test_later_news_waits_for_what_failed_if_the_setting_says_so(start: Any, setting: Any, then: int) -> None:
    books, app = start(settings=Settings(webhook_after_failure=setting))
    app.status = 0
    books.create("Customer", {"DisplayName": "A"})
    app.deliver()
    books.create("Customer", {"DisplayName": "B"})
    assert app.deliver() == then
    app.status = 200
    app.sandbox.clock.advance(3600)
    while app.deliver():
        pass
    assert app.sandbox.webhooks.pending == []


def test_paused_news_is_told_afterwards(start: Any) -> None:
    books, app = start(paused=True)
    customer = books.create("Customer", {"DisplayName": "A"})
    assert app.hears() == []
    app.sandbox.webhooks.configure(Configuration(url=URL))
    assert app.hears() == [("customer.created", customer["Id"])]


def test_news_can_come_late(start: Any) -> None:
    books, app = start(delay_s=300)
    customer = books.create("Customer", {"DisplayName": "A"})
    assert app.hears() == []
    app.sandbox.clock.advance(300)
    assert app.hears() == [("customer.created", customer["Id"])]


def test_news_can_come_twice(start: Any) -> None:
    books, app = start(doubled=True)
    books.create("Customer", {"DisplayName": "A"})
    assert (app.deliver(), app.deliver(), app.deliver()) == (1, 1, 0)
    first, second = app.bodies
    assert first == second


def test_news_can_come_in_the_wrong_order(start: Any) -> None:
    books, app = start(reordered=True)
    first, second = (books.create("Customer", {"DisplayName": name}) for name in "AB")
    assert [id for _, id in app.hears()] == [second["Id"], first["Id"]]


def test_what_waits_outlives_the_process(start: Any, tmp_path: Path) -> None:
    books, app = start(data=tmp_path)
    customer = books.create("Customer", {"DisplayName": "A"})
    app.sandbox.close()
    again = App(Sandbox(data=tmp_path, clock=Clock(start=START + timedelta(hours=1))))
    assert again.hears() == [("customer.created", customer["Id"])]
    again.sandbox.close()


def test_a_change_is_stored_alone_however_many_wait(
    start: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books, app = start(data=tmp_path, paused=True)
    storage, sizes = app.sandbox.storage, []
    put = storage.put

    def measured(space: str, key: str, value: bytes) -> None:
        if space.startswith("webhook"):
            sizes.append(len(value))
        put(space, key, value)

    monkeypatch.setattr(storage, "put", measured)
    for name in "ABCDEFGHIJ":
        books.create("Customer", {"DisplayName": name})
    assert len(sizes) == 10
    assert max(sizes) - min(sizes) < 10
    app.sandbox.close()
