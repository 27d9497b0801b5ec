"""Enter `landscaper.toml`: lists first, then every transaction on its day, so that nothing is newer than days."""

import tomllib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.books.new_company import FIRST_MADE_ACCOUNT, furnish
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.ledger.store import Object, Save
from quickbooks_sandbox.ledger.times import PACIFIC, today
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.sample.lists import enter_lists
from quickbooks_sandbox.sample.orders import enter_orders
from quickbooks_sandbox.sample.other_forms import OtherForms
from quickbooks_sandbox.sample.sales_forms import sales_form
from quickbooks_sandbox.settings import Settings

_OPENED_DAYS_AGO = 130
_ORDERED_DAYS_AGO = 4
_TAX = {"tax agencies": 2, "tax rates": 3, "company currencies": 1}
_LAST_IDS = {"accounts": FIRST_MADE_ACCOUNT, "items": 19, "names": 57, "classes": 3, "departments": 2, **_TAX}
_SECONDS_BETWEEN_ENTRIES = 60


def sample(realm_id: str, name: str, clock: Clock, settings: Settings, save: Save | None = None) -> Books:
    """A landscaping firm with customers, items, invoices and payments of the last months. It is saved at once."""
    books = Books(realm_id, clock, settings)
    _fill(books, name)
    books.save = save
    books.save_all()
    return books


def _fill(books: Books, name: str) -> None:
    text = files("quickbooks_sandbox.sample").joinpath("landscaper.toml").read_text("utf-8")
    data = tomllib.loads(text)
    real = books.clock
    history = _History(books, real.now())
    try:
        books.clock = history.at(_OPENED_DAYS_AGO)
        furnish(books, name)
        _in_one_change(books, lambda work: enter_lists(work, data))
        with books.person():
            history.enter(data)
            books.clock = history.at(_ORDERED_DAYS_AGO)
            enter_orders(books, today(real.now()))
    finally:
        books.clock = real


def _in_one_change(books: Books, enter: Callable[[Work], None]) -> None:
    work = Work(books)
    work.by_person = True
    enter(work)
    for sequence, last in _LAST_IDS.items():
        work.set_counter(sequence, last)
    work.commit()


class _History:
    """The transactions, each on its day, in the order of their days."""

    def __init__(self, books: Books, now: datetime) -> None:
        self.books = books
        self.now = now
        self.invoices: list[str] = []
        self.credit_memos: list[str] = []
        self.payments: list[str] = []

    def at(self, days_ago: int, entry: int = 0) -> Clock:
        day = today(self.now) - timedelta(days=days_ago)
        opening = datetime.combine(day, time(9), PACIFIC)
        return Clock(opening + timedelta(seconds=_SECONDS_BETWEEN_ENTRIES * entry))

    def enter(self, data: dict[str, Any]) -> None:
        others = OtherForms(self.books)
        kinds: tuple[tuple[str, Callable[[dict[str, Any]], None]], ...] = (
            ("invoices", self._invoice),
            ("credit_memos", self._credit_memo),
            ("payments", self._payment),
            ("carriers", self._carrier),
            ("deposits", self._deposit),
            *others.kinds(),
        )
        events = [(entry["days"], partial(enter, entry)) for kind, enter in kinds for entry in data[kind]]
        for entry, (days, act) in enumerate(sorted(events, key=lambda event: -event[0])):
            self.books.clock = self.at(days, entry)
            act()

    def _invoice(self, entry: dict[str, Any]) -> None:
        body = sales_form(self.books, entry)
        if entry.get("tax"):
            body["TxnTaxDetail"] = {"TxnTaxCodeRef": {"value": "2"}}
        if "term" in entry:
            body["SalesTermRef"] = {"value": entry["term"]}
        self.invoices.append(self.books.create("Invoice", body)["Id"])

    def _credit_memo(self, entry: dict[str, Any]) -> None:
        self.credit_memos.append(self.books.create("CreditMemo", sales_form(self.books, entry))["Id"])

    def _payment(self, entry: dict[str, Any]) -> None:
        body: Object = {
            "CustomerRef": {"value": entry["customer"]},
            "TotalAmt": Decimal(entry["amount"]),
            "PaymentMethodRef": {"value": entry["method"]},
            "Line": [_payment_line("Invoice", self.invoices[n - 1], amount) for n, amount in entry["pays"]],
        }
        if "reference" in entry:
            body["PaymentRefNum"] = entry["reference"]
        self.payments.append(self.books.create("Payment", body)["Id"])

    def _carrier(self, entry: dict[str, Any]) -> None:
        memo = self.books.read("CreditMemo", self.credit_memos[entry["credit_memo"] - 1])
        lines = [
            _payment_line("Invoice", self.invoices[entry["invoice"] - 1], entry["amount"]),
            _payment_line("CreditMemo", memo["Id"], entry["amount"]),
        ]
        note = "Created by QB Online to link credits to charges."
        body = {"CustomerRef": memo["CustomerRef"], "TotalAmt": 0, "PrivateNote": note, "Line": lines}
        self.books.create("Payment", body)

    def _deposit(self, entry: dict[str, Any]) -> None:
        self.books.make_deposit([self.payments[place - 1] for place in entry["payments"]])


def _payment_line(type: str, id: str, amount: str) -> Object:
    return {"Amount": Decimal(amount), "LinkedTxn": [{"TxnId": id, "TxnType": type}]}
