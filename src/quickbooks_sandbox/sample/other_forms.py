"""What the sample company bought, paid, transferred and journalled."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.sample.sales_forms import sales_form

Entry = dict[str, Any]


class OtherForms:
    def __init__(self, books: Books) -> None:
        self.books = books
        self.made: dict[str, list[str]] = {}

    def kinds(self) -> tuple[tuple[str, Callable[[Entry], None]], ...]:
        """The lists of the file, and what enters one of their entries."""
        return (
            ("bills", self._bill),
            ("vendor_credits", self._vendor_credit),
            ("bill_payments", self._bill_payment),
            ("purchases", self._purchase),
            ("sales_receipts", self._sales_receipt),
            ("refund_receipts", self._refund_receipt),
            ("journal_entries", self._journal_entry),
            ("transfers", self._transfer),
            ("other_deposits", self._deposit),
        )

    def _create(self, entity: str, body: Object) -> None:
        self.made.setdefault(entity, []).append(self.books.create(entity, body)["Id"])

    def _bill(self, entry: Entry) -> None:
        body = {"VendorRef": {"value": entry["vendor"]}, "Line": expense_lines(entry), **_number(entry)}
        if "term" in entry:
            body["SalesTermRef"] = {"value": entry["term"]}
        self._create("Bill", body)

    def _vendor_credit(self, entry: Entry) -> None:
        self._create("VendorCredit", {"VendorRef": {"value": entry["vendor"]}, "Line": expense_lines(entry)})

    def _bill_payment(self, entry: Entry) -> None:
        pays = [_pays("Bill", self.made["Bill"][place - 1], amount) for place, amount in entry["pays"]]
        credits = entry.get("credits", [])
        pays += [_pays("VendorCredit", self.made["VendorCredit"][place - 1], amount) for place, amount in credits]
        body: Object = {"VendorRef": {"value": entry["vendor"]}, "TotalAmt": Decimal(entry["amount"]), "Line": pays}
        if "bank" in entry:
            part = {"BankAccountRef": {"value": entry["bank"]}, "PrintStatus": "PrintComplete"}
            body |= {"PayType": "Check", "CheckPayment": part}
        else:
            body |= {"PayType": "CreditCard", "CreditCardPayment": {"CCAccountRef": {"value": entry["card"]}}}
        self._create("BillPayment", body | _number(entry))

    def _purchase(self, entry: Entry) -> None:
        body = {"AccountRef": {"value": entry["account"]}, "EntityRef": {"value": entry["party"]}, **_number(entry)}
        self._create("Purchase", {**body, "PaymentType": entry["type"], "Line": expense_lines(entry)})

    def _sales_receipt(self, entry: Entry) -> None:
        self._create("SalesReceipt", sales_form(self.books, entry) | _deposited_to(entry))

    def _refund_receipt(self, entry: Entry) -> None:
        self._create("RefundReceipt", sales_form(self.books, entry) | _deposited_to(entry))

    def _journal_entry(self, entry: Entry) -> None:
        self._create("JournalEntry", {"Line": [_journal_line(*line) for line in entry["lines"]]})

    def _transfer(self, entry: Entry) -> None:
        accounts = {"FromAccountRef": {"value": entry["from"]}, "ToAccountRef": {"value": entry["to"]}}
        self._create("Transfer", {**accounts, "Amount": Decimal(entry["amount"])})

    def _deposit(self, entry: Entry) -> None:
        receipts = [self.made["SalesReceipt"][place - 1] for place in entry["receipts"]]
        lines: list[Object] = [{"LinkedTxn": [{"TxnId": id, "TxnType": "SalesReceipt"}]} for id in receipts]
        for account, amount in entry["other"]:
            detail = {"AccountRef": {"value": account}}
            lines.append({"Amount": Decimal(amount), "DetailType": "DepositLineDetail", "DepositLineDetail": detail})
        self._create("Deposit", {"DepositToAccountRef": {"value": "35"}, "Line": lines})


def _number(entry: Entry) -> Object:
    return {"DocNumber": entry["number"]} if "number" in entry else {}


def _deposited_to(entry: Entry) -> Object:
    return {"DepositToAccountRef": {"value": entry["to"]}} if "to" in entry else {}


def _pays(type: str, id: str, amount: str) -> Object:
    return {"Amount": Decimal(amount), "LinkedTxn": [{"TxnId": id, "TxnType": type}]}


def expense_lines(entry: Entry) -> list[Object]:
    billed: Object = {"BillableStatus": "NotBillable"}
    if "customer" in entry:
        billed["CustomerRef"] = {"value": entry["customer"]}
    lines: list[Object] = []
    for account, amount in entry.get("accounts", []):
        detail = {"AccountRef": {"value": account}, **billed}
        kind = "AccountBasedExpenseLineDetail"
        lines.append({"Amount": Decimal(amount), "DetailType": kind, kind: detail})
    for item, quantity, price in entry.get("items", []):
        detail = {"ItemRef": {"value": item}, "Qty": Decimal(quantity), "UnitPrice": Decimal(price), **billed}
        kind = "ItemBasedExpenseLineDetail"
        lines.append({"Amount": Decimal(quantity) * Decimal(price), "DetailType": kind, kind: detail})
    return lines


def _journal_line(account: str, debit: str, credit: str) -> Object:
    detail = {"AccountRef": {"value": account}, "PostingType": "Debit" if debit else "Credit"}
    kind = "JournalEntryLineDetail"
    return {"Amount": Decimal(debit or credit), "DetailType": kind, kind: detail}
