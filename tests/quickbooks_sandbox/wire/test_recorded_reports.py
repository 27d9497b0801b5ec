"""Recorded reports, asked for again."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests.quickbooks_sandbox.recorded import opening

from quickbooks_sandbox.testing import QuickBooks

Body = dict[str, Any]
RECORDED: dict[str, Body] = {
    pair["uri"].partition("?")[0]: pair
    for pair in json.loads(Path(opening.__file__).with_name("qbo_api").joinpath("reports.json").read_bytes())
}


def again(name: str, company: Any) -> tuple[Body, Body]:
    """Our answer and the recorded one, the books being of the same moment."""
    pair = RECORDED[f"reports/{name}"]
    expected: Body = pair["response"]
    quickbooks = QuickBooks(company, start=datetime.fromisoformat(expected["Header"]["Time"]))
    path, _, query = pair["uri"].partition("?")
    answer: Body = quickbooks.api("GET", path, **dict(parse_qsl(query))).json()
    quickbooks.sandbox.close()
    return answer, expected


def shapes(rows: list[Body]) -> Iterator[tuple[Any, ...]]:
    """What kinds of rows there are: their members, and those of their cells."""
    for row in rows:
        cells = row.get("ColData") or row["Header"]["ColData"]
        first = cells[0]["value"] if cells[0]["value"] == "Beginning Balance" else ""
        inner = row.get("Rows", {}).get("Row", [])
        yield (*sorted(row), first, *(tuple(cell) for cell in cells))
        yield from shapes(inner)


def test_a_profit_and_loss_without_data_is_the_recorded_one() -> None:
    answer, expected = again("ProfitAndLoss", "empty")
    assert answer == expected


def test_a_ledger_has_the_recorded_header_and_columns() -> None:
    answer, expected = again("GeneralLedger", "sample")
    assert answer["Header"] == expected["Header"]
    assert list(answer["Header"]) == list(expected["Header"])
    assert answer["Columns"] == expected["Columns"]


def test_a_ledger_has_the_recorded_kinds_of_rows() -> None:
    answer, expected = again("GeneralLedger", "sample")
    assert set(shapes(expected["Rows"]["Row"])) <= set(shapes(answer["Rows"]["Row"]))


@pytest.mark.parametrize("name", ["Rows", "Columns"])
def test_what_was_recorded_has_something_in_it(name: str) -> None:
    assert all(pair["response"][name] for pair in RECORDED.values())
