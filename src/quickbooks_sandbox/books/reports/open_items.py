"""What was open on a day, in the home currency: documents less what payments up to then had applied to them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quickbooks_sandbox.books.numbers import ZERO
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.books.work import Work
from quickbooks_sandbox.entities.foreign import in_home_currency
from quickbooks_sandbox.entities.links import Document, document_of, unapplied

if TYPE_CHECKING:
    from quickbooks_sandbox.books.company import Books


@dataclass(frozen=True)
class Ledger:
    """Receivables or payables: whose, and which transactions make them."""

    party: str
    charge: str
    credit: str
    payment: str


RECEIVABLES = Ledger("Customer", "Invoice", "CreditMemo", "Payment")
PAYABLES = Ledger("Vendor", "Bill", "VendorCredit", "BillPayment")
#: Transactions that can post to a control account line by line.
_BY_LINE = ("JournalEntry", "Deposit", "Purchase")


@dataclass(frozen=True)
class OpenItem:
    party: str
    due: str
    amount: Decimal


def open_items(books: "Books", ledger: Ledger, day: str) -> Iterator[OpenItem]:
    """Charges positive, credits and payments not applied negative."""
    ref = f"{ledger.party}Ref"
    payments = list(_dated(books, ledger.payment, day))
    documents = {
        (entity, one["Id"]): one for entity in (ledger.charge, ledger.credit) for one in _dated(books, entity, day)
    }
    applied = _applied(payments)
    for key, document in documents.items():
        left = document["TotalAmt"] - applied[key]
        sign = 1 if key[0] == ledger.charge else -1
        due = str(document.get("DueDate") or document["TxnDate"])
        yield OpenItem(document[ref]["value"], due, in_home_currency(document, sign * left))
    work = Work(books)
    for payment in payments:
        lines = [line for line in payment["Line"] if document_of(line) in documents]
        yield OpenItem(
            payment[ref]["value"],
            payment["TxnDate"],
            in_home_currency(payment, -unapplied(work, payment["TotalAmt"], lines)),
        )
    for entity in _BY_LINE:
        for one in _dated(books, entity, day):
            for party, amount in books.registry[entity].open_amounts(work, one):
                if party in books.tables[ledger.party].rows:
                    yield OpenItem(party, one["TxnDate"], amount)


def _dated(books: "Books", entity: str, day: str) -> Iterator[Object]:
    rows = books.tables[entity].rows.values()
    return (row.object for row in rows if row.object["TxnDate"] <= day)


def _applied(payments: list[Object]) -> defaultdict[Document, Any]:
    found: defaultdict[Document, Any] = defaultdict(lambda: ZERO)
    for payment in payments:
        for line in payment["Line"]:
            found[document_of(line)] += line["Amount"]
    return found
