"""The page about reports names what there is."""

from pathlib import Path

from quickbooks_sandbox.reports import REPORTS
from quickbooks_sandbox.reports.cells import COLUMNS

PAGE = (Path(__file__).parents[3] / "docs" / "sandbox" / "reports.md").read_text("utf-8")


def test_every_report_and_column_is_named() -> None:
    assert [name for name in (*REPORTS, *COLUMNS) if name not in PAGE] == []
