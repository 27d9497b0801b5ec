"""D2 and D7: the date with its hints, and all that there is to know about a connection on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm, consent, edit, set_up


def test_d2_the_date_is_required_and_hints_stand_beside_it(firm: Firm, browse: Callable[..., Page]) -> None:
    item, ada = firm.item_there(), firm.customer_there("Ada Tenant")
    firm.invoice_there(ada, item, "10.00", "2025-03-05", "1001")
    page = browse("connect")
    page.get_by_role("link", name="Continue").click()
    consent(page)
    page.get_by_role("link", name="Next").click()
    hints = page.get_by_role("complementary", name="To help you choose")
    for words in ("Our oldest invoice", "Closing date in QuickBooks", "5 Mar 2025", "Oldest expense there", "None yet"):
        expect(hints).to_contain_text(words)
    expect(page.get_by_text("all time")).to_have_count(0)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()


def test_d7_the_status_page_tells_company_date_runs_calls_and_days_left(
    firm: Firm, browse: Callable[..., Page], pass_time: Callable[[timedelta], None]
) -> None:
    firm.item_there()
    page = set_up(firm, browse, "2026-02-01")
    edit(firm)
    firm.work()
    pass_time(timedelta(days=3))
    page = browse("integrations")
    page.get_by_role("link", name="View Details").click()
    facts = page.locator("main")
    for words in (
        *("Empty Company", firm.realm, f"by {firm.owner}", "1 Feb 2026", "Every 20 minutes"),
        *("Metered (CorePlus)", "by the end of the month", "500,000", "Builder", "In 97 days", "less than 0.1 %"),
        *("Connected", "Set-up finished"),
    ):
        expect(facts).to_contain_text(words)
    run = firm.last_run()
    assert run.calls_core >= 2
    expect(facts.locator("dt:text-is('Free (Core)') + dd")).to_have_text(str(run.calls_core))
