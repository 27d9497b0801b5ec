"""The table of what happens when leans on tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`((?:[a-z_]+/)*test_[a-z_]+)(?:::(test_\w+))?`")


def test_every_test_that_the_table_names_is_there() -> None:
    named = NAMED.findall((ROOT / "docs" / "what-happens.md").read_text())
    assert len(named) > 80
    missing = [(file, test) for file, test in named if not _is_there(file, test)]
    assert missing == []


def _is_there(file: str, test: str) -> bool:
    base = ROOT if file.startswith("tests/") else ROOT / "tests" / "sync"
    path = base / f"{file}.py"
    return path.exists() and (not test or f"def {test}(" in path.read_text())
