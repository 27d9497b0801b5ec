"""The tie-out as a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table

from tieout.subledger.models import Company
from tieout.sync.tie_out import Report, tie_out

NUMBERS = ("Compared", "Agreed", "Ours", "QuickBooks", "Explained", "Differ")
SHOWN_DIFFERENCES = 20


def show(companies: Iterable[Company]) -> None:
    console = Console()
    for company in companies:
        report = tie_out(company)
        console.print(as_table(company, report))
        for row in [row for row in report.rows if row.is_difference][:SHOWN_DIFFERENCES]:
            told = f"{row.kind} {row.label}: {row.ours} here, {row.theirs} in QuickBooks"
            console.print(told, highlight=False, markup=False)


def as_table(company: Company, report: Report) -> Table:
    table = Table(title=company.name, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("Records", no_wrap=True)
    for column in NUMBERS:
        table.add_column(column, justify="right", no_wrap=True)
    for kind in report.kinds:
        differ = sum(row.is_difference for row in kind.rows)
        has_sums = kind.kind != "contact"
        table.add_row(
            kind.kind.replace("_", " ") + "s",
            f"{kind.compared:,}",
            f"{kind.agreed:,}",
            f"{kind.ours:,.2f}" if has_sums else "",
            f"{kind.theirs:,.2f}" if has_sums else "",
            f"{len(kind.rows) - differ:,}",
            f"{differ:,}",
        )
    return table
