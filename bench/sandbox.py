"""How fast the sandbox's books are in process, small and with 100,000 invoices.

.venv/bin/python bench/sandbox.py [INVOICES]
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.settings import Settings

_REPEATS = 25


def main(invoices: int) -> None:
    for size in (1_000, invoices):
        print(f"\n{size:,} invoices")
        _measure(_company(size), size)


def _company(size: int) -> Books:
    books = Books.empty("1", "Bench", Clock(datetime(2026, 1, 1, 12, tzinfo=UTC)), Settings())
    for number in range(max(1, size // 20)):
        books.create("Customer", {"DisplayName": f"Customer {number}"})
    began = time.perf_counter()
    for number in range(size):
        books.clock.advance(30)
        books.create("Invoice", _invoice(books, number))
    took = time.perf_counter() - began
    print(f"  create an invoice, on average   {took / size * 1000:8.3f} ms")
    return books


def _invoice(books: Books, number: int) -> dict[str, Any]:
    customers = len(books.tables["Customer"].rows)
    line = {"Amount": Decimal("99.50"), "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {}}
    return {"CustomerRef": {"value": str(number % customers + 1)}, "Line": [line]}


def _measure(books: Books, size: int) -> None:
    newest = (books.query("select * from Invoice maxresults 1").rows or [])[0]
    minute_ago = books.clock.now() - timedelta(seconds=60)
    number = newest["DocNumber"]
    day = newest["TxnDate"]
    acts: dict[str, Callable[[], object]] = {
        "create one more invoice": lambda: books.create("Invoice", _invoice(books, size)),
        "read by id": lambda: books.read("Invoice", newest["Id"]),
        "query by number": lambda: books.query(f"select * from Invoice where DocNumber = '{number}'"),
        "query 1,000 invoices": lambda: books.query("select * from Invoice maxresults 1000"),
        "query 1,000 by date": lambda: books.query(f"select * from Invoice where TxnDate <= '{day}' maxresults 1000"),
        "query 1,000 in order of date": lambda: books.query(
            f"select * from Invoice where TxnDate <= '{day}' orderby TxnDate maxresults 1000"
        ),
        "changes of the last minute": lambda: books.changes("Invoice", minute_ago),
    }
    for name, act in acts.items():
        print(f"  {name:<31} {_ms(act):8.3f} ms")


def _ms(act: Callable[[], object]) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return median(taken) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
