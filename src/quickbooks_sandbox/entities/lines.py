"""Lines of sales forms. They are read whole or not at all; the subtotal is QuickBooks' own."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.entities.control import refuse_control_account
from quickbooks_sandbox.entities.global_tax import LineTax
from quickbooks_sandbox.entities.line_ids import LineIds
from quickbooks_sandbox.entities.tax import line_tax_code
from quickbooks_sandbox.faults import Faults, fault, not_modelled
from quickbooks_sandbox.ledger.entity import resolve
from quickbooks_sandbox.ledger.fields import (
    Field,
    anything,
    boolean,
    date,
    is_blank,
    number,
    read_parts,
    ref,
    text,
)
from quickbooks_sandbox.ledger.numbers import ZERO, Number, money, plain, to_cents, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_ITEM = ref("ItemRef", "Item")
_CLASS = ref("ClassRef", "Class")
_DISCOUNT_ACCOUNT = ref("DiscountAccountRef", "Account")

_LINE = (text("Id", 20), text("Description", 4000), number("Amount"))
_ITEM_DETAIL = (
    date("ServiceDate"),
    _ITEM,
    _CLASS,
    number("UnitPrice"),
    number("Qty"),
    ref("TaxCodeRef"),
    number("TaxInclusiveAmt"),
)
_DISCOUNT_DETAIL = (
    boolean("PercentBased"),
    number("DiscountPercent"),
    _DISCOUNT_ACCOUNT,
    _CLASS,
    anything("Discount"),
)
_GROUP_ITEM = ref("GroupItemRef", "Item")
_GROUP_DETAIL = (_GROUP_ITEM, number("Quantity"))
_DESCRIPTION_DETAIL = (date("ServiceDate"), ref("TaxCodeRef"))
_KNOWN = {
    *("Id", "LineNum", "Description", "Amount", "Received", "LinkedTxn", "DetailType", "CustomField"),
    *("SalesItemLineDetail", "DiscountLineDetail", "DescriptionLineDetail", "GroupLineDetail"),
    *("SubTotalLineDetail", "SubtotalLineDetail", "LineEx", "CustomExtensions"),
}


@dataclass(frozen=True)
class FormLines:
    """The lines of an answer, and what follows from them."""

    lines: list[Object]
    subtotal: Decimal
    discount: Decimal
    taxable: Decimal


class LineReader:
    def __init__(self, work: Work, customer: Object, before: list[Object], last_id: int) -> None:
        self.work = work
        self.customer = customer
        self.ids = LineIds((line for outer in before for line in (outer, *_inner(outer))), last_id)
        #: Outside the United States, what is worked out for each line.
        self.tax: LineTax | None = None

    def read(self, sent: list[Object], *, tax_after_discount: bool) -> FormLines:
        body: list[Object] = []
        discount: Object | None = None
        for line in sent:
            kind = self._kind(line)
            if kind == "DiscountLineDetail":
                discount = line
            elif kind != "SubTotalLineDetail":
                body.append(self._read(kind, line, len(body) + 1))
        return self._sum_up(body, discount, tax_after_discount)

    def _kind(self, line: Object) -> str:
        if is_blank(line.get("DetailType")):
            raise fault("2020", field="Line.DetailType")
        for name in line:
            if name not in _KNOWN:
                raise fault(
                    "2010",
                    text=f'Unrecognized field "{name}" (class com.intuit.schema.finance.v3.Line), '
                    "not marked as ignorable",
                )
        return str(line["DetailType"])

    def _read(self, kind: str, line: Object, place: int) -> Object:
        readers = {
            "SalesItemLineDetail": self._item_line,
            "DescriptionOnly": self._description_line,
            "GroupLineDetail": self._group_line,
        }
        if kind not in readers:
            raise fault("2170", field="Line.DetailType", value=kind)
        head = {"Id": self.ids.of(line), "LineNum": place}
        read = readers[kind](line)
        return {**head, **{name: value for name, value in read.items() if name not in head}}

    def _item_line(self, line: Object) -> Object:
        common = _parts(_LINE, line, "Line")
        if "Amount" not in common:
            raise fault("2020", field="Line.Amount")
        detail = _parts(_ITEM_DETAIL, line.get("SalesItemLineDetail") or {}, "Line.SalesItemLineDetail")
        amount = self._check_product(common["Amount"], detail)
        item = self._item(line, detail)
        if "ClassRef" in detail:
            detail["ClassRef"] = resolve(self.work, _CLASS, detail["ClassRef"], self._earlier(line, "ClassRef"))
        amount, taxed = self._taxed(amount, detail, item)
        shown: Object = {
            "ItemRef": {"value": item["Id"], "name": item["Name"]},
            **{name: detail[name] for name in ("ClassRef", "ServiceDate") if name in detail},
            **{name: plain(detail[name]) for name in ("UnitPrice", "Qty") if detail.get(name)},
            "ItemAccountRef": item["IncomeAccountRef"],
            **taxed,
        }
        return {
            **{name: common[name] for name in ("Description",) if name in common},
            "Amount": money(amount),
            "DetailType": "SalesItemLineDetail",
            "SalesItemLineDetail": shown,
            "CustomExtensions": [],
        }

    def _taxed(self, amount: Decimal, detail: Object, item: Object) -> tuple[Decimal, Object]:
        """The amount without tax, and what the detail shows of tax."""
        if self.tax is None:
            return amount, {"TaxCodeRef": line_tax_code(self.work, detail.get("TaxCodeRef"), item, self.customer)}
        default = item.get("SalesTaxCodeRef") or self.customer.get("DefaultTaxCodeRef")
        return self.tax.of_line(amount, detail, default)

    def _check_product(self, amount: Decimal, detail: Object) -> Decimal:
        """Intuit: Invoice, Amount. Only a quantity and a price that were both sent can contradict it."""
        if detail.get("Qty") and detail.get("UnitPrice"):
            product = to_cents(Decimal(detail["Qty"]) * Decimal(detail["UnitPrice"]))
            if product != to_cents(amount) and self.work.settings.amount_mismatch == "refuse":
                raise fault("6070", value=f"{to_cents(amount):,}")
            return product
        return amount

    def _item(self, line: Object, detail: Object) -> Object:
        if "ItemRef" not in detail and self.work.settings.line_without_item == "refuse":
            raise fault("2020", field="Line.SalesItemLineDetail.ItemRef")
        chosen = detail.get("ItemRef") or {"value": default_item(self.work)}
        if chosen["value"] == "SHIPPING_ITEM_ID":
            raise not_modelled("a shipping line")
        resolve(self.work, _ITEM, chosen, self._earlier(line, "ItemRef"))
        item = self.work.existing("Item", chosen["value"])
        if item["Type"] in ("Category", "Group") or "IncomeAccountRef" not in item:
            raise fault("2500")
        return item

    def _earlier(self, line: Object, name: str) -> Any:
        return self.ids.earlier(line).get("SalesItemLineDetail", {}).get(name)

    def _description_line(self, line: Object) -> Object:
        common = _parts(_LINE, line, "Line")
        detail = _parts(_DESCRIPTION_DETAIL, line.get("DescriptionLineDetail") or {}, "Line.DescriptionLineDetail")
        return {
            **{name: common[name] for name in ("Description",) if name in common},
            "DetailType": "DescriptionOnly",
            "DescriptionLineDetail": detail,
        }

    def _group_line(self, line: Object) -> Object:
        """A bundle: sold as what it consists of, unless its lines say otherwise."""
        detail = _parts(_GROUP_DETAIL, line.get("GroupLineDetail") or {}, "Line.GroupLineDetail")
        if "GroupItemRef" not in detail:
            raise fault("2020", field="Line.GroupLineDetail.GroupItemRef")
        before = self.ids.earlier(line).get("GroupLineDetail", {})
        ref = resolve(self.work, _GROUP_ITEM, detail["GroupItemRef"], before.get("GroupItemRef"))
        bundle = self.work.existing("Item", ref["value"])
        if bundle["Type"] != "Group":
            raise fault("2500")
        quantity = plain(detail.get("Quantity") or 1)
        sent = _inner(line) or [self._member_line(one, quantity) for one in bundle["ItemGroupDetail"]["ItemGroupLine"]]
        inner = [self._member(one, place) for place, one in enumerate(sent, 1)]
        common = _parts(_LINE, line, "Line")
        return {
            "Description": common.get("Description", bundle.get("Description", bundle["Name"])),
            "Amount": money(total(_amount(one) for one in inner)),
            "DetailType": "GroupLineDetail",
            "GroupLineDetail": {"GroupItemRef": ref, "Quantity": quantity, "Line": inner},
        }

    def _member(self, line: Object, place: int) -> Object:
        kind = self._kind(line)
        if kind not in ("SalesItemLineDetail", "DescriptionOnly"):
            raise fault("2170", field="Line.GroupLineDetail.Line.DetailType", value=kind)
        return self._read(kind, line, place)

    def _member_line(self, member: Object, quantity: Number) -> Object:
        """As many of the item as so many bundles hold, at its price."""
        item = self.work.existing("Item", member["ItemRef"]["value"])
        many = Decimal(member["Qty"]) * quantity
        detail = {"ItemRef": {"value": item["Id"]}, "UnitPrice": item["UnitPrice"], "Qty": many}
        return {
            "Description": item.get("Description", item["Name"]),
            "Amount": to_cents(Decimal(item["UnitPrice"]) * many),
            "DetailType": "SalesItemLineDetail",
            "SalesItemLineDetail": detail,
        }

    def _sum_up(self, body: list[Object], discount: Object | None, tax_after_discount: bool) -> FormLines:
        subtotal = total(_amount(line) for line in body)
        taxable = total(_amount(one) for line in body for one in _taxed(line))
        lines = [*body, {"Amount": money(subtotal), "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}}]
        less = ZERO
        if discount is not None:
            read = self._discount_line(discount, subtotal)
            less = read["Amount"]
            lines.append(read)
        if tax_after_discount and subtotal:
            taxable -= to_cents(less * taxable / subtotal)
        return FormLines(lines, subtotal, less, taxable)

    def _discount_line(self, line: Object, subtotal: Decimal) -> Object:
        detail = _parts(_DISCOUNT_DETAIL, line.get("DiscountLineDetail") or {}, "Line.DiscountLineDetail")
        if isinstance(detail.get("Discount"), dict):
            detail = {**_parts(_DISCOUNT_DETAIL, detail["Discount"], "Line.Discount"), **_truthy(detail)}
        percent = Decimal(detail.get("DiscountPercent", 0))
        common = _parts(_LINE, line, "Line")
        if detail.get("PercentBased") and percent:
            if not 0 <= percent <= 100:
                raise fault("2150", value=percent)
            amount = to_cents(subtotal * percent / 100)
        elif "Amount" in common:
            amount = common["Amount"]
        else:
            raise fault("6090")
        account = detail.get("DiscountAccountRef") or {
            "value": self.work.preference("SalesFormsPrefs", "DefaultDiscountAccount") or ""
        }
        resolved = resolve(self.work, _DISCOUNT_ACCOUNT, account, account)
        refuse_control_account(self.work, resolved["value"])
        shown: Object = {
            "PercentBased": bool(detail.get("PercentBased")),
            "DiscountAccountRef": resolved,
        }
        if shown["PercentBased"]:
            shown["DiscountPercent"] = plain(percent)
        return {"Amount": money(amount), "DetailType": "DiscountLineDetail", "DiscountLineDetail": shown}


def default_item(work: Work) -> str:
    """What a line sells that names no item."""
    others = work.preference("OtherPrefs", "NameValue") or []
    return next((each["Value"] for each in others if each["Name"] == "SalesFormsPrefs.DefaultItem"), "1")


def lines_to_send(lines: list[Object]) -> list[Object]:
    """Stored lines as a request would send them."""
    return [line for line in lines if line["DetailType"] != "SubTotalLineDetail"]


def item_lines(lines: list[Object]) -> list[Object]:
    """Every line that sells an item, those inside bundles too."""
    return [
        one
        for line in lines
        for one in (_inner(line) if "GroupLineDetail" in line else (line,))
        if "SalesItemLineDetail" in one
    ]


def _inner(line: Object) -> list[Object]:
    inner: list[Object] = line.get("GroupLineDetail", {}).get("Line", [])
    return inner


def _taxed(line: Object) -> list[Object]:
    return [
        one
        for one in (_inner(line) or [line])
        if one.get("SalesItemLineDetail", {}).get("TaxCodeRef", {}).get("value") == "TAX"
    ]


def _amount(line: Object) -> Decimal:
    return Decimal(line.get("Amount", ZERO))


def _truthy(detail: Object) -> Object:
    return {name: value for name, value in detail.items() if value and name != "Discount"}


def _parts(fields: tuple[Field, ...], value: Any, path: str) -> Object:
    if not isinstance(value, dict):
        raise fault("2010", text=f"Can not construct an object from the value of {path}")
    faults = Faults()
    found = read_parts(fields, value, faults, path)
    faults.raise_if_any()
    return found
