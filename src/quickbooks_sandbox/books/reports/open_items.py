"""What was open on a day, in the home currency: documents less what payments up to then had applied to them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.numbers import ZERO
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.books.work import Work
from quickbooks_sandbox.entities.foreign import in_home_currency
from quickbooks_sandbox.entities.links import document_of, unapplied
from quickbooks_sandbox.entities.posted_lines import BY_LINE, shown_type

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


@dataclass(frozen=True)
class OpenItem:
    party: str
    due: str
    #: What is open of it, and what it came to.
    amount: Decimal
    whole: Decimal
    entity: str
    object: Object


#: A transaction by its TxnType and id, and whose share of it: "" for a document, which is one name's as a whole.
_Target = tuple[str, str, str]


def open_items(books: "Books", ledger: Ledger, day: str) -> Iterator[OpenItem]:
    """Charges positive, credits and payments not applied negative."""
    work = Work(books)
    items = {**_documents(books, ledger, day), **_posted_by_line(work, ledger, day)}
    payments = list(_dated(books, ledger.payment, day))
    applied: defaultdict[_Target, Decimal] = defaultdict(lambda: ZERO)
    for payment in payments:
        settles = []
        for line in payment["Line"]:
            if target := _target(ledger, payment, line, items):
                applied[target] += line["Amount"]
                settles.append(line)
        left = in_home_currency(payment, -unapplied(work, payment["TotalAmt"], settles))
        whole = in_home_currency(payment, -payment["TotalAmt"])
        yield OpenItem(_party(ledger, payment), payment["TxnDate"], left, whole, ledger.payment, payment)
    for target, item in items.items():
        sign = 1 if item.whole > 0 else -1
        yield replace(item, amount=item.whole - sign * in_home_currency(item.object, applied[target]))


def _documents(books: "Books", ledger: Ledger, day: str) -> dict[_Target, OpenItem]:
    found: dict[_Target, OpenItem] = {}
    for entity, sign in ((ledger.charge, 1), (ledger.credit, -1)):
        for one in _dated(books, entity, day):
            whole = in_home_currency(one, sign * one["TotalAmt"])
            due = str(one.get("DueDate") or one["TxnDate"])
            found[entity, one["Id"], ""] = OpenItem(_party(ledger, one), due, whole, whole, entity, one)
    return found


def _posted_by_line(work: Work, ledger: Ledger, day: str) -> dict[_Target, OpenItem]:
    """Transactions that post to a control account line by line, each name's share of them."""
    found: dict[_Target, OpenItem] = {}
    for entity in sorted(set(BY_LINE.values())):
        for one in _dated(work.books, entity, day):
            sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
            for party, amount in work.entity(entity).open_amounts(work, one):
                sums[party] += amount
            for party, whole in sums.items():
                if party in work.books.tables[ledger.party].rows:
                    target = (shown_type(entity, one), one["Id"], party)
                    found[target] = OpenItem(party, one["TxnDate"], whole, whole, entity, one)
    return found


def _target(ledger: Ledger, payment: Object, line: Object, items: Mapping[_Target, OpenItem]) -> _Target | None:
    """What a line of a payment settles, if it is among what is looked at."""
    type, id = document_of(line)
    for party in ("", _party(ledger, payment)):
        if (type, id, party) in items:
            return type, id, party
    return None


def _party(ledger: Ledger, object: Object) -> str:
    return str(object[f"{ledger.party}Ref"]["value"])


def _dated(books: "Books", entity: str, day: str) -> Iterator[Object]:
    rows = books.tables[entity].rows.values()
    return (row.object for row in rows if row.object["TxnDate"] <= day)
