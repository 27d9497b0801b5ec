"""Lines of what was bought: on an account, or of an item."""

from decimal import Decimal
from typing import Any

from quickbooks_sandbox.entities.global_tax import LineTax
from quickbooks_sandbox.entities.line_ids import LineIds
from quickbooks_sandbox.faults import fault, not_modelled
from quickbooks_sandbox.ledger.entity import resolve
from quickbooks_sandbox.ledger.fields import (
    Field,
    anything,
    choice,
    is_blank,
    number,
    read_whole,
    ref,
    text,
)
from quickbooks_sandbox.ledger.numbers import money, plain, to_cents
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

ON_ACCOUNT, OF_ITEM = "AccountBasedExpenseLineDetail", "ItemBasedExpenseLineDetail"

_LINE = (text("Id", 20), text("Description", 4000), number("Amount"))
_CUSTOMER, _CLASS = ref("CustomerRef", "Customer"), ref("ClassRef", "Class")
_COMMON = (
    _CUSTOMER,
    _CLASS,
    choice("BillableStatus", "Billable", "NotBillable", "HasBeenBilled"),
    ref("TaxCodeRef"),
    number("TaxInclusiveAmt"),
    anything("MarkupInfo"),
)
_ACCOUNT, _ITEM = ref("AccountRef", "Account"), ref("ItemRef", "Item")
_DETAIL: dict[str, tuple[Field, ...]] = {
    ON_ACCOUNT: (_ACCOUNT, *_COMMON),
    OF_ITEM: (_ITEM, number("UnitPrice"), number("Qty"), *_COMMON),
}
_KNOWN = {
    *("Id", "LineNum", "Description", "Amount", "Received", "LinkedTxn", "DetailType", "CustomField", "ProjectRef"),
    *(ON_ACCOUNT, OF_ITEM, "LineEx", "CustomExtensions", "DescriptionLineDetail"),
}


class ExpenseLineReader:
    def __init__(self, work: Work, before: list[Object], last_id: int, tax: LineTax | None = None) -> None:
        self.work = work
        #: Outside the United States, what is worked out for each line.
        self.tax = tax
        self.ids = LineIds(before, last_id)

    def read(self, sent: list[Object]) -> list[Object]:
        return [self._read(line, place) for place, line in enumerate(sent, 1)]

    def _read(self, line: Object, place: int) -> Object:
        kind = self._kind(line)
        common = read_whole(_LINE, line, "Line")
        if "Amount" not in common:
            raise fault("2020", field="Line.Amount")
        detail = read_whole(_DETAIL[kind], line.get(kind) or {}, f"Line.{kind}")
        before = self.ids.earlier(line).get(kind, {})
        shown = self._billed(detail, before)
        amount, taxed = self._taxed(common["Amount"], detail)
        what = self._account(detail, before) if kind == ON_ACCOUNT else self._item(common["Amount"], detail, before)
        return {
            "Id": self.ids.of(line),
            "LineNum": place,
            **{name: common[name] for name in ("Description",) if name in common},
            "Amount": money(amount),
            "DetailType": kind,
            kind: {**what, **shown, **taxed},
        }

    def _kind(self, line: Object) -> str:
        if is_blank(line.get("DetailType")):
            raise fault("2020", field="Line.DetailType")
        for name in line:
            if name not in _KNOWN:
                text = f'Unrecognized field "{name}" (class com.intuit.schema.finance.v3.Line), not marked as ignorable'
                raise fault("2010", text=text)
        if line.get("LinkedTxn"):
            raise not_modelled("a purchase line that is linked to another transaction")
        kind = str(line["DetailType"])
        if kind not in _DETAIL:
            raise fault("2170", field="Line.DetailType", value=kind)
        if kind == OF_ITEM and self.work.settings.plan not in ("Plus", "Advanced"):
            raise fault("5030", text="Item lines on purchases need QuickBooks Online Plus or Advanced.")
        return kind

    def _account(self, detail: Object, before: Object) -> Object:
        if "AccountRef" not in detail:
            raise fault("6440")
        return {"AccountRef": resolve(self.work, _ACCOUNT, detail["AccountRef"], before.get("AccountRef"))}

    def _item(self, amount: Decimal, detail: Object, before: Object) -> Object:
        if "ItemRef" not in detail:
            raise fault("6440")
        _check_product(amount, detail)
        shown: Object = {"ItemRef": resolve(self.work, _ITEM, detail["ItemRef"], before.get("ItemRef"))}
        item = self.work.existing("Item", shown["ItemRef"]["value"])
        if bought_on(item) is None:
            raise fault("6430")
        if item["Type"] == "Inventory" and not detail.get("Qty"):
            raise fault("6520")
        return shown | {name: plain(detail[name]) for name in ("UnitPrice", "Qty") if detail.get(name)}

    def _billed(self, detail: Object, before: Object) -> Object:
        """The customer the line is for, and whether it is to be billed on to them."""
        shown: Object = {}
        for field in (_CUSTOMER, _CLASS):
            if field.name in detail:
                shown[field.name] = resolve(self.work, field, detail[field.name], before.get(field.name))
        status = detail.get("BillableStatus") or self._default_status(shown)
        if status == "HasBeenBilled" and before.get("BillableStatus") != status:
            raise fault("6320")
        if status == "Billable" and "CustomerRef" not in shown:
            raise fault("6310")
        return {**shown, "BillableStatus": status}

    def _taxed(self, amount: Decimal, detail: Object) -> tuple[Decimal, Object]:
        """The amount without tax, and what the detail shows of tax."""
        if self.tax is None:
            return amount, {"TaxCodeRef": _tax_code(detail.get("TaxCodeRef"))}
        item = self.work.get("Item", detail.get("ItemRef", {}).get("value", "")) or {}
        return self.tax.of_line(amount, detail, item.get("PurchaseTaxCodeRef"))

    def _default_status(self, shown: Object) -> str:
        return self.work.settings.customer_on_expense_line if "CustomerRef" in shown else "NotBillable"


def bought_on(item: Object) -> str | None:
    """The account that buying the item posts to."""
    name = "AssetAccountRef" if item["Type"] == "Inventory" else "ExpenseAccountRef"
    account = item.get(name, {}).get("value")
    return str(account) if account else None


def posted_account(work: Work, line: Object) -> str:
    if line["DetailType"] == ON_ACCOUNT:
        return str(line[ON_ACCOUNT]["AccountRef"]["value"])
    return str(bought_on(work.existing("Item", line[OF_ITEM]["ItemRef"]["value"])))


def _check_product(amount: Decimal, detail: Object) -> None:
    product = Decimal(detail.get("Qty", 0)) * Decimal(detail.get("UnitPrice", 0))
    if product and to_cents(product) != to_cents(amount):
        raise fault("6070", value=f"{to_cents(amount):,}")


def _tax_code(sent: Any) -> Object:
    code = sent["value"].upper() if sent else "NON"
    if code not in ("TAX", "NON"):
        raise fault("6100")
    return {"value": code}
