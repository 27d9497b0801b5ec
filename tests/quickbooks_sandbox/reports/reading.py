"""Reading reports as a client does."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

Report = dict[str, Any]


def rows(report: Report) -> Iterator[dict[str, Any]]:
    """Every row, those above before those in them."""

    def below(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in found:
            yield row
            yield from below(row.get("Rows", {}).get("Row", []))

    return below(report["Rows"].get("Row", []))


def values(cells: list[dict[str, Any]]) -> list[str]:
    return [cell["value"] for cell in cells]


def numbers(cells: list[dict[str, Any]]) -> list[Decimal]:
    return [Decimal(value or 0) for value in values(cells)[1:]]


def group(report: Report, name: str) -> list[Decimal]:
    """The amounts of the row of a group, or its summary; zeros if there is none."""
    for row in rows(report):
        if row.get("group") == name:
            return numbers(row["ColData"] if "ColData" in row else row["Summary"]["ColData"])
    return [Decimal(0)] * (len(report["Columns"]["Column"]) - 1)


def named(report: Report) -> dict[str, list[str]]:
    """The cells of each row by its first, sections by their sum."""
    found = {}
    for row in rows(report):
        shown = values(row["ColData"] if "ColData" in row else row["Summary"]["ColData"])
        found[shown[0]] = shown[1:]
    return found


def titles(report: Report) -> list[str]:
    return [column["ColTitle"] for column in report["Columns"]["Column"]]


def listed(report: Report) -> list[list[str]]:
    """The cells of the rows that hold data."""
    return [values(row["ColData"]) for row in rows(report) if row.get("type") == "Data"]
