"""What was sold and spent: by customer, product, class and department, and by vendor."""

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import NamedTuple

from quickbooks_sandbox.faults import not_modelled
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.numbers import CENT, ZERO, total
from quickbooks_sandbox.ledger.store import Object, Row
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.reports.columns import Table, divided_by, is_spread, spread
from quickbooks_sandbox.reports.daily import KeptSums
from quickbooks_sandbox.reports.entries import SALES, Entry, Filter, sale_entries
from quickbooks_sandbox.reports.periods import Span
from quickbooks_sandbox.reports.posted import entries
from quickbooks_sandbox.reports.profit_and_loss import EARNED, SPENT, USUAL_SPAN, dated
from quickbooks_sandbox.reports.request import USUAL, Params
from quickbooks_sandbox.reports.shape import Cell, Column, amount, amounts, data, grand_total, whole
from quickbooks_sandbox.reports.tree import Amounts, Tree


class _Sale(NamedTuple):
    """What sales are summed by."""

    customer: str
    class_: str
    department: str


def _sales_of(_work: Work, rules: Entity, row: Row) -> Iterator[tuple[_Sale, Decimal]]:
    for entry in sale_entries(rules.name, row.object):
        yield _Sale(entry.customer, entry.class_, entry.department), entry.debit


#: Debit less credit in the home currency.
_sold_daily = KeptSums(lambda books: (books.registry[name] for name in SALES), _sales_of)


def customer_sales(params: Params) -> Object:
    return _sales_by(params, "Customer", lambda sale: sale.customer)


def class_sales(params: Params) -> Object:
    return _sales_by(params, "Class", lambda sale: sale.class_)


def department_sales(params: Params) -> Object:
    return _sales_by(params, "Department", lambda sale: sale.department)


def vendor_expenses(params: Params) -> Object:
    spent = (entry for entry in _of_types(params, SPENT) if params.work.get("Vendor", entry.name))
    params.allow(*USUAL, "summarize_column_by")
    return _by_list(params, "Vendor", divided_by(params, params.span(USUAL_SPAN), spent, lambda entry: entry.name))


def customer_income(params: Params) -> Object:
    """Income and expenses of each customer, and what is left."""
    params.allow(*USUAL)
    sums: dict[str, Amounts] = {}
    for place, types in enumerate((EARNED, SPENT)):
        for entry in _of_types(params, types):
            if entry.customer:
                row = sums.setdefault(entry.customer, [ZERO] * 3)
                row[place] -= entry.debit
                row[2] -= entry.debit
    tree = _tree(params, "Customer", sums, 3)
    columns = [Column("", "Customer"), *(Column(title, "Money") for title in ("Income", "Expenses", "Net Income"))]
    return _whole(params, columns, _with_total(tree))


def item_sales(params: Params) -> Object:
    """How much of each product was sold, for what, and on average."""
    params.allow(*USUAL, "summarize_column_by")
    if params.one_of("summarize_column_by", "Total", "Total") != "Total":
        raise not_modelled("ItemSales in columns")
    sold: dict[str, Amounts] = {}
    for entry in _sold(params):
        row = sold.setdefault(entry.item, [ZERO, ZERO])
        row[0] += _quantity(entry)
        row[1] -= entry.debit
    everything = total(row[1] for row in sold.values())
    items = {id: params.work.existing("Item", id) for id in sold if id}
    rows = [
        data(_item_cell(items[id]), *_figures(sold[id], everything))
        for id in sorted(items, key=lambda one: items[one]["FullyQualifiedName"].casefold())
    ]
    if "" in sold:
        rows.append(data("Not Specified", *_figures(sold[""], everything)))
    if rows:
        rows.append(grand_total("TOTAL", *_figures([total(row[0] for row in sold.values()), everything], everything)))
    titles = (("Quantity", "Quantity"), ("Amount", "Money"), ("% of Sales", "Percent"), ("Avg Price", "Money"))
    columns = [Column("", "ProductsAndService"), *(Column(*one) for one in titles)]
    return _whole(params, columns, rows)


def _sales_by(params: Params, entity: str, row: Callable[[Entry | _Sale], str]) -> Object:
    params.allow(*USUAL, "summarize_column_by")
    span = params.span(USUAL_SPAN)
    if Filter(params).is_open and params.basis == "Accrual" and is_spread(params):
        table = spread(params, span, _sold_days(params, span, row))
    else:
        table = divided_by(params, span, _sold(params), row)
    return _by_list(params, entity, table)


def _sold_days(params: Params, span: Span, row: Callable[[Entry | _Sale], str]) -> Iterator[tuple[str, str, Decimal]]:
    first, last = span.start.isoformat(), span.end.isoformat()
    for sale, days in _sold_daily(params.books).items():
        yield from ((row(sale), day, debit) for day, debit in days.items() if first <= day <= last)


def _by_list(params: Params, entity: str, table: Table) -> Object:
    sign = 1 if entity == "Vendor" else -1
    sums = {id: [sign * value for value in values] for id, values in table.sums.items()}
    tree = _tree(params, entity, sums, table.width)
    rows = tree.rows()
    if any(sums.get("", ())):
        rows.append(data("Not Specified", *amounts(sums[""])))
    if rows:
        every = [tree.total(), sums.get("", [ZERO] * table.width)]
        rows.append(grand_total("TOTAL", *(amount(total(row[place] for row in every)) for place in range(table.width))))
    return _whole(params, [Column("", entity), *table.columns], rows, {"SummarizeColumnsBy": table.by})


def _whole(params: Params, columns: list[Column], rows: list[Object], header: dict[str, str] | None = None) -> Object:
    return whole(params, columns, rows, dated(params, params.span(USUAL_SPAN), USUAL_SPAN) | (header or {}))


def _with_total(tree: Tree) -> list[Object]:
    rows = tree.rows()
    return [*rows, grand_total("TOTAL", *amounts(tree.total()))] if rows else []


def _tree(params: Params, entity: str, sums: dict[str, Amounts], width: int) -> Tree:
    named = (row.object for row in params.books.tables[entity].rows.values())
    order = params.one_of("sort_order", "", "", "ascend", "descend")
    return Tree(named, sums, width, shown=lambda one: str(one.get("DisplayName") or one.get("Name")), order=order)


def _sold(params: Params) -> Iterator[Entry]:
    """Lines and discounts of sales forms; neither tax nor what they cost."""
    return (entry for entry in _all(params, SALES) if entry.entity in SALES and entry.line is not None)


def _of_types(params: Params, types: tuple[str, ...]) -> Iterator[Entry]:
    accounts = params.books.tables["Account"].rows
    return (entry for entry in _all(params) if accounts[entry.account].object["AccountType"] in types)


def _all(params: Params, kinds: Collection[str] = ()) -> Iterator[Entry]:
    span = params.span(USUAL_SPAN)
    return entries(params, span.start.isoformat(), span.end.isoformat(), kinds)


def _quantity(entry: Entry) -> Decimal:
    line: Object = entry.line or {}
    quantity = Decimal(line.get("SalesItemLineDetail", {}).get("Qty", 0))
    return -quantity if entry.entity in ("CreditMemo", "RefundReceipt") else quantity


def _item_cell(item: Object) -> Cell:
    return item["FullyQualifiedName"], item["Id"]


def _figures(row: Amounts, everything: Decimal) -> list[str]:
    quantity, sold = row
    share = f"{(100 * sold / everything).quantize(CENT)} %" if everything else ""
    average = amount(sold / quantity) if quantity else ""
    return [str(quantity.quantize(CENT)) if quantity else "", amount(sold), share, average]
