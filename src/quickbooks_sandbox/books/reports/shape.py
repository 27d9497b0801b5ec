"""Intuit's shape of a report: a header, columns, and rows that may hold rows."""

from collections.abc import Iterable
from decimal import Decimal

from quickbooks_sandbox.books.numbers import CENT
from quickbooks_sandbox.books.reports.request import Params
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.books.times import shown


def whole(params: Params, columns: Iterable[tuple[str, str]], rows: list[Object], **header: str) -> Object:
    top: Object = {"Time": shown(params.now), "ReportName": params.report, "ReportBasis": "Accrual", **header}
    top["Currency"] = "USD"
    top["Option"] = [{"Name": "NoReportData", "Value": "false" if rows else "true"}]
    return {
        "Header": top,
        "Columns": {"Column": [{"ColTitle": title, "ColType": type} for title, type in columns]},
        "Rows": {"Row": rows} if rows else {},
    }


def cells(*values: str | tuple[str, str]) -> list[Object]:
    """Cells of text, or of text and the id of what it names."""
    return [{"value": one} if isinstance(one, str) else {"value": one[0], "id": one[1]} for one in values]


def data(*values: str | tuple[str, str]) -> Object:
    return {"ColData": cells(*values), "type": "Data"}


def section(head: list[Object], rows: list[Object], foot: list[Object]) -> Object:
    return {"Header": {"ColData": head}, "Rows": {"Row": rows}, "Summary": {"ColData": foot}, "type": "Section"}


def grand_total(*values: str) -> Object:
    return {"Summary": {"ColData": cells(*values)}, "type": "Section", "group": "GrandTotal"}


def amount(value: Decimal) -> str:
    """With two decimals; nothing where there is nothing."""
    return str(value.quantize(CENT)) if value else ""
