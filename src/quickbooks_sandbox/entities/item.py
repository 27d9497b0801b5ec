"""Item: what is sold. What is sold and bought of an inventory item moves its quantity on hand."""

from quickbooks_sandbox.entities.expense_lines import OF_ITEM, bought_on
from quickbooks_sandbox.entities.names import NameList
from quickbooks_sandbox.entities.plans import require_plus
from quickbooks_sandbox.faults import fault, not_modelled
from quickbooks_sandbox.ledger.fields import (
    HEADER,
    anything,
    boolean,
    choice,
    date,
    number,
    read_whole,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.ledger.numbers import plain
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_MEMBER = (ref("ItemRef", "Item"), number("Qty"))
_INVENTORY_NEEDS = ("QtyOnHand", "InvStartDate", "AssetAccountRef", "ExpenseAccountRef", "IncomeAccountRef")
_LARGEST_PRICE = 99_999_999_999
_ACCOUNT_TYPES = {
    "ExpenseAccountRef": ("Cost of Goods Sold", "Expense", "Other Expense", "Income", "Other Income", "Fixed Asset"),
    "IncomeAccountRef": ("Income", "Other Income", "Expense", "Other Expense", "Cost of Goods Sold"),
    "AssetAccountRef": ("Other Current Asset",),
}


class Item(NameList):
    name = "Item"
    fields = (
        text("Name", 100, queryable=True),
        text("Sku", 100, queryable=True),
        text("Description", 4000, queryable=True),
        boolean("Active", queryable=True),
        boolean("SubItem", queryable=True),
        ref("ParentRef", queryable=True),
        shown_only("Level", queryable=True),
        shown_only("FullyQualifiedName", queryable=True),
        boolean("Taxable", queryable=True),
        boolean("SalesTaxIncluded"),
        number("UnitPrice", queryable=True),
        choice("Type", "Service", "NonInventory", "Inventory", "Category", "Group", queryable=True, kept=True),
        ref("IncomeAccountRef", "Account"),
        text("PurchaseDesc", 1000),
        boolean("PurchaseTaxIncluded"),
        number("PurchaseCost", queryable=True),
        ref("ExpenseAccountRef", "Account"),
        ref("AssetAccountRef", "Account", kept=True),
        ref("SalesTaxCodeRef", "TaxCode"),
        ref("PurchaseTaxCodeRef", "TaxCode"),
        ref("ClassRef", "Class"),
        ref("PrefVendorRef", "Vendor"),
        ref("TaxClassificationRef"),
        boolean("TrackQtyOnHand", kept=True),
        number("QtyOnHand", queryable=True, kept=True),
        number("ReorderPoint"),
        date("InvStartDate", kept=True),
        anything("ItemGroupDetail"),
        boolean("PrintGroupedItems"),
        text("ItemCategoryType", 100),
        text("ServiceType", 100),
        boolean("DeferredRevenue"),
        *HEADER,
    )
    required = ("Name",)
    dropped = ("Source", "UQCDisplayText", "UQCId", "AbatementRate", "ReverseChargeRate", "ManPartNum", "Rate")
    indexed = ("Name", "FullyQualifiedName", "ParentRef", "Sku")
    id_sequence = "items"
    default_order = "FullyQualifiedName"
    sub_flag = "SubItem"

    def shown_name(self, object: Object) -> str:
        return str(object["Name"])

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        self._complete_type(work, new, old)
        self._refuse_flag_without_parent(new)
        self.complete_name(work, new, old)
        if not new["SubItem"]:
            new.pop("SubItem")
        self.resolve_references(work, new, old)
        if old is not None and bought_on(new) != bought_on(old):
            _refuse_if_bought(work, new)
        _check_accounts(work, new, old)
        if new["Type"] == "Group":
            _complete_members(work, new)
        self._fill_defaults(new)

    def _complete_type(self, work: Work, new: Object, old: Object | None) -> None:
        type = new.setdefault("Type", "Service")
        if type == "Service" or (type == "NonInventory" and "ExpenseAccountRef" not in new):
            self.require(new, "IncomeAccountRef")
        if type == "Inventory":
            require_plus(work, "Inventory items")
            self.require(new, *_INVENTORY_NEEDS)
            new.setdefault("TrackQtyOnHand", True)
        if old is not None and old["TrackQtyOnHand"] and not new.get("TrackQtyOnHand"):
            raise fault("6000", text="An inventory item cannot stop tracking its quantity.")

    def _refuse_flag_without_parent(self, new: Object) -> None:
        if new.get("SubItem") and "ParentRef" not in new:
            raise fault("6150")

    def _fill_defaults(self, new: Object) -> None:
        new.setdefault("Taxable", False)
        for name in ("UnitPrice", "PurchaseCost"):
            new[name] = plain(new.get(name, 0))
            if new[name] > _LARGEST_PRICE:
                raise fault("2240", field=name, value=new[name])
        new.setdefault("TrackQtyOnHand", False)
        new.setdefault("DeferredRevenue", False)


def _complete_members(work: Work, new: Object) -> None:
    """The items of a bundle, by name and type; a bundle holds no bundle."""
    lines = (new.get("ItemGroupDetail") or {}).get("ItemGroupLine")
    if not isinstance(lines, list) or not lines:
        raise fault("2020", field="ItemGroupDetail.ItemGroupLine")
    shown = []
    for line in lines:
        read = read_whole(_MEMBER, line, "ItemGroupDetail.ItemGroupLine")
        if "ItemRef" not in read:
            raise fault("2020", field="ItemGroupDetail.ItemGroupLine.ItemRef")
        item = work.get("Item", read["ItemRef"]["value"])
        if item is None or item["Type"] in ("Group", "Category"):
            raise fault("2500")
        ref = {"value": item["Id"], "name": item["Name"], "type": item["Type"]}
        shown.append({"ItemRef": ref, "Qty": plain(read.get("Qty", 1))})
    new["ItemGroupDetail"] = {"ItemGroupLine": shown}


def _refuse_if_bought(work: Work, item: Object) -> None:
    """QuickBooks asks a person whether what was bought so far moves to the other account too."""
    for entity in ("Bill", "VendorCredit", "Purchase"):
        for document in work.all(entity):
            if any(line.get(OF_ITEM, {}).get("ItemRef", {}).get("value") == item["Id"] for line in document["Line"]):
                raise not_modelled("changing the account that an item was bought on")


def _check_accounts(work: Work, new: Object, old: Object | None) -> None:
    for name, allowed in _ACCOUNT_TYPES.items():
        if name in new and new[name] != (old or {}).get(name):
            account = work.get("Account", new[name]["value"])
            if account is None or account["AccountType"] not in allowed:
                raise fault("6430")
