"""What a person does in QuickBooks with a click, some of which the API does not offer."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.books.sending import send as send_form
from quickbooks_sandbox.entities import entity_named
from quickbooks_sandbox.faults import Fault
from quickbooks_sandbox.pages.records import Object, record_address

Form = dict[str, str]
#: What a payment can be received for.
PAID = ("Customer", "Invoice")


class Refused(ValueError):
    """Why the act cannot be done, said to the reader."""


def void(books: Books, form: Form) -> str:
    entity, record = _named(books, form)
    if entity == "CreditMemo":
        books.void_credit_memo(record["Id"])
    else:
        with books.person():
            books.void(entity, _version(record))
    return _address(books, entity, record["Id"])


def delete(books: Books, form: Form) -> str:
    entity, record = _named(books, form)
    with books.person():
        books.delete(entity, _version(record))
    return _front(books)


def deposit(books: Books, form: Form) -> str:
    """One payment, or all that wait in Undeposited Funds (of the newest 1,000)."""
    ids = [form["id"]] if form.get("id") else [payment["Id"] for payment in undeposited(books)]
    if not ids:
        raise Refused("No payment waits to be deposited.")
    return _address(books, "Deposit", books.make_deposit(ids)["Id"])


def undeposit(books: Books, form: Form) -> str:
    books.undeposit(form.get("id", ""))
    return _address(books, "Payment", form["id"])


def close_books(books: Books, form: Form) -> str:
    try:
        until = date.fromisoformat(form["until"]) if form.get("until") else None
    except ValueError:
        raise Refused(f"{form['until']!r} is not a date (YYYY-MM-DD).") from None
    books.close_books(until)
    return _front(books)


def deactivate(books: Books, form: Form) -> str:
    entity, record = _named(books, form)
    if entity == "Customer":
        books.deactivate_customer(record["Id"])
    else:
        with books.person():
            books.update(entity, {**_version(record), "sparse": True, "Active": False})
    return _address(books, entity, record["Id"])


def receive_payment(books: Books, form: Form) -> str:
    """For one invoice; or for a customer, whose oldest open invoices are paid first."""
    entity, record = _named(books, form)
    amount = _amount(form.get("amount", ""))
    customer = record["Id"] if entity == "Customer" else record["CustomerRef"]["value"]
    open_ones = [record] if entity == "Invoice" else _open_invoices(books, customer)
    body = {"CustomerRef": {"value": customer}, "TotalAmt": amount, "Line": _applied(open_ones, amount)}
    if form.get("date"):
        body["TxnDate"] = form["date"]
    with books.person():
        return _address(books, "Payment", books.create("Payment", body)["Id"])


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise Refused(f"{text!r} is not an amount.") from None


def _open_invoices(books: Books, customer: str) -> list[Object]:
    where = f"CustomerRef = '{customer}' and Balance > '0'"
    statement = f"select * from Invoice where {where} order by TxnDate maxresults 1000"  # noqa: S608
    return books.query(statement).rows or []


def _applied(invoices: list[Object], amount: Decimal) -> list[Object]:
    lines = []
    for invoice in invoices:
        part = min(amount, invoice["Balance"])
        if part > 0:
            lines.append({"Amount": part, "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]})
            amount -= part
    return lines


def send(books: Books, form: Form) -> str:
    entity, record = _named(books, form)
    send_form(books, entity, record["Id"], form.get("to", "").strip())
    return _address(books, entity, record["Id"])


def merge(books: Books, form: Form) -> str:
    entity, record = _named(books, form)
    winner = books.merge(entity, record["Id"], form.get("into", ""))
    return _address(books, entity, winner["Id"])


ACTS: dict[str, Callable[[Books, Form], str]] = {
    "void": void,
    "delete": delete,
    "deposit": deposit,
    "undeposit": undeposit,
    "close-books": close_books,
    "deactivate": deactivate,
    "merge": merge,
    "receive-payment": receive_payment,
    "send": send,
}


def offered(entity: str, record: Object) -> list[str]:
    """The acts that a record's page shows as buttons."""
    rules = entity_named(entity)
    operations = rules.operations if rules else frozenset()
    acts: list[str] = [act for act in ("void", "delete") if act in operations]
    if entity == "CreditMemo":
        acts.insert(0, "void")
    if entity == "Payment":
        acts.append("undeposit" if is_deposited(record) else "deposit")
    if record.get("Active") and entity in ("Account", "Customer", "Item", "Vendor"):
        acts.append("deactivate")
    if rules and "EmailStatus" in rules.field:
        acts.append("send")
    if entity in ("Customer", "Vendor"):
        acts.append("merge")
    return acts


def is_deposited(payment: Object) -> bool:
    return any(linked["TxnType"] == "Deposit" for linked in payment.get("LinkedTxn", []))


def undeposited(books: Books) -> list[Object]:
    payments = books.query("select * from Payment maxresults 1000").rows or []
    waiting = _undeposited_funds(books)
    return [
        payment
        for payment in payments
        if payment.get("DepositToAccountRef", {}).get("value") == waiting
        and payment["TotalAmt"]
        and not is_deposited(payment)
    ]


def _undeposited_funds(books: Books) -> str:
    accounts = books.query("select * from Account where AccountSubType = 'UndepositedFunds'").rows
    return str(accounts[0]["Id"]) if accounts else ""


def _named(books: Books, form: Form) -> tuple[str, Object]:
    rules = entity_named(form.get("entity", ""))
    if rules is None:
        raise Refused("The form names no entity that the sandbox has.")
    try:
        return rules.name, books.read(rules.name, form.get("id", ""))
    except Fault as fault:
        raise Refused(str(fault)) from None


def _version(record: Object) -> Object:
    return {"Id": record["Id"], "SyncToken": record["SyncToken"]}


def _address(books: Books, entity: str, id_: str) -> str:
    return record_address(books.realm_id, entity, id_)


def _front(books: Books) -> str:
    return f"/app/homepage?realmId={books.realm_id}"
