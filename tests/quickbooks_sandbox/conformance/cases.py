"""The cases: what a client does in a row, and would see the same of QuickBooks and of the sandbox."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.quickbooks_sandbox.conformance.steps import Steps

CASES: dict[str, Callable[[Steps], None]] = {}


def case(function: Callable[[Steps], None]) -> Callable[[Steps], None]:
    CASES[function.__name__] = function
    return function


def line(amount: Any, **detail: Any) -> dict[str, Any]:
    return {"DetailType": "SalesItemLineDetail", "Amount": amount, "SalesItemLineDetail": detail}


def customer(steps: Steps, word: str = "Customer") -> Any:
    return steps.post("customer", {"DisplayName": steps.named(word)})["Customer"]


def key(object: Any) -> dict[str, str]:
    return {"Id": object["Id"], "SyncToken": object["SyncToken"]}


@case
def a_customer_lives(steps: Steps) -> None:
    made = customer(steps)
    steps.get(f"customer/{made['Id']}")
    steps.query(f"select * from Customer where DisplayName = '{made['DisplayName']}'")
    sparse = {**key(made), "sparse": True, "Notes": "new", "PrimaryEmailAddr": {"Address": "a@example.com"}}
    changed = steps.post("customer", sparse)["Customer"]
    steps.post("customer", sparse)  # its token is old by now
    full = steps.post("customer", {**key(changed), "DisplayName": made["DisplayName"]})["Customer"]
    gone = steps.post("customer", {**key(full), "sparse": True, "Active": False})["Customer"]
    steps.query(f"select Id from Customer where Id = '{gone['Id']}'")
    steps.query(f"select count(*) from Customer where Active = false and Id = '{gone['Id']}'")


@case
def a_name_is_unique(steps: Steps) -> None:
    made = customer(steps, "Twice")
    steps.post("customer", {"DisplayName": made["DisplayName"].upper()})
    steps.post("vendor", {"DisplayName": made["DisplayName"]})


@case
def an_invoice_is_paid_voided_and_deleted(steps: Steps) -> None:
    who = {"CustomerRef": {"value": customer(steps, "Payer")["Id"]}}
    item = {"ItemRef": {"value": steps.unseen("select * from Item where Type = 'Service'")["Id"]}}
    made = steps.post(
        "invoice", {**who, "Line": [line(20, **item, Qty=2, UnitPrice=10), line(Decimal("5.5"), **item)]}
    )["Invoice"]
    link = {"Amount": Decimal("25.5"), "LinkedTxn": [{"TxnId": made["Id"], "TxnType": "Invoice"}]}
    paid = steps.post("payment", {**who, "TotalAmt": 30, "Line": [link]})["Payment"]
    steps.get(f"invoice/{made['Id']}")
    steps.post("payment", {**key(paid), "sparse": True}, operation="update", include="void")
    now = steps.get(f"invoice/{made['Id']}")["Invoice"]
    voided = steps.post("invoice", key(now), operation="void")["Invoice"]
    steps.post("invoice", key(voided), operation="delete")
    steps.get(f"invoice/{made['Id']}")


@case
def a_bill_is_paid(steps: Steps) -> None:
    vendor = {"VendorRef": {"value": steps.post("vendor", {"DisplayName": steps.named("Vendor")})["Vendor"]["Id"]}}
    account = {"AccountRef": {"value": steps.unseen("select * from Account where AccountType = 'Expense'")["Id"]}}
    detail = {"DetailType": "AccountBasedExpenseLineDetail", "AccountBasedExpenseLineDetail": account}
    made = steps.post("bill", {**vendor, "Line": [{**detail, "Amount": Decimal("12.34")}]})["Bill"]
    bank = {"BankAccountRef": {"value": steps.unseen("select * from Account where AccountType = 'Bank'")["Id"]}}
    link = {"Amount": Decimal("12.34"), "LinkedTxn": [{"TxnId": made["Id"], "TxnType": "Bill"}]}
    pay = {**vendor, "PayType": "Check", "CheckPayment": bank, "TotalAmt": Decimal("12.34"), "Line": [link]}
    steps.post("billpayment", pay)
    now = steps.get(f"bill/{made['Id']}")["Bill"]
    steps.post("bill", key(now), operation="delete")


@case
def statements_are_refused(steps: Steps) -> None:
    for statement in (
        "selekt * from Customer",
        "select * from Nothing",
        "select * from Customer where Nothing = '1'",
        "select * from Customer where Id = '999999999' startposition 0",
        "select * from Customer maxresults 1001",
        "select * from Customer where Id = '1' or Id = '2'",
        "select * from Vendor where PrimaryEmailAddr = 'a@example.com'",
    ):
        steps.query(statement)


@case
def bodies_are_refused(steps: Steps) -> None:
    who = {"CustomerRef": {"value": customer(steps, "Refused")["Id"]}}
    steps.post("customer", {})
    steps.post("customer", {"DisplayName": "a:b"})
    steps.post("customer", {"DisplayName": steps.named("Long"), "Title": "x" * 17})
    steps.post("customer", {"DisplayName": steps.named("Mail"), "PrimaryEmailAddr": {"Address": "nobody"}})
    steps.post("customer", {"DisplayName": steps.named("Odd"), "Nonsense": 1})
    steps.post("invoice", who)
    steps.post("invoice", {**who, "Line": [line(21, Qty=2, UnitPrice=10)]})
    steps.post("invoice", {"CustomerRef": {"value": "999999999"}, "Line": [line(1)]})
    steps.post("payment", who)
    steps.get("customer/999999999")
    steps.get("customer/word")


@case
def a_journal_must_balance(steps: Steps) -> None:
    accounts = [
        steps.unseen(f"select * from Account where AccountType = '{kind}'")["Id"] for kind in ("Expense", "Income")
    ]
    for credit in (5, 4):
        lines = [
            {
                "DetailType": "JournalEntryLineDetail",
                "Amount": amount,
                "JournalEntryLineDetail": {"PostingType": side, "AccountRef": {"value": account}},
            }
            for side, amount, account in zip(("Debit", "Credit"), (5, credit), accounts, strict=True)
        ]
        steps.post("journalentry", {"Line": lines})


@case
def a_batch_does_each_item_for_itself(steps: Steps) -> None:
    create = {"bId": "1", "operation": "create", "Customer": {"DisplayName": steps.named("Batch")}}
    again = {**create, "bId": "2"}
    count = {"bId": "3", "Query": f"select count(*) from Customer where DisplayName = '{steps.named('Batch')}'"}
    steps.post("batch", {"BatchItemRequest": [create]})
    steps.post("batch", {"BatchItemRequest": [again, count]})
    steps.post("batch", {"BatchItemRequest": [{**count, "bId": str(place)} for place in range(31)]})


@case
def a_request_id_is_answered_once(steps: Steps) -> None:
    body = {"DisplayName": steps.named("Once")}
    request_id = steps.named("r").replace(" ", "-")
    for _ in range(2):
        steps.post("customer", body, requestid=request_id)
