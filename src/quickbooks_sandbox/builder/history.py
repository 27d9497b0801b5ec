"""What happened in a company, day after day: sales, payments, deposits, bills, expenses."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.builder.cast import Cast
from quickbooks_sandbox.builder.plan import Plan
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.times import PACIFIC

Act = Callable[[], None]

_OPENS = time(9)
_OFFICE_HOURS_S = 8 * 3600
_NEVER_PAID, _IN_TWO_PARTS, _CREDITED = 0.04, 0.08, 0.01
_CHECKING = "35"
_METHODS = ("1", "2", "2", "2", "3", "4")
_DAYS_UNTIL = {"1": 3, "2": 17, "3": 32, "4": 61}
_CENT = Decimal("0.01")


class History:
    """Acts wait for their day; each may put further ones on a later day."""

    def __init__(self, books: Books, cast: Cast, plan: Plan, chance: Random, days: tuple[date, date]) -> None:
        self.books, self.cast, self.plan, self.chance = books, cast, plan, chance
        self.first, self.last = days
        self._waiting: list[tuple[date, int, Act]] = []
        self._serial = 0
        self._undeposited: list[str] = []

    def live(self) -> None:
        self._on(self.first, self._capital)
        kinds = ((self.plan.invoices, self._invoice), (self.plan.receipts, self._receipt))
        for count, act in (*kinds, (self.plan.bills, self._bill), (self.plan.expenses, self._expense)):
            for _ in range(count):
                self._on(self._some_day(), act)
        for friday in _fridays(self.first, self.last):
            self._on(friday, self._deposit)
        while self._waiting:
            self._live_day(self._waiting[0][0])

    def _live_day(self, day: date) -> None:
        acts: list[Act] = []
        while self._waiting and self._waiting[0][0] == day:
            acts.append(heapq.heappop(self._waiting)[2])
        opening = datetime.combine(day, _OPENS, PACIFIC)
        self.books.clock = Clock(opening)
        for act in acts:
            act()
            self.books.clock.advance(_OFFICE_HOURS_S / len(acts))

    def _on(self, day: date, act: Act) -> None:
        """Nothing happens after the last day, and nothing on a Sunday."""
        if day.weekday() == 6:
            day += timedelta(days=1)
        if day <= self.last:
            self._serial += 1
            heapq.heappush(self._waiting, (day, self._serial, act))

    def _some_day(self) -> date:
        """Trade grows over the years."""
        span = (self.last - self.first).days
        day = self.first + timedelta(days=int(span * self.chance.random() ** 0.8))
        return day - timedelta(days=1) if day.weekday() == 6 and day > self.first else min(day, self.last)

    def _later(self, days: int, act: Act) -> None:
        today = self.books.clock.now().astimezone(PACIFIC).date()
        self._on(today + timedelta(days=max(1, days)), act)

    def _capital(self) -> None:
        line = {"Amount": 25_000, "DetailType": "DepositLineDetail"}
        detail = {"AccountRef": {"value": "34"}}
        body = {"DepositToAccountRef": {"value": _CHECKING}, "Line": [{**line, "DepositLineDetail": detail}]}
        self.books.create("Deposit", body)

    # -- sales
    def _invoice(self) -> None:
        customer, term = self.chance.choice(self.cast.customers)
        made = self.books.create("Invoice", {**self._sale(customer), "SalesTermRef": {"value": term}})
        fate = self.chance.random()
        if fate < _NEVER_PAID:
            return
        days = int(self.chance.gauss(_DAYS_UNTIL[term], 9))
        if fate < _NEVER_PAID + _CREDITED:
            self._later(days, lambda: self._credit(made))
        elif fate < _NEVER_PAID + _CREDITED + _IN_TWO_PARTS:
            half = (Decimal(made["TotalAmt"]) / 2).quantize(_CENT)
            self._later(days, lambda: self._pay(made, half))
            self._later(days + 20, lambda: self._pay(made, Decimal(made["TotalAmt"]) - half))
        else:
            self._later(days, lambda: self._pay(made, made["TotalAmt"]))

    def _sale(self, customer: str) -> Object:
        lines = [self._item_line() for _ in range(self.chance.choice((1, 1, 1, 2, 2, 3, 5)))]
        return {"CustomerRef": {"value": customer}, "Line": lines}

    def _item_line(self) -> Object:
        item, price = self.chance.choice(self.cast.items)
        quantity = self.chance.randint(1, 8)
        detail = {"ItemRef": {"value": item}, "Qty": quantity, "UnitPrice": price}
        return {"DetailType": "SalesItemLineDetail", "Amount": price * quantity, "SalesItemLineDetail": detail}

    def _receipt(self) -> None:
        customer, _ = self.chance.choice(self.cast.customers)
        method = {"value": self.chance.choice(_METHODS)}
        made = self.books.create("SalesReceipt", {**self._sale(customer), "PaymentMethodRef": method})
        self._undeposited.append(made["Id"])

    def _pay(self, invoice: Object, amount: Decimal) -> None:
        body = self._payment(invoice, amount, [_link(amount, "Invoice", invoice["Id"])])
        body["PaymentMethodRef"] = {"value": self.chance.choice(_METHODS)}
        body["PaymentRefNum"] = str(self.chance.randint(1000, 9999))
        self._undeposited.append(self.books.create("Payment", body)["Id"])

    def _payment(self, invoice: Object, amount: Decimal, lines: list[Object]) -> Object:
        return {"CustomerRef": {"value": invoice["CustomerRef"]["value"]}, "TotalAmt": amount, "Line": lines}

    def _credit(self, invoice: Object) -> None:
        """Something was wrong with it: a credit memo for its first line, applied to it."""
        line = {name: invoice["Line"][0][name] for name in ("DetailType", "Amount", "SalesItemLineDetail")}
        body = {"CustomerRef": {"value": invoice["CustomerRef"]["value"]}, "Line": [line]}
        memo = self.books.create("CreditMemo", body)
        amount = memo["TotalAmt"]
        lines = [_link(amount, "Invoice", invoice["Id"]), _link(amount, "CreditMemo", memo["Id"])]
        self.books.create("Payment", self._payment(invoice, Decimal(0), lines))

    def _deposit(self) -> None:
        if self._undeposited:
            self.books.make_deposit(self._undeposited, _CHECKING)
            self._undeposited = []

    # -- purchases
    def _cost(self) -> tuple[Decimal, Object]:
        account, (low, high) = self.chance.choice(self.cast.expenses)
        amount = Decimal(self.chance.randint(low * 100, high * 100)) / 100
        detail = {"AccountRef": {"value": account}}
        kind = "AccountBasedExpenseLineDetail"
        return amount, {"DetailType": kind, "Amount": amount, kind: detail}

    def _bill(self) -> None:
        vendor = {"value": self.chance.choice(self.cast.vendors)}
        _, line = self._cost()
        number = str(self.chance.randint(10_000, 99_999))
        made = self.books.create("Bill", {"VendorRef": vendor, "Line": [line], "DocNumber": number})
        if self.chance.random() > _NEVER_PAID:
            self._later(int(self.chance.gauss(27, 6)), lambda: self._pay_bill(made))

    def _pay_bill(self, bill: Object) -> None:
        body = {
            "VendorRef": {"value": bill["VendorRef"]["value"]},
            "PayType": "Check",
            "CheckPayment": {"BankAccountRef": {"value": _CHECKING}},
            "TotalAmt": bill["TotalAmt"],
            "Line": [_link(bill["TotalAmt"], "Bill", bill["Id"])],
        }
        self.books.create("BillPayment", body)

    def _expense(self) -> None:
        _, line = self._cost()
        body = {"PaymentType": "CreditCard", "AccountRef": {"value": self.cast.card}, "Line": [line]}
        vendor = {"value": self.chance.choice(self.cast.vendors), "type": "Vendor"}
        self.books.create("Purchase", {**body, "EntityRef": vendor})


def _link(amount: Decimal, type: str, id: str) -> Object:
    return {"Amount": amount, "LinkedTxn": [{"TxnId": id, "TxnType": type}]}


def _fridays(first: date, last: date) -> list[date]:
    friday = first + timedelta(days=(4 - first.weekday()) % 7)
    return [friday + timedelta(days=7 * week) for week in range((last - friday).days // 7 + 1)]
