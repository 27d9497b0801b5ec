"""Every page of a connection's life: accessible in light and dark, and no wider than a narrow screen.

With TIEOUT_SCREENSHOTS=FOLDER each is photographed as well."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route
from tests.browser.connection.conftest import BY, Firm, apart, consent, edit
from tests.browser.test_accessibility import violations

from quickbooks_sandbox.conditions import Outage
from tieout import jobs
from tieout.quickbooks.connecting import switching
from tieout.subledger.models import Invoice, Item, TaxCode
from tieout.subledger.services import documents
from tieout.subledger.services.lines import LineDraft
from tieout.sync.setting_up import set_up

FOLDER = os.environ.get("TIEOUT_SCREENSHOTS")


class Walk:
    def __init__(self, firm: Firm, page: Page, label: str) -> None:
        self.firm, self.page, self.label, self.number = firm, page, label, 0
        self.broken: dict[str, list[str]] = {}
        self.origin = page.url.split("/c/")[0]

    def to(self, name: str, note: str = "") -> None:
        self.page.goto(self.origin + self.firm.url(name))
        self.look(f"{name}{note}")

    def to_one_that_goes_on_by_itself(self, name: str) -> None:
        """It stays while it is looked at: whatever it asks for again is answered with nothing new."""
        address, asked = self.origin + self.firm.url(name), []

        def answer(route: Route) -> None:
            asked.append(route)
            route.continue_() if len(asked) == 1 else route.fulfill(status=204)

        self.page.route(address, answer)
        self.page.goto(address)
        self.look(name)
        self.page.unroute(address)

    def look(self, name: str) -> None:
        self.number += 1
        found = violations(self.page)
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("wider than the screen")
        if found:
            self.broken[name] = found
        if FOLDER:
            self.page.screenshot(path=Path(FOLDER) / f"{self.number:02}-{name}-{self.label}.png", full_page=True)


def books(firm: Firm) -> None:
    """Something of every sort: surely and perhaps the same, only here, only there, entries that nobody has there."""
    item = firm.item_there()
    for name, mail in (("Alder & Finch", "office@alder.example"), ("Brightwater Dental", "old@brightwater.example")):
        customer = firm.customer_there(name, PrimaryEmailAddr={"Address": mail})
        firm.invoice_there(customer, item, "310.00", "2026-09-01", f"10{len(name)}")
    ours = Item.objects.create(company=firm.company, name="Late fee", type="Service")
    TaxCode.objects.create(company=firm.company, name="County tax")
    for name, mail in (
        ("Alder & Finch", "office@alder.example"),
        ("Brightwater Dental", "new@brightwater.example"),
        ("Castle Street Bakery", "hello@castle.example"),
    ):
        contact = firm.contact(name, email=mail)
        lines = [LineDraft(ours, Decimal("45.00"))]
        documents.create(
            Invoice, firm.company, BY, contact=contact, date=date(2026, 9, 3), number=name[:4], lines=lines
        )
    Invoice.objects.update(status="approved")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_every_page_of_a_connection_is_accessible(
    firm: Firm, browse: Callable[..., Page], theme: str, width: int
) -> None:
    books(firm)
    walk = Walk(firm, browse("quickbooks", theme=theme, width=width), f"{theme}-{width}")
    walk.look("quickbooks-not-connected")
    walk.page.goto(walk.origin + reverse("new-company"))
    walk.look("new-company")
    walk.to("integrations")
    walk.to("connect")
    walk.to("connect-to-quickbooks")
    consent(walk.page)
    walk.to("set-up-company")
    walk.to("quickbooks", "-unfinished")
    walk.to("set-up-date")
    set_up.choose_date(firm.company, date(2026, 1, 1), open_items=True)
    walk.to_one_that_goes_on_by_itself("set-up-reading")
    jobs.wake(firm.company)
    firm.work()
    for step in ("lists", "accounts", "rules", "settings", "start"):
        walk.to(f"set-up-{step}")
    set_up.start(firm.company, firm.owner)
    jobs.wake(firm.company)
    firm.work()
    walk.to("quickbooks", "-connected")
    walk.to("schedule")
    walk.to("reconnected")
    walk.to("disable")
    walk.to("disconnect")
    firm.sandbox.sandbox.conditions.set_outage(Outage(accounting=True))
    edit(firm)
    firm.work()
    walk.to("overview", "-outage")
    firm.sandbox.sandbox.conditions.set_outage(Outage())
    firm.condition(subscription="lapsed")
    jobs.wake(firm.company, by=BY)
    firm.work()
    walk.to("overview", "-lost")
    walk.to("quickbooks", "-lost")
    walk.to("reconnect")
    apart(lambda: switching.disconnect(firm.company, firm.owner))
    walk.to("quickbooks", "-disconnected")
    walk.to("forget-links")
    assert walk.broken == {}
