"""The tie-out as a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from tieout.subledger.models import Company
from tieout.sync.tie_out import tie_out

NUMBERS = ("Compared", "Agreed", "Ours", "QuickBooks", "Explained", "Differ")
SHOWN_DIFFERENCES = 20


def show(companies: Iterable[Company]) -> None:
    table = Table("Company", "Records")
    for column in NUMBERS:
        table.add_column(column, justify="right")
    differing: list[str] = []
    for company in companies:
        for kind in tie_out(company).kinds:
            differ = [row for row in kind.rows if row.is_difference]
            differing += [
                f"{company}: {kind.kind} {row.label} is {row.ours} here, {row.theirs} there" for row in differ
            ]
            sums = (f"{kind.ours:,.2f}", f"{kind.theirs:,.2f}") if kind.ours or kind.theirs else ("", "")
            counts = (str(kind.compared), str(kind.agreed), *sums, str(len(kind.rows) - len(differ)), str(len(differ)))
            table.add_row(company.name, kind.kind.replace("_", " ") + "s", *counts)
    console = Console()
    console.print(table)
    for line in differing[:SHOWN_DIFFERENCES]:
        console.print(line, highlight=False, markup=False)
