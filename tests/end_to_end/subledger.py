"""What our book holds, read from the SQLite file and not through our own code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Document:
    number: str
    contact: str
    status: str
    total: Decimal
    balance: Decimal
    lines: tuple[Decimal, ...]


def rows(data: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "tieout.sqlite3")) as database:
        return database.execute(statement, values).fetchall()


def companies(data: Path) -> dict[str, str]:
    """Realm id by name of our company."""
    return dict(
        rows(
            data,
            "SELECT company.name, connection.realm_id FROM subledger_company AS company "
            "JOIN quickbooks_connection AS connection ON connection.company_id = company.id",
        )
    )


def documents(data: Path, table: str, company: str) -> list[Document]:
    """Invoices or credit notes, but for stubs; amounts of discount lines count as taken off."""
    found = rows(
        data,
        f"SELECT d.id, d.number, c.name, d.status, d.total, d.balance FROM subledger_{table} AS d "
        "JOIN subledger_contact AS c ON c.id = d.contact_id JOIN subledger_company AS o ON o.id = d.company_id "
        "WHERE o.name = ? AND NOT d.stub ORDER BY d.id",
        company,
    )
    return [
        Document(number, contact, status, cents(total), cents(balance), lines(data, table, document))
        for document, number, contact, status, total, balance in found
    ]


def lines(data: Path, table: str, document: int) -> tuple[Decimal, ...]:
    found = rows(
        data,
        f"SELECT amount FROM subledger_{table}line WHERE document_id = ? AND type = 'item' ORDER BY position",
        document,
    )
    return tuple(cents(amount) for (amount,) in found)


def payments(data: Path, company: str) -> list[tuple[str, Decimal]]:
    found = rows(
        data,
        "SELECT c.name, p.total FROM subledger_payment AS p JOIN subledger_contact AS c ON c.id = p.contact_id "
        "JOIN subledger_company AS o ON o.id = p.company_id WHERE o.name = ? AND p.status != 'void'",
        company,
    )
    return [(name, cents(total)) for name, total in found]


def cents(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))
