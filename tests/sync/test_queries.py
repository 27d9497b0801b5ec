"""What a run asks of our database, pinned in `queries.json`: work is to grow with what changed, not with the kinds.

`PIN=1 pytest tests/sync/test_queries.py` writes the file anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from tests.sync.conftest import World

PINNED = Path(__file__).parent / "queries.json"


def asked(act: Callable[[], Any]) -> int:
    """Statements, without what begins and ends transactions: in that databases differ, and locks on rows too."""
    found: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")) and "FOR NO KEY UPDATE" not in sql:
            found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        act()
    return len(found)


def test_no_run_asks_more_than_it_used_to(world: World) -> None:
    contact = world.contact()
    customer = world.customer_there()["Id"]
    world.settle()
    numbers = {"nothing changed": asked(world.sync)}
    invoice = world.invoice(contact)
    numbers["an invoice entered here, with its customer"] = asked(world.sync)
    world.settle()
    world.payment(contact, "100.00", (invoice, "100.00"))
    numbers["a payment entered here"] = asked(world.sync)
    world.settle()
    world.invoice_there(customer)
    numbers["an invoice entered there, with its customer"] = asked(world.sync)
    world.settle()
    for _ in range(10):
        world.invoice_there(customer)
    numbers["ten invoices entered there"] = asked(world.sync)
    if os.environ.get("PIN"):
        PINNED.write_text(json.dumps(numbers, indent=2) + "\n")
    pinned = json.loads(PINNED.read_text())
    assert {name: number for name, number in numbers.items() if number > pinned.get(name, 0)} == {}
