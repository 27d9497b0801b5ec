"""Invoices, credit memos and the like of the sample company, from what `landscaper.toml` says of them."""

from decimal import Decimal
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.ledger.store import Object


def sales_form(books: Books, entry: dict[str, Any]) -> Object:
    lines = [_item_line(books, line, entry) for line in entry["lines"]]
    if "describe" in entry:
        lines.append({"DetailType": "DescriptionOnly", "Description": entry["describe"]})
    if "bundle" in entry:
        lines.append(_bundle())
    if "discount" in entry:
        detail = {"PercentBased": True, "DiscountPercent": entry["discount"]}
        lines.append({"DetailType": "DiscountLineDetail", "DiscountLineDetail": detail})
    body: Object = {"CustomerRef": {"value": entry["customer"]}, "Line": lines}
    body["CustomerMemo"] = {"value": "Thank you for your business and have a great day!"}
    if "note" in entry:
        body["PrivateNote"] = entry["note"]
    return body


def _item_line(books: Books, line: list[str], entry: dict[str, Any]) -> Object:
    id, quantity, price = line
    item = books.read("Item", id)
    detail: Object = {
        "ItemRef": {"value": id},
        "Qty": Decimal(quantity),
        "UnitPrice": Decimal(price),
        "TaxCodeRef": {"value": "TAX" if entry.get("tax") and item["Taxable"] else "NON"},
    }
    if "class" in entry:
        detail["ClassRef"] = {"value": entry["class"]}
    return {
        "DetailType": "SalesItemLineDetail",
        "Description": item.get("Description", item["Name"]),
        "Amount": Decimal(quantity) * Decimal(price),
        "SalesItemLineDetail": detail,
    }


def _bundle() -> Object:
    return {"DetailType": "GroupLineDetail", "GroupLineDetail": {"GroupItemRef": {"value": "19"}, "Quantity": 1}}
