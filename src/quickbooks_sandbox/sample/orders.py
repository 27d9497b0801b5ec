"""What the sample company offered, ordered and planned: nothing of it but the card payments is posted."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.sample.other_forms import expense_lines
from quickbooks_sandbox.sample.sales_forms import sales_form

Entry = dict[str, Any]


def enter_orders(books: Books, now: date) -> None:
    """Dated back from `now`, and entered in one go."""
    data = tomllib.loads(files("quickbooks_sandbox.sample").joinpath("orders.toml").read_text("utf-8"))
    for entity, body in _Orders(books, now).bodies(data):
        books.create(entity, body)


class _Orders:
    def __init__(self, books: Books, now: date) -> None:
        self.books = books
        self.now = now

    def bodies(self, data: dict[str, list[Entry]]) -> Iterator[tuple[str, Object]]:
        yield from (("Estimate", self._estimate(entry)) for entry in data["estimates"])
        yield from (("PurchaseOrder", self._purchase_order(entry)) for entry in data["purchase_orders"])
        yield from (("CreditCardPayment", self._card_payment(entry)) for entry in data["card_payments"])
        yield from (("TimeActivity", self._time_activity(entry)) for entry in data["time_activities"])
        for entry in data["recurring_invoices"]:
            yield "RecurringTransaction", self._recurring("Invoice", entry, sales_form(self.books, entry))
        for entry in data["recurring_bills"]:
            bill = {"VendorRef": {"value": entry["vendor"]}, "Line": expense_lines(entry)}
            yield "RecurringTransaction", self._recurring("Bill", entry, bill)
        yield from (("Budget", self._budget(entry)) for entry in data["budgets"])

    def _day(self, entry: Entry, later: int = 0) -> str:
        return (self.now - timedelta(days=entry["days"] - later)).isoformat()

    def _estimate(self, entry: Entry) -> Object:
        body = sales_form(self.books, entry) | {"TxnDate": self._day(entry), "TxnStatus": entry["status"]}
        return body | {"ExpirationDate": self._day(entry, 30)}

    def _purchase_order(self, entry: Entry) -> Object:
        vendor = {"value": entry["vendor"]}
        return {"VendorRef": vendor, "Line": expense_lines(entry), "TxnDate": self._day(entry)}

    def _card_payment(self, entry: Entry) -> Object:
        accounts = {"BankAccountRef": {"value": "35"}, "CreditCardAccountRef": {"value": entry["card"]}}
        return {**accounts, "Amount": Decimal(entry["amount"]), "TxnDate": self._day(entry)}

    def _time_activity(self, entry: Entry) -> Object:
        body: Object = {
            "NameOf": "Employee",
            "EmployeeRef": {"value": entry["employee"]},
            "Hours": entry["hours"],
            "Minutes": entry.get("minutes", 0),
            "Description": entry["description"],
            "TxnDate": self._day(entry),
        }
        if "customer" in entry:
            body["CustomerRef"] = {"value": entry["customer"]}
        if "rate" in entry:
            body |= {"BillableStatus": "Billable", "HourlyRate": Decimal(entry["rate"]), "ItemRef": {"value": "2"}}
        return body

    def _recurring(self, kind: str, entry: Entry, template: Object) -> Object:
        schedule = {"StartDate": self.now.isoformat(), "IntervalType": "Monthly", "DayOfMonth": entry["day"]}
        info = {"Name": entry["name"], "RecurType": "Automated", "ScheduleInfo": schedule}
        return {"Type": kind, "Template": template, "RecurringInfo": info}

    def _budget(self, entry: Entry) -> Object:
        year = self.now.year
        details = [
            {"BudgetDate": f"{year}-{month:02}-01", "Amount": Decimal(amount), "AccountRef": {"value": account}}
            for account, amount in entry["monthly"]
            for month in range(1, 13)
        ]
        span = {"StartDate": f"{year}-01-01", "EndDate": f"{year}-12-31"}
        return {"Name": entry["name"], **span, "BudgetDetail": details}
