"""A2 on the real engine: what is saved in the browser is in QuickBooks a moment later, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm

from tieout.subledger.services import documents

from .conftest import BY, edit, set_up


def test_a2_an_edited_invoice_syncs_at_once_alone_and_the_rest_waits_for_its_slot(
    firm: Firm, browse: Callable[..., Page]
) -> None:
    firm.item_there()
    page = set_up(firm, browse)
    contact = edit(firm)
    other = firm.invoice(contact, "40.00", date(2026, 10, 7), number="OTHER")
    firm.work()
    documents.edit(other, BY, memo="waits")
    page = browse("invoices")
    page.get_by_role("link", name=f"N-{contact.pk}").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Memo").fill("Said in the browser")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name=f"N-{contact.pk}")).to_be_visible()
    firm.work()
    there = {obj["DocNumber"]: obj.get("PrivateNote", "") for obj in firm.theirs.query("select * from Invoice").rows}
    assert there == {f"N-{contact.pk}": "Said in the browser", "OTHER": ""}
    page.goto(page.url.split("/c/")[0] + firm.url("run"))
    expect(page.locator("tbody tr").first).to_contain_text(f"On Demand: invoice N-{contact.pk} alone")
