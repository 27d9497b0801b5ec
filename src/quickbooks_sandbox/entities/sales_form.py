"""What sales forms share: customer, lines, tax, terms, numbers, addresses, totals."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from quickbooks_sandbox.entities.accounts_used import receivable, sales_tax_payable
from quickbooks_sandbox.entities.addresses import copy_addresses, number_addresses
from quickbooks_sandbox.entities.doc_numbers import complete_number
from quickbooks_sandbox.entities.foreign import keep_home_currency, take_currency
from quickbooks_sandbox.entities.global_tax import LineTax, complete_calculation, is_global
from quickbooks_sandbox.entities.lines import FormLines, LineReader, item_lines, lines_to_send
from quickbooks_sandbox.entities.links import complete_balance, let_go
from quickbooks_sandbox.entities.tax import NO_TAX, refuse_inclusive, refuse_unapplicable, tax_detail
from quickbooks_sandbox.entities.transaction import Transaction, refuse_closed, void_note
from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.balances import topmost
from quickbooks_sandbox.ledger.numbers import ZERO, money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class SalesForm(Transaction):
    required: ClassVar[tuple[str, ...]] = ("CustomerRef",)
    indexed = ("CustomerRef", "DocNumber")
    #: +1 where the customer owes the amount, -1 where it is owed to the customer.
    sign: ClassVar[int] = 1

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self._require_lines(work, new)
        self.require(new)
        self.begin(work, new, old)
        refuse_unapplicable(new, old)
        if is_global(work):
            complete_calculation(new)
        else:
            refuse_inclusive(new)
        self.resolve_references(work, new, old)
        customer: Object = {}
        if "CustomerRef" in new:
            customer = work.existing("Customer", new["CustomerRef"]["value"])
            self.complete_currency(work, new, old, customer)
        else:
            keep_home_currency(work, new)
        if old is None or not _keeps_money(new, old):
            self._complete_money(work, new, old, customer)
        else:
            self.complete_balance(work, new, old, new["TotalAmt"])
        _refuse_before_inventory_start(work, new)
        complete_number(work, self.name, new, old)
        number_addresses(work, new, old, "BillAddr", "ShipAddr", "ShipFromAddr")
        copy_addresses(new, customer, "BillAddr", "ShipAddr")
        new["CustomField"] = _custom_fields(work, new.get("CustomField"))
        new.setdefault("PrintStatus", "NeedToPrint")
        new.setdefault("EmailStatus", "NotSet")
        if new["EmailStatus"] == "NeedToSend" and "BillEmail" not in new:
            raise fault("6420")

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        if old is not None:
            let_go(work, self.name, new, old, moved=new is not None and self._moved_away(work, new, old))

    def before_delete(self, work: Work, old: Object) -> None:
        refuse_closed(work, old["TxnDate"])

    def zeroed(self, work: Work, old: Object) -> Object:
        """The document with every amount 0, as voiding leaves it."""
        lines = [_zero_line(line) for line in old["Line"]]
        kept = {name: value for name, value in old.items() if name not in ("HomeTotalAmt", "HomeBalance")}
        return {
            **kept,
            "Line": lines,
            "TxnTaxDetail": NO_TAX,
            "TotalAmt": ZERO,
            "Balance": ZERO,
            "PrivateNote": void_note(work, old),
            **({"LinkedTxn": []} if "LinkedTxn" in old else {}),
        }

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield object["CustomerRef"]["value"], self.sign * object["Balance"]

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        yield self.balance_account(work, object), self.sign * object["TotalAmt"]
        for line in item_lines(object["Line"]):
            yield line["SalesItemLineDetail"]["ItemAccountRef"]["value"], -self.sign * line["Amount"]
        for line in object["Line"]:
            if line["DetailType"] == "DiscountLineDetail":
                account = line["DiscountLineDetail"]["DiscountAccountRef"]["value"]
                yield account, self.sign * line["Amount"]
        tax = object["TxnTaxDetail"]["TotalTax"]
        if tax:
            yield sales_tax_payable(work), -self.sign * tax

    def quantities(self, object: Object) -> Iterable[tuple[str, Decimal]]:
        for line in item_lines(object["Line"]):
            detail = line["SalesItemLineDetail"]
            yield detail["ItemRef"]["value"], -self.sign * Decimal(detail.get("Qty", 0))

    def balance_account(self, work: Work, object: Object) -> str:
        """Where the total stands."""
        return receivable(work, object["CurrencyRef"]["value"])

    def complete_currency(self, work: Work, new: Object, old: Object | None, customer: Object) -> None:
        take_currency(work, new, old, customer)
        receivable(work, new["CurrencyRef"]["value"])

    def complete_balance(self, work: Work, new: Object, old: Object | None, amount: Decimal) -> None:
        new["TotalAmt"] = money(amount)
        complete_balance(work, new, old, moved=old is not None and self._moved_away(work, new, old))

    def _require_lines(self, work: Work, new: Object) -> None:
        empty = new.get("Line") == [] and work.settings.empty_lines == "refuse"
        if new.get("Line") is None or empty:
            self.require({**new, "Line": None}, "Line", *self.required)
        new.setdefault("Line", [])

    def _complete_money(self, work: Work, new: Object, old: Object | None, customer: Object) -> None:
        new.setdefault("ApplyTaxAfterDiscount", False)
        read = self._read_lines(work, new, old, customer)
        sent_tax = new.get("TxnTaxDetail")
        old_tax = (old or {}).get("TxnTaxDetail")
        if is_global(work):
            tax = _line_tax(work, new).of_all(read.lines, _left_to_tax(new, read))
        else:
            tax = tax_detail(work, None if sent_tax is old_tax else sent_tax, old_tax, read.taxable)
        total = read.subtotal - read.discount + tax["TotalTax"]
        if total < 0:
            raise business("The total of a transaction must be 0 or greater.")
        new["Line"] = read.lines
        new["TxnTaxDetail"] = tax
        self.complete_balance(work, new, old, total)

    def _read_lines(self, work: Work, new: Object, old: Object | None, customer: Object) -> FormLines:
        before = (old or {}).get("Line", [])
        reader = LineReader(work, customer, before, self.last_line_id(work, new))
        reader.tax = _line_tax(work, new) if is_global(work) else None
        sent = lines_to_send(before) if new["Line"] is before else new["Line"]
        return reader.read(sent, tax_after_discount=new["ApplyTaxAfterDiscount"])

    def _moved_away(self, work: Work, new: Object, old: Object) -> bool:
        """To a customer for whom its payments cannot be."""
        here, there = (topmost(work, "Customer", each["CustomerRef"]["value"]) for each in (new, old))
        return bool(old.get("LinkedTxn")) and here != there


def _keeps_money(new: Object, old: Object) -> bool:
    """Whether an update sent neither lines nor tax: then not a cent is worked out anew."""
    money_fields = ("Line", "TxnTaxDetail", "ApplyTaxAfterDiscount", "GlobalTaxCalculation")
    return all(new.get(name) is old.get(name) for name in money_fields)


def _line_tax(work: Work, new: Object) -> LineTax:
    return LineTax(work, new["GlobalTaxCalculation"], "Sales")


def _left_to_tax(new: Object, read: FormLines) -> Decimal:
    """The share of the lines that a discount leaves, where tax comes after it."""
    if not new["ApplyTaxAfterDiscount"] or not read.subtotal:
        return Decimal(1)
    return (read.subtotal - read.discount) / read.subtotal


def _custom_fields(work: Work, sent: Any) -> list[Object]:
    """The custom fields that the preferences switch on, with the texts that were sent for them."""
    groups = work.preference("SalesFormsPrefs", "CustomField") or []
    members = [member for group in groups for member in group["CustomField"]]
    names = {member["Name"][-1]: member["StringValue"] for member in members if "SalesCustomName" in member["Name"]}
    texts = {
        str(each.get("DefinitionId")): each["StringValue"]
        for each in sent or []
        if isinstance(each, dict) and each.get("StringValue")
    }
    if set(texts) - set(names):
        raise fault("3000")
    return [
        {"DefinitionId": id, "Name": name, "Type": "StringType"}
        | ({"StringValue": str(texts[id])} if id in texts else {})
        for id, name in sorted(names.items())
    ]


def _refuse_before_inventory_start(work: Work, new: Object) -> None:
    for line in item_lines(new["Line"]):
        item = work.existing("Item", line["SalesItemLineDetail"]["ItemRef"]["value"])
        if item["Type"] == "Inventory" and new["TxnDate"] < item["InvStartDate"]:
            raise fault("6270")


def _zero_line(line: Object) -> Object:
    zeroed = dict(line)
    if "Amount" in line:
        zeroed["Amount"] = ZERO
    detail = line.get("SalesItemLineDetail")
    if detail is not None:
        zeroed["SalesItemLineDetail"] = {
            name: 0 if name in ("UnitPrice", "Qty", "TaxInclusiveAmt") else value for name, value in detail.items()
        }
    if "GroupLineDetail" in line:
        group = line["GroupLineDetail"]
        zeroed["GroupLineDetail"] = {**group, "Line": [_zero_line(one) for one in group["Line"]]}
    return zeroed
