"""What is in stock: how much of each item, and what it is worth at its purchase cost."""

from collections.abc import Iterator
from decimal import Decimal

from quickbooks_sandbox.ledger.numbers import CENT, ZERO, to_cents, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.reports.cells import shown_type
from quickbooks_sandbox.reports.entries import dated_rows, party_of
from quickbooks_sandbox.reports.profit_and_loss import dated
from quickbooks_sandbox.reports.request import DATED, Params
from quickbooks_sandbox.reports.shape import Column, amount, cells, data, grand_total, section, whole

_USUAL_SPAN = "this month-to-date"
_DETAIL = (
    ("Date", "tx_date"),
    ("Transaction Type", "txn_type"),
    ("Num", "doc_num"),
    ("Name", "name"),
    ("Qty", "quantity"),
    ("Rate", "rate"),
    ("Inventory Cost", "inventory_cost"),
    ("Qty on Hand", "qty_on_hand"),
    ("Asset Value", "asset_value"),
)
#: A transaction and the quantity it moves.
_Moved = tuple[str, Object, Decimal]


def inventory_valuation_summary(params: Params) -> Object:
    params.allow("report_date", *DATED, "item")
    day = params.day("report_date", params.today).isoformat()
    rows, worth = [], ZERO
    for item in _items(params):
        quantity = _quantity_after(params, item, day)
        value = to_cents(quantity * _cost(item))
        worth += value
        if quantity:
            shown = (item["FullyQualifiedName"], item["Id"])
            rows.append(data(shown, item.get("Sku", ""), _many(quantity), amount(value), amount(_cost(item))))
    if rows:
        rows.append(grand_total("TOTAL", "", "", amount(worth), ""))
    titles = (("", "ProductsAndService"), ("SKU", "String"), ("Qty", "Quantity"))
    columns = [Column(*one) for one in (*titles, ("Asset Value", "Money"), ("Avg Cost", "Money"))]
    return whole(params, columns, rows, {"EndPeriod": day}, {"report_date": day})


def inventory_valuation_detail(params: Params) -> Object:
    params.allow(*DATED, "item")
    span = params.span(_USUAL_SPAN)
    rows = []
    for item in _items(params):
        moved = sorted(_moved(params, item, span.start.isoformat(), span.end.isoformat()), key=_by_date)
        if moved:
            rows.append(_item_section(params, item, moved))
    return whole(params, [Column(*one) for one in _DETAIL], rows, dated(params, span, _USUAL_SPAN))


def _item_section(params: Params, item: Object, moved: list[_Moved]) -> Object:
    name, cost = str(item["FullyQualifiedName"]), _cost(item)
    on_hand = _quantity_after(params, item, moved[0][1]["TxnDate"], including=False)
    below = []
    for entity, object, quantity in moved:
        on_hand += quantity
        number = object.get("DocNumber", "")
        head = (object["TxnDate"], (shown_type(entity, object), object["Id"]), number, party_of(object))
        money = (amount(cost), amount(to_cents(quantity * cost)))
        below.append(data(*head, _many(quantity), *money, _many(on_hand), amount(to_cents(on_hand * cost))))
    change = total(quantity for _, _, quantity in moved)
    blank = [""] * 3
    foot = [f"Total for {name}", *blank, _many(change), "", amount(to_cents(change * cost)), _many(on_hand)]
    return section(
        cells((name, item["Id"]), *blank, *blank, "", ""), below, cells(*foot, amount(to_cents(on_hand * cost)))
    )


def _items(params: Params) -> list[Object]:
    wanted = params.ids("item")
    items = (row.object for row in params.books.tables["Item"].rows.values())
    found = [one for one in items if one["Type"] == "Inventory" and (not wanted or one["Id"] in wanted)]
    return sorted(found, key=lambda one: str(one["FullyQualifiedName"]).casefold())


def _moved(params: Params, item: Object, start: str, end: str) -> Iterator[_Moved]:
    for rules, row in dated_rows(params.books, start, end):
        quantity = total(many for id, many in rules.quantities(row.object) if id == item["Id"])
        if quantity:
            yield rules.name, row.object, quantity


def _quantity_after(params: Params, item: Object, day: str, *, including: bool = True) -> Decimal:
    """What is on hand now, less what was moved since."""
    since = (many for _, one, many in _moved(params, item, day, "9999") if one["TxnDate"] > day or not including)
    return Decimal(item["QtyOnHand"]) - total(since)


def _cost(item: Object) -> Decimal:
    return Decimal(item["PurchaseCost"])


def _many(quantity: Decimal) -> str:
    return str(quantity.quantize(CENT))


def _by_date(one: _Moved) -> tuple[str, int]:
    return str(one[1]["TxnDate"]), int(one[1]["Id"])
