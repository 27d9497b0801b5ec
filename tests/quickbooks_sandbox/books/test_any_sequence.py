"""Whatever is done in whatever order: nothing but a Fault is raised, a refusal leaves nothing behind, books agree."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.quickbooks_sandbox.books.making import (
    Body,
    check_payment,
    company,
    expense_line,
    item_line,
    journal_line,
    pays,
    purchase_form,
    sales_form,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.entities.posted_lines import owners
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.ledger.numbers import to_cents
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.settings import Settings

SHARES = st.sampled_from([Decimal("0.3"), Decimal("0.5"), Decimal(1), Decimal(1), Decimal("1.2")])
AMOUNTS = st.decimals("0.01", "500", places=2)
PLACES = st.integers(0, 30)
DAYS = st.integers(-40, 40)
#: Expense, bank, undeposited funds, equity, payable, receivable, income.
ACCOUNTS = st.sampled_from(["3", "35", "4", "34", "33", "84", "1"])
DELETED = [
    *("Invoice", "CreditMemo", "Payment", "Bill", "VendorCredit", "BillPayment", "Purchase"),
    *("SalesReceipt", "RefundReceipt", "JournalEntry", "Deposit", "Transfer"),
]
RATED = ["Invoice", "CreditMemo", "Payment", "Bill", "BillPayment"]
VOIDED = ["Invoice", "Payment", "BillPayment", "SalesReceipt", "Bill", "JournalEntry", "Purchase"]
CHOICES = st.fixed_dictionaries(
    {
        "over_application": st.sampled_from(["refuse", "unapply"]),
        "total_below_applied": st.sampled_from(["release", "refuse"]),
        "void_paid_invoice": st.sampled_from(["release", "refuse"]),
        "release_deposited_payment": st.sampled_from(["release", "refuse"]),
        "payment_for_other_customer": st.sampled_from(["refuse", "unapply"]),
        "merged_name": st.sampled_from(["deleted", "inactive"]),
        "void_note": st.sampled_from(["prepend", "replace"]),
        "merge_touches_documents": st.booleans(),
    }
)


class AnySequence(RuleBasedStateMachine):
    books: Books

    @initialize(choices=CHOICES, auto=st.booleans(), foreign=st.booleans())
    def open_company(self, choices: dict[str, Any], auto: bool, foreign: bool) -> None:
        self.saved: dict[tuple[str, str], bytes | None] = {}
        self.other_bank = "35"
        self.books = company(**choices)
        self.books.save = lambda rows: self.saved.update({(entity, id): raw for entity, id, raw in rows})
        self.books.save_all()
        self.books.set_preference("SalesFormsPrefs", "AutoApplyCredit", auto)
        for name in ("Anna", "Bruno"):
            self.books.create("Customer", {"DisplayName": name})
        self.books.create("Customer", {"DisplayName": "Job", "ParentRef": {"value": "1"}})
        self.card = self.books.create("Account", {"Name": "Card", "AccountType": "Credit Card"})["Id"]
        for name in ("Vera", "Walt"):
            seller = self.books.create("Vendor", {"DisplayName": name})["Id"]
            self.books.create("Bill", purchase_form(seller, expense_line(80)))
            self.books.create("VendorCredit", purchase_form(seller, expense_line(30)))
        self.books.create("Employee", {"DisplayName": "Emil"})
        for id in ("1", "3", "1", "2"):
            document = self.books.create("Invoice", sales_form(id, item_line(120), item_line("33.33")))
            self.books.create("CreditMemo", sales_form(id, item_line(50)))
            line = pays(document, min(Decimal(40), document["Balance"]))
            self.books.create("Payment", self._payment(document, Decimal(90), [line]))
        if foreign:
            self._enter_foreign_names()

    def _enter_foreign_names(self) -> None:
        """Rules pick them like any others; their invoices and bills are in euros, at different rates."""
        self.books.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
        for day, rate in (("2026-01-01", "1.0821"), ("2026-05-20", "1.1337")):
            body = {"SourceCurrencyCode": "EUR", "AsOfDate": day, "Rate": Decimal(rate)}
            self.books.create("ExchangeRate", body)
        euro = {"value": "EUR"}
        body = {"Name": "Euro Bank", "AccountType": "Bank", "CurrencyRef": euro}
        self.other_bank = self.books.create("Account", body)["Id"]
        seller = self.books.create("Vendor", {"DisplayName": "Vito", "CurrencyRef": euro})["Id"]
        buyer = self.books.create("Customer", {"DisplayName": "Erik", "CurrencyRef": euro})["Id"]
        self.books.create("Bill", purchase_form(seller, expense_line(70)))
        self.books.create("VendorCredit", purchase_form(seller, expense_line("12.34")))
        self.books.create("Invoice", sales_form(buyer, item_line("77.77")))

    def attempt(self, act: Any) -> None:
        """A refusal is an answer too, but it must not change anything."""
        before = _state(self.books)
        self.books.clock.advance(1)
        try:
            act()
        except Fault:
            assert _state(self.books) == before

    def has(self, *entities: str) -> bool:
        return hasattr(self, "books") and all(self.books.tables[entity].rows for entity in entities)

    def pick(self, entity: str, place: int) -> Body:
        rows = sorted(self.books.tables[entity].rows.values(), key=lambda row: int(row.id))
        return rows[place % len(rows)].object if rows else {"Id": "999999", "SyncToken": "0"}

    @rule(place=PLACES, amounts=st.lists(AMOUNTS, min_size=1, max_size=3), days=DAYS)
    def enter_invoice(self, place: int, amounts: list[Decimal], days: int) -> None:
        lines = [item_line(str(amount)) for amount in amounts]
        body = sales_form(self.pick("Customer", place)["Id"], *lines, TxnDate=_day(days))
        self.attempt(lambda: self.books.create("Invoice", body))

    @rule(place=PLACES, amount=AMOUNTS, percent=st.integers(0, 100))
    def enter_discounted_invoice(self, place: int, amount: Decimal, percent: int) -> None:
        detail = {"PercentBased": True, "DiscountPercent": percent}
        discount = {"DetailType": "DiscountLineDetail", "Amount": 0, "DiscountLineDetail": detail}
        body = sales_form(self.pick("Customer", place)["Id"], item_line(str(amount)), discount)
        self.attempt(lambda: self.books.create("Invoice", body))

    @rule(place=PLACES, amount=AMOUNTS, days=DAYS)
    def enter_credit_memo(self, place: int, amount: Decimal, days: int) -> None:
        body = sales_form(self.pick("Customer", place)["Id"], item_line(str(amount)), TxnDate=_day(days))
        self.attempt(lambda: self.books.create("CreditMemo", body))

    @precondition(lambda self: self.has("Invoice"))
    @rule(invoice=PLACES, share=SHARES, rest=st.just(Decimal(0)) | AMOUNTS, days=DAYS)
    def pay_invoice(self, invoice: int, share: Decimal, rest: Decimal, days: int) -> None:
        document = self.pick("Invoice", invoice)
        part = to_cents(document["Balance"] * share)
        body = self._payment(document, part + rest, [pays(document, str(part))]) | {"TxnDate": _day(days)}
        self.attempt(lambda: self.books.create("Payment", body))

    @precondition(lambda self: self.has("Invoice", "CreditMemo"))
    @rule(invoice=PLACES, memo=PLACES, share=SHARES, cash=st.just(Decimal(0)) | AMOUNTS)
    def apply_credit(self, invoice: int, memo: int, share: Decimal, cash: Decimal) -> None:
        document, source = self.pick("Invoice", invoice), self.pick("CreditMemo", memo)
        credit = to_cents(min(document["Balance"], source["Balance"]) * share)
        cash = min(cash, document["Balance"] - min(credit, document["Balance"]))
        lines = [pays(document, str(credit + cash)), pays(source, str(credit), "CreditMemo")]
        self.attempt(lambda: self.books.create("Payment", self._payment(document, cash, lines)))

    @precondition(lambda self: self.has("Invoice", "Payment"))
    @rule(place=PLACES, invoice=PLACES, share=SHARES, total=st.none() | AMOUNTS, keep=st.booleans())
    def change_payment(self, place: int, invoice: int, share: Decimal, total: Decimal | None, keep: bool) -> None:
        payment, document = self.pick("Payment", place), self.pick("Invoice", invoice)
        part = to_cents(document["Balance"] * share)
        lines = [*(payment["Line"] if keep else []), pays(document, str(part))]
        changes = {"TotalAmt": payment["TotalAmt"] + part if total is None else total, "Line": lines}
        self.attempt(lambda: self.books.update("Payment", {**_key(payment), **changes, "sparse": True}))

    @precondition(lambda self: self.has("Invoice", "CreditMemo"))
    @rule(entity=st.sampled_from(["Invoice", "CreditMemo"]), place=PLACES, amount=AMOUNTS, customer=PLACES)
    def change_document(self, entity: str, place: int, amount: Decimal, customer: int) -> None:
        document = self.pick(entity, place)
        party = document.get("CustomerRef", {"value": "1"})["value"]
        other = self.pick("Customer", customer)["Id"] if customer % 3 == 0 else party
        body = {**_key(document), **sales_form(other, item_line(str(amount)))}
        self.attempt(lambda: self.books.update(entity, body))

    @rule(entity=st.sampled_from(["Bill", "VendorCredit"]), place=PLACES, amount=AMOUNTS, account=ACCOUNTS)
    def enter_bill(self, entity: str, place: int, amount: Decimal, account: str) -> None:
        body = purchase_form(self.pick("Vendor", place)["Id"], expense_line(str(amount), account))
        self.attempt(lambda: self.books.create(entity, body))

    @precondition(lambda self: self.has("Bill", "VendorCredit"))
    @rule(bill=PLACES, credit=PLACES, share=SHARES, used=SHARES, extra=st.just(Decimal(0)) | AMOUNTS)
    def pay_bill(self, bill: int, credit: int, share: Decimal, used: Decimal, extra: Decimal) -> None:
        owed, source = self.pick("Bill", bill), self.pick("VendorCredit", credit)
        part = to_cents(owed["Balance"] * share)
        less = to_cents(min(part, source["Balance"]) * used) if credit % 2 else Decimal(0)
        lines = [pays(owed, str(part), "Bill"), pays(source, str(less), "VendorCredit")]
        if credit % 3 == 0:
            lines.append(pays(owed, 10, "Purchase"))
        body = check_payment(_vendor(owed), part - less + extra, *lines)
        self.attempt(lambda: self.books.create("BillPayment", body))

    @precondition(lambda self: self.has("BillPayment"))
    @rule(place=PLACES, bill=PLACES, share=SHARES)
    def change_bill_payment(self, place: int, bill: int, share: Decimal) -> None:
        payment, owed = self.pick("BillPayment", place), self.pick("Bill", bill)
        part = to_cents(owed["Balance"] * share)
        lines = [*payment["Line"], pays(owed, str(part), "Bill")]
        changes = {"VendorRef": payment["VendorRef"], "TotalAmt": payment["TotalAmt"] + part, "Line": lines}
        self.attempt(lambda: self.books.update("BillPayment", {**_key(payment), **changes, "sparse": True}))

    @precondition(lambda self: self.has("Bill", "VendorCredit"))
    @rule(entity=st.sampled_from(["Bill", "VendorCredit"]), place=PLACES, amount=AMOUNTS)
    def change_bill(self, entity: str, place: int, amount: Decimal) -> None:
        document = self.pick(entity, place)
        body = {**_key(document), **purchase_form(_vendor(document), expense_line(str(amount)))}
        self.attempt(lambda: self.books.update(entity, body))

    @rule(entity=st.sampled_from(RATED), place=PLACES, rate=st.decimals("0.5", "2", places=4))
    def change_rate(self, entity: str, place: int, rate: Decimal) -> None:
        document = self.pick(entity, place)
        party = {name: document[name] for name in ("VendorRef",) if name in document}
        body = {**_key(document), **party, "ExchangeRate": rate, "sparse": True}
        self.attempt(lambda: self.books.update(entity, body))

    @rule(place=PLACES, amount=AMOUNTS, account=ACCOUNTS, credit=st.booleans())
    def spend(self, place: int, amount: Decimal, account: str, credit: bool) -> None:
        name = self.pick(["Vendor", "Customer", "Employee"][place % 3], place)["Id"]
        body = {
            "PaymentType": "CreditCard" if credit else "Check",
            "AccountRef": {"value": self.card if credit else "35"},
            "Credit": credit and place % 2 == 0,
            "EntityRef": {"value": name},
            "Line": [expense_line(str(amount), account)],
        }
        self.attempt(lambda: self.books.create("Purchase", body))

    @rule(entity=st.sampled_from(["SalesReceipt", "RefundReceipt"]), place=PLACES, amount=AMOUNTS)
    def sell_for_cash(self, entity: str, place: int, amount: Decimal) -> None:
        into = {"value": "35" if place % 2 else "4"}
        body = sales_form(self.pick("Customer", place)["Id"], item_line(str(amount)), DepositToAccountRef=into)
        self.attempt(lambda: self.books.create(entity, body))

    @rule(entity=st.sampled_from(["SalesReceipt", "RefundReceipt"]), place=PLACES, amount=AMOUNTS)
    def change_cash_sale(self, entity: str, place: int, amount: Decimal) -> None:
        body = {**_key(self.pick(entity, place)), "Line": [item_line(str(amount))]}
        self.attempt(lambda: self.books.update(entity, body))

    @rule(place=PLACES, amount=AMOUNTS, debit=ACCOUNTS, credit=ACCOUNTS, euro=st.booleans())
    def write_journal(self, place: int, amount: Decimal, debit: str, credit: str, euro: bool) -> None:
        name, type = (self.pick("Vendor", place), "Vendor") if place % 2 else (self.pick("Customer", place), "Customer")
        lines = [
            journal_line("Debit", amount, debit, name["Id"], type),
            journal_line("Credit", amount, credit, name["Id"], type),
        ]
        currency = {"CurrencyRef": {"value": "EUR"}} if euro else {}
        self.attempt(lambda: self.books.create("JournalEntry", {"Line": lines, **currency}))

    @rule(amount=AMOUNTS, name=st.sampled_from(["Gus", "Hal"]), vendor=st.booleans())
    def enter_a_name_with_a_balance(self, amount: Decimal, name: str, vendor: bool) -> None:
        body = {"DisplayName": name, "Balance": amount}
        self.attempt(lambda: self.books.create("Vendor" if vendor else "Customer", body))

    @rule(amount=AMOUNTS, type=st.sampled_from(["Bank", "Credit Card", "Fixed Asset", "Equity", "Income"]))
    def open_an_account_with_a_balance(self, amount: Decimal, type: str) -> None:
        opened = {"OpeningBalance": amount, "OpeningBalanceDate": _day(-30)}
        self.attempt(lambda: self.books.create("Account", {"Name": type, "AccountType": type, **opened}))

    @precondition(lambda self: self.has("Payment"))
    @rule(place=PLACES, by_line=st.sampled_from(["JournalEntry", "Purchase", "Deposit"]), which=PLACES, amount=AMOUNTS)
    def settle_lines(self, place: int, by_line: str, which: int, amount: Decimal) -> None:
        """Whatever posts to somebody's balance, with a payment of theirs, or another's."""
        type = "Expense" if by_line == "Purchase" else by_line
        payment, found = self.pick("Payment", place), self.pick(by_line, which)
        owner = next(iter(owners(Work(self.books), by_line, found)), "1") if "TxnDate" in found else "1"
        charge, credit = self.pick("Invoice", which), self.pick("CreditMemo", which)
        party = {"CustomerRef": {"value": owner if place % 3 else payment["CustomerRef"]["value"]}}
        lines = [pays(found, str(amount), type), pays(charge, str(amount)), pays(credit, str(amount), "CreditMemo")]
        chosen = [lines[:1], lines[:2], [lines[0], lines[2]]][which % 3]
        total = amount if which % 3 == 0 or place % 2 else Decimal(0)
        self.attempt(lambda: self.books.create("Payment", {**party, "TotalAmt": total, "Line": chosen}))

    @precondition(lambda self: self.has("JournalEntry"))
    @rule(place=PLACES, amount=AMOUNTS, turned=st.booleans())
    def change_journal(self, place: int, amount: Decimal, turned: bool) -> None:
        entry = self.pick("JournalEntry", place)
        lines = [_with_amount(line, amount, turned) for line in entry["Line"]]
        self.attempt(lambda: self.books.update("JournalEntry", {**_key(entry), "Line": lines}))

    @precondition(lambda self: self.has("Purchase"))
    @rule(place=PLACES, amount=AMOUNTS, account=ACCOUNTS)
    def change_purchase(self, place: int, amount: Decimal, account: str) -> None:
        spent = self.pick("Purchase", place)
        changes = {"PaymentType": spent["PaymentType"], "Line": [expense_line(str(amount), account)]}
        self.attempt(lambda: self.books.update("Purchase", {**_key(spent), **changes, "sparse": True}))

    @rule(amount=AMOUNTS, source=ACCOUNTS, into=ACCOUNTS, abroad=st.booleans())
    def transfer(self, amount: Decimal, source: str, into: str, abroad: bool) -> None:
        into = self.other_bank if abroad else into
        accounts = {"FromAccountRef": {"value": source}, "ToAccountRef": {"value": into}}
        self.attempt(lambda: self.books.create("Transfer", {**accounts, "Amount": amount}))

    @rule(place=PLACES, receipt=PLACES, amount=AMOUNTS, account=ACCOUNTS, back=st.none() | AMOUNTS)
    def deposit_by_api(self, place: int, receipt: int, amount: Decimal, account: str, back: Decimal | None) -> None:
        detail = {"AccountRef": {"value": account}, "Entity": {"value": self.pick("Customer", place)["Id"]}}
        other = {"Amount": amount, "DetailType": "DepositLineDetail", "DepositLineDetail": detail}
        type = "Payment" if place % 2 else "SalesReceipt"
        held = {"LinkedTxn": [{"TxnId": self.pick(type, receipt)["Id"], "TxnType": type}]}
        bank = {"DepositToAccountRef": {"value": self.other_bank if receipt % 3 == 0 else "35"}}
        body: Body = {**bank, "Line": [other] if receipt % 2 else [held, other]}
        if back is not None:
            body["CashBack"] = {"AccountRef": {"value": "34"}, "Amount": back}
        self.attempt(lambda: self.books.create("Deposit", body))

    @precondition(lambda self: self.has("Deposit"))
    @rule(place=PLACES)
    def take_a_line_out_of_a_deposit(self, place: int) -> None:
        deposit = self.pick("Deposit", place)
        body = {**_key(deposit), "DepositToAccountRef": deposit["DepositToAccountRef"], "Line": deposit["Line"][1:]}
        self.attempt(lambda: self.books.update("Deposit", body))

    @rule(loser=PLACES, winner=PLACES)
    def merge_vendors(self, loser: int, winner: int) -> None:
        ids = (self.pick("Vendor", loser)["Id"], self.pick("Vendor", winner)["Id"])
        self.attempt(lambda: self.books.merge("Vendor", *ids))

    @rule(entity=st.sampled_from(DELETED), place=PLACES)
    def delete(self, entity: str, place: int) -> None:
        self.attempt(lambda: self.books.delete(entity, _key(self.pick(entity, place))))

    @rule(entity=st.sampled_from(VOIDED), place=PLACES)
    def void(self, entity: str, place: int) -> None:
        self.attempt(lambda: self.books.void(entity, _key(self.pick(entity, place))))

    @rule(place=PLACES)
    def void_credit_memo(self, place: int) -> None:
        self.attempt(lambda: self.books.void_credit_memo(self.pick("CreditMemo", place)["Id"]))

    @precondition(lambda self: self.has("Payment"))
    @rule(places=st.lists(PLACES, min_size=1, max_size=2))
    def deposit(self, places: list[int]) -> None:
        ids = list(dict.fromkeys(self.pick("Payment", place)["Id"] for place in places))
        self.attempt(lambda: self.books.make_deposit(ids))

    @precondition(lambda self: self.has("Deposit"))
    @rule(place=PLACES)
    def undeposit(self, place: int) -> None:
        deposit = self.pick("Deposit", place)
        held = deposit["Line"][place % len(deposit["Line"])].get("LinkedTxn", [{"TxnId": "1"}])
        self.attempt(lambda: self.books.undeposit(held[0]["TxnId"]))

    @rule(place=PLACES, name=st.sampled_from(["Anna", "Carla", "bruno", "Job", "Dora"]), active=st.booleans())
    def rename_customer(self, place: int, name: str, active: bool) -> None:
        body = {**_key(self.pick("Customer", place)), "DisplayName": name, "Active": active, "sparse": True}
        self.attempt(lambda: self.books.update("Customer", body))

    @rule(place=PLACES, parent=PLACES, top=st.booleans())
    def move_customer(self, place: int, parent: int, top: bool) -> None:
        ref = None if top else {"value": self.pick("Customer", parent)["Id"]}
        body = {**_key(self.pick("Customer", place)), "ParentRef": ref, "Job": not top, "sparse": True}
        self.attempt(lambda: self.books.update("Customer", body))

    @rule(name=st.sampled_from(["Anna", "Eva", "Fay"]), parent=PLACES)
    def enter_sub_customer(self, name: str, parent: int) -> None:
        body = {"DisplayName": name, "ParentRef": {"value": self.pick("Customer", parent)["Id"]}}
        self.attempt(lambda: self.books.create("Customer", body))

    @rule(place=PLACES)
    def write_off_customer(self, place: int) -> None:
        self.attempt(lambda: self.books.deactivate_customer(self.pick("Customer", place)["Id"]))

    @rule(loser=PLACES, winner=PLACES)
    def merge_customers(self, loser: int, winner: int) -> None:
        ids = (self.pick("Customer", loser)["Id"], self.pick("Customer", winner)["Id"])
        self.attempt(lambda: self.books.merge("Customer", *ids))

    @rule(days=st.sampled_from([None, -20, None, -200]))
    def close_books(self, days: int | None) -> None:
        self.attempt(lambda: self.books.close_books(None if days is None else date.fromisoformat(_day(days))))

    @invariant()
    def books_agree(self) -> None:
        if hasattr(self, "books"):
            assert problems(self.books) == []

    def teardown(self) -> None:
        """What was saved, change by change, is all that is needed to open the same books again."""
        if not hasattr(self, "books"):
            return
        rows = [(entity, id, raw) for (entity, id), raw in self.saved.items() if raw is not None]
        again = Books.load(self.books.realm_id, rows, self.books.clock, Settings())
        assert _state(again) == _state(self.books)

    def _payment(self, document: Body, amount: Decimal, lines: list[Body]) -> Body:
        return {
            "CustomerRef": {"value": document.get("CustomerRef", {"value": "1"})["value"]},
            "TotalAmt": amount,
            "Line": lines,
        }


def _day(offset: int) -> str:
    return (date(2026, 5, 20) + timedelta(days=offset)).isoformat()


def _with_amount(line: Body, amount: Decimal, turned: bool) -> Body:
    detail = line["JournalEntryLineDetail"]
    other = {"Debit": "Credit", "Credit": "Debit"}[detail["PostingType"]]
    posting = other if turned else detail["PostingType"]
    return {**line, "Amount": amount, "JournalEntryLineDetail": {**detail, "PostingType": posting}}


def _vendor(object: Body) -> str:
    return str(object["VendorRef"]["value"]) if "VendorRef" in object else "1"


def _key(object: Body) -> Body:
    return {"Id": object["Id"], "SyncToken": object["SyncToken"]}


def _state(books: Books) -> Any:
    tables = {name: ({**table.rows}, {**table.deleted}) for name, table in books.tables.items()}
    return tables, {**books.counters}


AnySequence.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestAnySequence = AnySequence.TestCase
