"""TransactionList: one row for each transaction of a period."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.reports.request import Params
from quickbooks_sandbox.books.reports.shape import Column, amount, data, whole
from quickbooks_sandbox.books.store import Object, Row
from quickbooks_sandbox.books.work import Work
from quickbooks_sandbox.entities.foreign import home_postings

if TYPE_CHECKING:
    from quickbooks_sandbox.books.company import Books

#: What a posting on a bank statement came to. Deposited: it lies in a bank deposit, which has a state of its own.
STATES = ("Uncleared", "Cleared", "Reconciled", "Deposited")

_COLUMNS = (
    ("Date", "tx_date"),
    ("Transaction Type", "txn_type"),
    ("Num", "doc_num"),
    ("Posting", "is_no_post"),
    ("Name", "name"),
    ("Memo/Description", "memo"),
    ("Account", "account_name"),
    ("Split", "other_account"),
    ("Amount", "subt_nat_amount"),
)
_SHOWN_TYPE = {
    "CreditMemo": "Credit Memo",
    "VendorCredit": "Vendor Credit",
    "SalesReceipt": "Sales Receipt",
    "RefundReceipt": "Refund",
    "JournalEntry": "Journal Entry",
}


def transaction_list(params: Params) -> Object:
    params.allow("start_date", "end_date", "date_macro", "cleared", "transaction_type", "customer", "vendor", "docnum")
    span = params.span("this month-to-date")
    start, end = span.start.isoformat(), span.end.isoformat()
    state = params.one_of("cleared", STATES[0], *STATES) if "cleared" in params.given else None
    work = params.work
    rows = []
    for entity, row in _transactions(params.books, start, end):
        if (state is None or state_of(row) == state) and _wanted(params, entity, row.object):
            rows.append(_row(work, entity, row.object))
    rows.sort(key=lambda one: [cell["value"] for cell in one["ColData"][:3]])
    return whole(params, [Column(*one) for one in _COLUMNS], rows, {"StartPeriod": start, "EndPeriod": end})


def state_of(row: Row) -> str:
    links = row.object.get("LinkedTxn", [])
    if any(link["TxnType"] == "Deposit" for link in links):
        return "Deposited"
    return str(row.internal.get("cleared", "Uncleared"))


def shown_type(entity: str, object: Object) -> str:
    if entity == "BillPayment":
        return f"Bill Payment ({'Check' if object['PayType'] == 'Check' else 'Credit Card'})"
    if entity == "Purchase":
        if object["PaymentType"] == "CreditCard":
            return "Credit Card Credit" if object.get("Credit") else "Credit Card Expense"
        return "Check" if object["PaymentType"] == "Check" else "Cash Expense"
    return _SHOWN_TYPE.get(entity, entity)


def _transactions(books: "Books", start: str, end: str) -> Iterator[tuple[str, Row]]:
    for rules in books.registry.values():
        if "TxnDate" in rules.field:
            for row in books.tables[rules.name].rows.values():
                if start <= row.object["TxnDate"] <= end:
                    yield rules.name, row


def _wanted(params: Params, entity: str, object: Object) -> bool:
    """Types are asked for without blanks, such as CreditMemo or BillPaymentCheck."""
    types = {type.lower() for type in params.ids("transaction_type")}
    own = shown_type(entity, object).lower().translate(str.maketrans("", "", " ()"))
    if types and not types & {entity.lower(), own}:
        return False
    numbers = params.ids("docnum")
    if numbers and object.get("DocNumber", "") not in numbers:
        return False
    names = params.ids("customer") | params.ids("vendor")
    return not names or _name(object)[1] in names


def _row(work: Work, entity: str, object: Object) -> Object:
    postings = list(home_postings(work, object, work.entity(entity).postings(work, object)))
    account, split, natural = _accounts(work, postings)
    kind = (shown_type(entity, object), object["Id"])
    note = object.get("PrivateNote", "")
    number = object.get("DocNumber") or object.get("PaymentRefNum", "")
    return data(object["TxnDate"], kind, number, "Yes", _name(object), note, account, split, amount(natural))


def _accounts(work: Work, postings: list[tuple[str, Decimal]]) -> tuple[tuple[str, str], tuple[str, str], Decimal]:
    """The first account, what stands against it, and the amount in the first account's natural sign."""
    if not postings:
        return ("", ""), ("", ""), Decimal(0)
    first, debit = postings[0]
    account = work.existing("Account", first)
    others = list(dict.fromkeys(id for id, _ in postings[1:] if id != first))
    split = ("-Split-", "")
    if len(others) == 1:
        split = (work.existing("Account", others[0])["FullyQualifiedName"], others[0])
    sign = 1 if account["Classification"] in ("Asset", "Expense") else -1
    return (account["FullyQualifiedName"], first), split, sign * debit


def _name(object: Object) -> tuple[str, str]:
    for member in ("CustomerRef", "VendorRef", "EntityRef"):
        if member in object:
            return object[member].get("name", ""), object[member]["value"]
    return "", ""
