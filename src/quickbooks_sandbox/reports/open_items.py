"""What was open on a day, in the home currency: documents less what payments up to then had applied to them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from quickbooks_sandbox.entities.links import document_of, unapplied
from quickbooks_sandbox.entities.posted_lines import BY_LINE, shown_type
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.rates import in_home_currency
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


@dataclass(frozen=True)
class Side:
    """Receivables or payables: whose, and which transactions make them."""

    party: str
    charge: str
    credit: str
    payment: str


RECEIVABLES = Side("Customer", "Invoice", "CreditMemo", "Payment")
PAYABLES = Side("Vendor", "Bill", "VendorCredit", "BillPayment")


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


def open_items(books: Ledger, side: Side, day: str) -> Iterator[OpenItem]:
    """Charges positive, credits and payments not applied negative."""
    work = Work(books)
    items = {**_documents(books, side, day), **_posted_by_line(work, side, day)}
    payments = list(_dated(books, side.payment, day))
    applied: defaultdict[_Target, Decimal] = defaultdict(lambda: ZERO)
    for payment in payments:
        settles = []
        for line in payment["Line"]:
            if target := _target(side, payment, line, items):
                applied[target] += line["Amount"]
                settles.append(line)
        left = in_home_currency(payment, -unapplied(work, payment["TotalAmt"], settles))
        whole = in_home_currency(payment, -payment["TotalAmt"])
        yield OpenItem(_party(side, payment), payment["TxnDate"], left, whole, side.payment, payment)
    for target, item in items.items():
        sign = 1 if item.whole > 0 else -1
        settled = applied[target] + item.object.get("Deposit", ZERO)
        yield replace(item, amount=item.whole - sign * in_home_currency(item.object, settled))


def _documents(books: Ledger, side: Side, day: str) -> dict[_Target, OpenItem]:
    found: dict[_Target, OpenItem] = {}
    for entity, sign in ((side.charge, 1), (side.credit, -1)):
        for one in _dated(books, entity, day):
            whole = in_home_currency(one, sign * one["TotalAmt"])
            due = str(one.get("DueDate") or one["TxnDate"])
            found[entity, one["Id"], ""] = OpenItem(_party(side, one), due, whole, whole, entity, one)
    return found


def _posted_by_line(work: Work, side: Side, day: str) -> dict[_Target, OpenItem]:
    """Transactions that post to a control account line by line, each name's share of them."""
    found: dict[_Target, OpenItem] = {}
    for entity in sorted(set(BY_LINE.values())):
        for one in _dated(work.books, entity, day):
            sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
            for party, moved in work.entity(entity).open_amounts(work, one):
                sums[party] += moved
            for party, amount in sums.items():
                if party in work.books.tables[side.party].rows:
                    target = (shown_type(entity, one), one["Id"], party)
                    whole = in_home_currency(one, amount)
                    found[target] = OpenItem(party, one["TxnDate"], whole, whole, entity, one)
    return found


def _target(side: Side, payment: Object, line: Object, items: Mapping[_Target, OpenItem]) -> _Target | None:
    """What a line of a payment settles, if it is among what is looked at."""
    type, id = document_of(line)
    for party in ("", _party(side, payment)):
        if (type, id, party) in items:
            return type, id, party
    return None


def _party(side: Side, object: Object) -> str:
    return str(object[f"{side.party}Ref"]["value"])


def _dated(books: Ledger, entity: str, day: str) -> Iterator[Object]:
    rows = books.tables[entity].rows.values()
    return (row.object for row in rows if row.object["TxnDate"] <= day)
