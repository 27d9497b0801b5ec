"""The page of what is covered says what the code says."""

from pathlib import Path

import pytest

from quickbooks_sandbox.coverage import page, raised
from quickbooks_sandbox.entities import ENTITIES
from quickbooks_sandbox.faults import fault_table

PAGE = Path(__file__).parents[2] / "docs" / "sandbox" / "coverage.md"


@pytest.fixture(scope="module")
def made() -> str:
    return page()


def test_the_page_is_up_to_date(made: str) -> None:
    assert PAGE.read_text("utf-8") == made, "run python -m quickbooks_sandbox.coverage docs/sandbox/coverage.md"


def test_every_entity_is_on_the_page(made: str) -> None:
    assert all(f"| {name} | " in made for name in ENTITIES)


def test_every_setting_says_what_it_decides(made: str) -> None:
    rows = [row for row in made.partition("## Settings")[2].splitlines() if row.startswith("| `")]
    assert len(rows) > 20
    assert all(row.split("|")[3].strip() for row in rows)


def test_faults_are_found_in_the_code() -> None:
    assert {"610", "2060", "2070", "6140", "6041", "120"} <= raised() <= set(fault_table())
