"""Deposit: what was received, put into the bank; what lay in Undeposited Funds is locked by it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.entities.accounts_used import undeposited_funds
from quickbooks_sandbox.entities.control import Posted, balances_moved, find_party, require_party, require_type
from quickbooks_sandbox.entities.foreign import choose_currency, require_home_or, show_home_amounts
from quickbooks_sandbox.entities.form_fields import DATED, PLACE
from quickbooks_sandbox.entities.line_ids import LineIds
from quickbooks_sandbox.entities.links import release_lines
from quickbooks_sandbox.entities.people import home_currency
from quickbooks_sandbox.entities.transaction import Transaction, refuse_closed
from quickbooks_sandbox.faults import business, fault, not_modelled
from quickbooks_sandbox.ledger.entity import resolve
from quickbooks_sandbox.ledger.fields import (
    HEADER,
    anything,
    is_blank,
    number,
    objects,
    parts,
    party,
    read_whole,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.ledger.numbers import ZERO, money, total
from quickbooks_sandbox.ledger.rates import in_home_currency
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: What can lie in Undeposited Funds.
DEPOSITABLE = ("Payment", "SalesReceipt")

_ACCOUNT = ref("AccountRef", "Account")
_CASH_BACK = (_ACCOUNT, number("Amount"), text("Memo", 4000))
_LINE = (text("Id", 20), text("Description", 4000), number("Amount"))
_DETAIL = (
    party("Entity"),
    _ACCOUNT,
    ref("PaymentMethodRef", "PaymentMethod"),
    ref("ClassRef", "Class"),
    text("CheckNum", 21),
)


class Deposit(Transaction):
    name = "Deposit"
    fields = (
        ref("DepositToAccountRef", "Account"),
        parts("CashBack", *_CASH_BACK),
        shown_only("TotalAmt", queryable=True),
        shown_only("HomeTotalAmt"),
        *HEADER,
        *DATED,
        objects("Line"),
        anything("TxnTaxDetail"),
        *PLACE,
        text("TxnSource"),
    )
    dropped = ("RecurDataRef", "DocNumber", "LinkedTxn", "RecurringInfo", "TxnStatus")
    required = ("DepositToAccountRef", "Line")
    resent = ("DepositToAccountRef",)
    operations = frozenset({"create", "read", "update", "delete", "query"})
    counts_lists = True

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        self.begin(work, new, old)
        for name in ("TxnTaxDetail", "GlobalTaxCalculation"):
            new.pop(name, None)
        self.resolve_references(work, new, old)
        require_type(work, new["DepositToAccountRef"]["value"], "Bank", "Other Current Asset")
        choose_currency(work, new, old, new["DepositToAccountRef"]["value"])
        before = (old or {}).get("Line", [])
        if new["Line"] is not before:
            new["Line"] = _Lines(work, new, before, self.last_line_id(work, new)).read(new["Line"])
        if not new["Line"]:
            raise fault("2020", field="Line")
        self._complete_cash_back(work, new)
        new["TotalAmt"] = money(total(line["Amount"] for line in new["Line"]) - _cash_back(new))
        if new["TotalAmt"] < 0:
            raise business("The total of a transaction must be 0 or greater.")
        show_home_amounts(new)

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        """What lies in the deposit shows it; what was taken out does not any more."""
        release_lines(work, self.name, new, old)
        before, after = linked(old), linked(new)
        for document in before - after:
            held = work.existing(*document)
            work.edit(document[0], {name: value for name, value in held.items() if name != "LinkedTxn"})
        for document in sorted(after - before):
            link = {"TxnId": (new or {})["Id"], "TxnType": "Deposit"}
            work.edit(document[0], {**work.existing(*document), "LinkedTxn": [link]})

    def before_delete(self, work: Work, old: Object) -> None:
        refuse_closed(work, old["TxnDate"])

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        return balances_moved(work, _posted(object))

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["DepositToAccountRef"]["value"], object["TotalAmt"]
        if "CashBack" in object:
            yield object["CashBack"]["AccountRef"]["value"], object["CashBack"]["Amount"]
        for account, _, debit in _posted(object):
            yield account, debit
        held = total(line["Amount"] for line in object["Line"] if line.get("LinkedTxn"))
        if held:
            yield undeposited_funds(work), -held

    def _complete_cash_back(self, work: Work, new: Object) -> None:
        back = new.get("CashBack")
        if back is None:
            return
        self.require({f"CashBack.{name}": back.get(name) for name in ("AccountRef", "Amount")}, *_needed)
        account = resolve(work, _ACCOUNT, back["AccountRef"], back["AccountRef"])
        require_type(work, account["value"], "Bank", "Other Current Asset", "Credit Card", "Equity", "Expense")
        require_home_or(work, account["value"], new["CurrencyRef"]["value"])
        new["CashBack"] = {**back, "AccountRef": account, "Amount": money(back["Amount"])}


_needed = ("CashBack.AccountRef", "CashBack.Amount")


def linked(deposit: Object | None) -> set[tuple[str, str]]:
    """The payments and sales receipts that lie in a deposit."""
    lines = (deposit or {}).get("Line", [])
    links = (line["LinkedTxn"][0] for line in lines if line.get("LinkedTxn"))
    return {(link["TxnType"], link["TxnId"]) for link in links}


def _cash_back(deposit: Object) -> Decimal:
    return Decimal(deposit["CashBack"]["Amount"]) if "CashBack" in deposit else ZERO


def _posted(deposit: Object) -> Iterator[Posted]:
    for line in deposit["Line"]:
        detail = line.get("DepositLineDetail")
        if detail:
            yield detail["AccountRef"]["value"], detail.get("Entity", {}).get("value", ""), -line["Amount"]


class _Lines:
    def __init__(self, work: Work, deposit: Object, before: list[Object], last_id: int) -> None:
        self.work = work
        self.id = deposit.get("Id")
        self.code: str = deposit["CurrencyRef"]["value"]
        self.ids = LineIds(before, last_id)
        self.taken: set[tuple[str, str]] = set()

    def read(self, sent: list[Object]) -> list[Object]:
        return [self._linked(line) if line.get("LinkedTxn") else self._direct(line) for line in sent]

    def _linked(self, line: Object) -> Object:
        type, id = _link(line["LinkedTxn"])
        document = self.work.get(type, id)
        if document is None or (type, id) in self.taken or not self._lies_undeposited(document):
            raise fault("620", id=id)
        if self.code != home_currency(self.work):
            raise not_modelled("a deposit of payments in a foreign currency")
        held = money(in_home_currency(document, document["TotalAmt"]))
        if read_whole(_LINE, line, "Line").get("Amount", held) != held:
            raise business("A payment is deposited whole.")
        self.taken.add((type, id))
        link = {"TxnId": id, "TxnType": type, "TxnLineId": "0"}
        return {"Amount": held, "LinkedTxn": [link]}

    def _lies_undeposited(self, document: Object) -> bool:
        if not document["TotalAmt"] or document["DepositToAccountRef"]["value"] != undeposited_funds(self.work):
            return False
        held_by = [link["TxnId"] for link in document.get("LinkedTxn", [])]
        return held_by in ([], [self.id])

    def _direct(self, line: Object) -> Object:
        if is_blank(line.get("DetailType")):
            raise fault("2020", field="Line.DetailType")
        if line["DetailType"] != "DepositLineDetail":
            raise fault("2170", field="Line.DetailType", value=line["DetailType"])
        common = read_whole(_LINE, line, "Line")
        detail = read_whole(_DETAIL, line.get("DepositLineDetail") or {}, "Line.DepositLineDetail")
        for name, given in (("Amount", common), ("DepositLineDetail.AccountRef", detail)):
            if name.rpartition(".")[2] not in given:
                raise fault("2020", field=f"Line.{name}")
        return {
            "Id": (id := self.ids.of(line)),
            "LineNum": int(id),
            **{name: common[name] for name in ("Description",) if name in common},
            "Amount": money(common["Amount"]),
            "DetailType": "DepositLineDetail",
            "DepositLineDetail": self._detail(detail),
        }

    def _detail(self, detail: Object) -> Object:
        for field in _DETAIL:
            if field.refers_to and field.name in detail:
                detail[field.name] = resolve(self.work, field, detail[field.name])
        if "Entity" in detail:
            entity, found = find_party(self.work, detail["Entity"])
            detail["Entity"] = {"value": found["Id"], "name": self.work.entity(entity).shown_name(found)}
            detail["Entity"]["type"] = entity.upper()
        require_party(self.work, detail["AccountRef"]["value"], detail.get("Entity"), self.code)
        require_home_or(self.work, detail["AccountRef"]["value"], self.code)
        return detail


def _link(links: Any) -> tuple[str, str]:
    if not isinstance(links, list) or len(links) != 1 or not isinstance(links[0], dict):
        raise not_modelled("a deposit line with more than one LinkedTxn")
    type, id = str(links[0].get("TxnType") or ""), str(links[0].get("TxnId") or "")
    if not type or not id:
        raise fault("2020", field="Line.LinkedTxn.TxnId")
    if type not in DEPOSITABLE:
        raise not_modelled(f"a deposit line to {type}")
    return type, id
