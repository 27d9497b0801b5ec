"""The page of what is covered says what the code says."""

from pathlib import Path

from quickbooks_sandbox.coverage import page, raised
from quickbooks_sandbox.entities import ENTITIES
from quickbooks_sandbox.faults import fault_table

PAGE = Path(__file__).parents[2] / "docs" / "sandbox" / "coverage.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m quickbooks_sandbox.coverage docs/sandbox/coverage.md"


def test_every_entity_is_on_the_page() -> None:
    text = page()
    assert all(f"| {name} | " in text for name in ENTITIES)


def test_every_setting_says_what_it_decides() -> None:
    rows = [row for row in page().partition("## Settings")[2].splitlines() if row.startswith("| `")]
    assert len(rows) > 20
    assert all(row.split("|")[3].strip() for row in rows)


def test_faults_are_found_in_the_code() -> None:
    assert {"610", "2060", "2070", "6140", "6041", "120"} <= raised() <= set(fault_table())
