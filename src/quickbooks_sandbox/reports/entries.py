"""What every transaction posts, entry by entry, in the home currency, with what it was for and for whom.

The amounts are those the books post; the lines of a transaction only say more about them. What no line explains, such
as the receivable of an invoice, is an entry of the transaction as a whole.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from quickbooks_sandbox.entities.expense_lines import OF_ITEM, ON_ACCOUNT, posted_account
from quickbooks_sandbox.entities.foreign import home_postings
from quickbooks_sandbox.entities.lines import item_lines
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.rates import in_home_currency
from quickbooks_sandbox.ledger.store import Object, Row
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.reports.daily import posting_kinds
from quickbooks_sandbox.reports.request import Params


class Entry(NamedTuple):
    entity: str
    object: Object
    account: str
    #: Debit less credit.
    debit: Decimal
    #: Who stands beside it: a customer, vendor or employee; "" for nobody.
    name: str
    customer: str
    class_: str
    department: str
    item: str
    #: The line it comes from, if one.
    line: Object | None

    @property
    def dated(self) -> str:
        return str(self.object["TxnDate"])


#: An account and its amount, the line it comes from and that line's detail.
_Explained = tuple[str, Decimal, Object | None, Object]


def dated_rows(books: Ledger, start: str, end: str) -> Iterator[tuple[Entity, Row]]:
    for rules in posting_kinds(books):
        for row in books.tables[rules.name].rows.values():
            if start <= row.object["TxnDate"] <= end:
                yield rules, row


def sale_entries(entity: str, object: Object) -> Iterator[Entry]:
    """Of a sales form only what its lines sold and its discounts took off."""
    return (_entry(entity, object, explained) for explained in _sales(object, object["Line"], SALES[entity]))


def entries_of(work: Work, rules: Entity, object: Object) -> list[Entry]:
    posted: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    row = work.row(rules.name, object["Id"])
    exchange = row.internal.get("exchange", ZERO) if row else ZERO
    for account, debit in home_postings(work, object, rules.postings(work, object), exchange):
        posted[account] += debit
    made = []
    for explained in _explained(work, rules.name, object):
        posted[explained[0]] -= explained[1]
        made.append(_entry(rules.name, object, explained))
    rest = [_entry(rules.name, object, (account, debit, None, {})) for account, debit in posted.items() if debit]
    return [*rest, *(one for one in made if one.debit)]


def party_of(object: Object) -> tuple[str, str]:
    """The name and the id of who a transaction is with."""
    for member in ("CustomerRef", "VendorRef", "EntityRef"):
        if member in object:
            return object[member].get("name", ""), object[member]["value"]
    return "", ""


class Filter:
    """Whether an entry is one that the report is asked for."""

    def __init__(self, params: Params) -> None:
        self.names = params.ids("vendor") | params.ids("employee")
        self.wanted = [
            (place, params.ids(name))
            for name, place in (("customer", "customer"), ("class", "class_"), ("department", "department"))
            if params.ids(name)
        ]
        if params.ids("item"):
            self.wanted.append(("item", params.ids("item")))
        if self.names:
            self.wanted.append(("name", self.names))

    def __call__(self, entry: Entry) -> bool:
        return all(getattr(entry, place) in ids for place, ids in self.wanted)

    def may_keep(self, entity: str, object: Object) -> bool:
        """Whether an entry of a transaction can be kept, told without working out its entries."""
        if entity in SALES or entity == "Payment":
            whose, member = "customer", "CustomerRef"
        elif entity in ("Bill", "VendorCredit", "BillPayment"):
            whose, member = "name", "VendorRef"
        else:
            return True
        return all(place != whose or object.get(member, {}).get("value") in ids for place, ids in self.wanted)

    @property
    def is_open(self) -> bool:
        return not self.wanted


def _entry(entity: str, object: Object, explained: _Explained) -> Entry:
    account, debit, line, detail = explained
    beside = _id(detail.get("Entity", {}).get("EntityRef") or detail.get("Entity"))
    customer = _id(detail.get("CustomerRef")) or _id(object.get("CustomerRef")) or beside
    return Entry(
        entity,
        object,
        account,
        debit,
        beside or party_of(object)[1],
        customer,
        _id(detail.get("ClassRef")) or _id(object.get("ClassRef")),
        _id(detail.get("DepartmentRef")) or _id(object.get("DepartmentRef")),
        _id(detail.get("ItemRef")),
        line,
    )


def _id(ref: Object | None) -> str:
    return str(ref["value"]) if ref else ""


def _explained(work: Work, entity: str, object: Object) -> Iterator[_Explained]:
    lines = object.get("Line", ())
    if entity in SALES:
        yield from _sales(object, lines, SALES[entity])
    elif entity in _EXPENSES:
        sign = -1 if object.get("Credit") else _EXPENSES[entity]
        yield from _expenses(work, object, lines, sign)
    elif entity == "JournalEntry":
        yield from _journal(object, lines)
    elif entity == "Deposit":
        yield from _deposited(object, lines)


#: Whether their lines credit (-1) or debit (+1) the accounts they name.
SALES = {"Invoice": -1, "SalesReceipt": -1, "CreditMemo": 1, "RefundReceipt": 1}
_EXPENSES = {"Bill": 1, "Purchase": 1, "VendorCredit": -1}


def _sales(object: Object, lines: list[Object], sign: int) -> Iterator[_Explained]:
    for line in item_lines(lines):
        detail = line["SalesItemLineDetail"]
        if "ItemAccountRef" in detail:
            debit = in_home_currency(object, sign * line["Amount"])
            yield detail["ItemAccountRef"]["value"], debit, line, detail
    for line in lines:
        if line["DetailType"] == "DiscountLineDetail":
            detail = line["DiscountLineDetail"]
            debit = in_home_currency(object, -sign * line["Amount"])
            yield detail["DiscountAccountRef"]["value"], debit, line, detail


def _expenses(work: Work, object: Object, lines: list[Object], sign: int) -> Iterator[_Explained]:
    for line in lines:
        detail = line.get(ON_ACCOUNT) or line.get(OF_ITEM)
        if detail:
            yield posted_account(work, line), in_home_currency(object, sign * line["Amount"]), line, detail


def _journal(object: Object, lines: list[Object]) -> Iterator[_Explained]:
    for line in lines:
        detail = line.get("JournalEntryLineDetail")
        if detail:
            sign = 1 if detail["PostingType"] == "Debit" else -1
            yield detail["AccountRef"]["value"], in_home_currency(object, sign * line["Amount"]), line, detail


def _deposited(object: Object, lines: list[Object]) -> Iterator[_Explained]:
    for line in lines:
        detail = line.get("DepositLineDetail")
        if detail:
            yield detail["AccountRef"]["value"], in_home_currency(object, -line["Amount"]), line, detail
