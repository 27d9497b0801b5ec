"""Intuit's shape of a report: a header, columns, and rows that may hold rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quickbooks_sandbox.ledger.numbers import CENT
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.times import shown
from quickbooks_sandbox.reports.request import FILTERS, Params

#: Text, or text and the id of what it names.
Cell = str | tuple[str, str]


@dataclass(frozen=True)
class Column:
    title: str
    type: str
    #: What a client finds the column by, such as ColKey, StartDate and EndDate.
    keys: dict[str, str] = field(default_factory=dict)

    def shown(self) -> Object:
        known = {"ColTitle": self.title, "ColType": self.type}
        keys = [{"Name": name, "Value": value} for name, value in self.keys.items()]
        return known | ({"MetaData": keys} if keys else {})


def whole(
    params: Params,
    columns: Iterable[Column],
    rows: list[Object],
    header: Mapping[str, str],
    options: Mapping[str, str] | None = None,
) -> Object:
    said = {**(options or {})}
    said.setdefault("NoReportData", "false" if rows else "true")
    filters = {name.capitalize(): params.given[name] for name in FILTERS if name in params.given}
    top: Object = {"Time": shown(params.now), "ReportName": params.report}
    macro = {"DateMacro": header["DateMacro"]} if "DateMacro" in header else {}
    return {
        "Header": {
            **top,
            **macro,
            "ReportBasis": params.basis,
            **header,
            "Currency": params.currency,
            **filters,
            "Option": [{"Name": name, "Value": value} for name, value in said.items()],
        },
        "Columns": {"Column": [column.shown() for column in columns]},
        "Rows": {"Row": rows} if rows else {},
    }


def cells(*values: Cell) -> list[Object]:
    return [{"value": one} if isinstance(one, str) else {"value": one[0], "id": one[1]} for one in values]


def data(*values: Cell, group: str = "") -> Object:
    return {"ColData": cells(*values), "type": "Data"} | ({"group": group} if group else {})


def section(head: list[Object], rows: list[Object], foot: list[Object], group: str = "") -> Object:
    made: Object = {"Header": {"ColData": head}, "Rows": {"Row": rows}, "Summary": {"ColData": foot}, "type": "Section"}
    if not rows:
        del made["Rows"]
    return made | ({"group": group} if group else {})


def summary(group: str, *values: Cell) -> Object:
    """A line that sums up what stands above it."""
    return {"Summary": {"ColData": cells(*values)}, "type": "Section", "group": group}


def grand_total(*values: str) -> Object:
    return summary("GrandTotal", *values)


def amount(value: Decimal) -> str:
    """With two decimals; nothing where there is nothing."""
    return str(value.quantize(CENT)) if value else ""


def amounts(values: Sequence[Decimal]) -> list[str]:
    return [amount(value) for value in values]
