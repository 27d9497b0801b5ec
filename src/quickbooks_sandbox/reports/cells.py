"""The columns that lists of transactions can have, by the names clients ask for them by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from quickbooks_sandbox.entities.control import PARTIES
from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object, Row
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.reports.entries import Entry, party_of
from quickbooks_sandbox.reports.request import Params
from quickbooks_sandbox.reports.shape import Cell, Column, amount


@dataclass(frozen=True)
class Subject:
    """What one row shows: a transaction, or one of its entries."""

    work: Work
    entity: str
    object: Object
    entry: Entry | None = None
    account: Cell = ""
    split: Cell = ""
    #: In the natural sense of its account.
    amount: Decimal = ZERO
    #: What is still open, and the running balance, where the report has one.
    open: Decimal = ZERO
    balance: Decimal = ZERO

    def with_balance(self, balance: Decimal) -> "Subject":
        return replace(self, balance=balance)


#: What a posting on a bank statement came to. Deposited: it lies in a bank deposit, which has a state of its own.
STATES = ("Uncleared", "Cleared", "Reconciled", "Deposited")

_SHOWN_TYPE = {
    "CreditMemo": "Credit Memo",
    "VendorCredit": "Vendor Credit",
    "SalesReceipt": "Sales Receipt",
    "RefundReceipt": "Refund",
    "JournalEntry": "Journal Entry",
    "PurchaseOrder": "Purchase Order",
    "TimeActivity": "Time Activity",
    "CreditCardPayment": "Credit Card Payment",
}


def shown_type(entity: str, object: Object) -> str:
    if entity == "BillPayment":
        return f"Bill Payment ({'Check' if object['PayType'] == 'Check' else 'Credit Card'})"
    if entity == "Purchase":
        if object["PaymentType"] == "CreditCard":
            return "Credit Card Credit" if object.get("Credit") else "Credit Card Expense"
        return "Check" if object["PaymentType"] == "Check" else "Cash Expense"
    return _SHOWN_TYPE.get(entity, entity)


def state_of(row: Row) -> str:
    links = row.object.get("LinkedTxn", [])
    if any(link["TxnType"] == "Deposit" for link in links):
        return "Deposited"
    return str(row.internal.get("cleared", "Uncleared"))


def named(work: Work, kinds: Iterable[str], id: str) -> Cell:
    for kind in kinds:
        if id and (found := work.get(kind, id)):
            return work.entity(kind).shown_name(found), id
    return "", ""


def _name(one: Subject) -> Cell:
    return named(one.work, PARTIES, one.entry.name) if one.entry else party_of(one.object)


def _memo(one: Subject) -> str:
    line = one.entry.line if one.entry and one.entry.line else {}
    return str(line.get("Description") or one.object.get("PrivateNote", ""))


def _detail(one: Subject, name: str) -> str:
    line: Object = one.entry.line if one.entry and one.entry.line else {}
    return str(line.get(line.get("DetailType", ""), {}).get(name, ""))


def _ref(one: Subject, member: str) -> Cell:
    ref = one.object.get(member, {})
    return str(ref.get("name", "")), str(ref.get("value", ""))


def _cleared(one: Subject) -> str:
    row = one.work.row(one.entity, one.object["Id"])
    return {"Cleared": "C", "Reconciled": "R"}.get(state_of(row) if row else "", "")


def _kind(one: Subject, member: str, *kinds: str) -> Cell:
    return named(one.work, kinds, getattr(one.entry, member) if one.entry else "")


_Cells = dict[str, tuple[str, Callable[[Subject], Cell]]]

COLUMNS: _Cells = {
    "tx_date": ("Date", lambda one: str(one.object["TxnDate"])),
    "txn_type": ("Transaction Type", lambda one: (shown_type(one.entity, one.object), one.object["Id"])),
    "doc_num": ("Num", lambda one: str(one.object.get("DocNumber") or one.object.get("PaymentRefNum", ""))),
    "is_no_post": ("Posting", lambda one: "Yes" if one.entry or one.account else "No"),
    "name": ("Name", _name),
    "cust_name": ("Customer", lambda one: _kind(one, "customer", "Customer") if one.entry else party_of(one.object)),
    "vend_name": ("Vendor", lambda one: _kind(one, "name", "Vendor") if one.entry else party_of(one.object)),
    "emp_name": ("Employee", lambda one: _kind(one, "name", "Employee")),
    "dept_name": ("Location", lambda one: _ref(one, "DepartmentRef")),
    "klass_name": ("Class", lambda one: _kind(one, "class_", "Class")),
    "item_name": ("Product/Service", lambda one: _kind(one, "item", "Item")),
    "quantity": ("Qty", lambda one: _detail(one, "Qty")),
    "rate": ("Rate", lambda one: _detail(one, "UnitPrice")),
    "memo": ("Memo/Description", _memo),
    "cust_msg": ("Client/Vendor Message", lambda one: str(one.object.get("CustomerMemo", {}).get("value", ""))),
    "account_name": ("Account", lambda one: one.account),
    "other_account": ("Split", lambda one: one.split),
    "split_acc": ("Split", lambda one: one.split),
    "due_date": ("Due Date", lambda one: str(one.object.get("DueDate", ""))),
    "term_name": ("Terms", lambda one: _ref(one, "SalesTermRef")),
    "pmt_mthd": ("Payment Method", lambda one: _ref(one, "PaymentMethodRef")),
    "is_cleared": ("Clr", _cleared),
    "currency": ("Currency", lambda one: str(one.object.get("CurrencyRef", {}).get("value", ""))),
    "exch_rate": ("Exchange Rate", lambda one: str(one.object.get("ExchangeRate", ""))),
    "create_date": ("Create Date", lambda one: str(one.object["MetaData"]["CreateTime"])),
    "last_mod_date": ("Last Modified", lambda one: str(one.object["MetaData"]["LastUpdatedTime"])),
    "debt_amt": ("Debit", lambda one: amount(max(one.entry.debit, ZERO)) if one.entry else ""),
    "credit_amt": ("Credit", lambda one: amount(max(-one.entry.debit, ZERO)) if one.entry else ""),
    "subt_nat_amount": ("Amount", lambda one: amount(one.amount)),
    "subt_amount": ("Amount", lambda one: amount(one.amount)),
    "subt_open_bal": ("Open Balance", lambda one: amount(one.open)),
    "rbal_nat_amount": ("Balance", lambda one: amount(one.balance) or "0.00"),
    "rbal_open_bal": ("Balance", lambda one: amount(one.balance) or "0.00"),
}
#: Columns that are summed up below a section.
_SUMMED: dict[str, Callable[[Subject], Decimal]] = {
    "debt_amt": lambda one: max(one.entry.debit, ZERO) if one.entry else ZERO,
    "credit_amt": lambda one: max(-one.entry.debit, ZERO) if one.entry else ZERO,
    "subt_nat_amount": lambda one: one.amount,
    "subt_amount": lambda one: one.amount,
    "subt_open_bal": lambda one: one.open,
}


class Sheet:
    """The columns of one list: those it usually has, or those that were asked for."""

    def __init__(self, params: Params, *usual: str) -> None:
        asked = [name.strip() for name in params.given.get("columns", "").split(",") if name.strip()]
        self.keys = asked or list(usual)
        for key in self.keys:
            if key not in COLUMNS:
                raise not_modelled(f"{params.report} with the column {key}")

    @property
    def columns(self) -> list[Column]:
        return [Column(COLUMNS[key][0], key) for key in self.keys]

    def cells(self, one: Subject) -> list[Cell]:
        return [COLUMNS[key][1](one) for key in self.keys]

    def head(self, title: Cell) -> list[Cell]:
        return [title, *[""] * (len(self.keys) - 1)]

    def beginning(self, balance: Decimal) -> list[Cell]:
        """The row before the first, with the running balance it starts from."""
        shown = ["", *(amount(balance) or "0.00" if key.startswith("rbal") else "" for key in self.keys[1:])]
        return ["Beginning Balance", *shown[1:]]

    def foot(self, title: str, found: Iterable[Subject]) -> list[Cell]:
        kept = list(found)
        sums = [amount(sum((_SUMMED[key](one) for one in kept), ZERO)) if key in _SUMMED else "" for key in self.keys]
        return [title, *sums[1:]]
