"""How many queries each page may ask, pinned in `queries.json`: a page that asks more must say so there.

`PIN=1 pytest tests/pages/test_queries.py` writes the file anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.browser.addresses import addresses
from tests.pages import factories as make
from tests.pages import scene

from tieout.subledger.models import Company
from tieout.sync.models import Link

PINNED = Path(__file__).parent / "queries.json"


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured.captured_queries)


def test_no_page_asks_more_than_it_used_to(db: None, client: Client) -> None:
    made = scene.build()
    client.force_login(made.owner)
    pages = {name: address for name, address in addresses(made).items() if name != "not-found"}
    numbers = {name: asked(client, address) for name, address in pages.items()}
    if os.environ.get("PIN"):
        PINNED.write_text(json.dumps(numbers, indent=2) + "\n")
    pinned = json.loads(PINNED.read_text())
    assert {name: number for name, number in numbers.items() if number > pinned.get(name, 0)} == {}


def test_more_rows_are_no_more_queries(db: None, client: Client) -> None:
    made = scene.build()
    client.force_login(made.owner)
    lists = [
        f"{addresses(made)[name]}?per=100" for name in ("results", "accounts", "invoices", "payments", "credit-notes")
    ]
    before = [asked(client, address) for address in lists]
    for number in range(9):
        contact = make.contact(made.company, f"More {number}")
        invoice = make.invoice(contact, f"M-{number}")
        make.link(contact)
        make.link(invoice)
        make.link(make.payment(invoice))
        make.link(make.credit_note(contact, f"MC-{number}"))
    assert [asked(client, address) for address in lists] == before


def test_all_companies_are_asked_for_at_once(db: None, client: Client) -> None:
    owner = make.person(of=make.company("Company"))
    client.force_login(owner)

    def another(number: int) -> None:
        company = make.company(f"Company {number}")
        make.person(of=company)
        make.connection(company)
        make.run(company)
        make.failed(make.contact(company), "Refused.")

    another(1)
    few = asked(client, "/")
    for number in range(2, 9):
        another(number)
    assert (Company.objects.count(), Link.objects.count()) == (9, 8)
    assert asked(client, "/") == few
