"""The tie-out as a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from tieout.subledger.models import Company
from tieout.sync import status

WORDS = ("Synced", "Not synced", "Skipped", "Failed", "Syncing")


def show(companies: Iterable[Company]) -> None:
    table = Table("Company", "Records", *WORDS)
    for column in table.columns[2:]:
        column.justify = "right"
    for company in companies:
        for kind, counts in status.counts(company).items():
            cells = (str(counts.get(word, "")) for word in WORDS)
            table.add_row(company.name, kind.replace("_", " ") + "s", *cells)
    Console().print(table)
