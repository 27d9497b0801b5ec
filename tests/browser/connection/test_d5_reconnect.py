"""D5: the same steps with the date prefilled; nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm, edit, in_quickbooks, set_up
from tests.pages import factories as make

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Contact, Invoice, Role
from tieout.sync.models import Link, Status


def test_d5_after_weeks_without_access_and_edits_on_both_sides_all_goes_on(
    firm: Firm, browse: Callable[..., Page], pass_time: Callable[[timedelta], None]
) -> None:
    item = firm.item_there()
    page = set_up(firm, browse)
    edit(firm, "Before")
    firm.work()
    there = in_quickbooks(page, firm)
    there.get_by_text("By Robin Marsh").locator("..").get_by_role("button", name="Disconnect").click()
    edit(firm, "Meanwhile here")
    firm.work()
    firm.invoice_there(firm.customer_there("Meanwhile There"), item, "42.00", "2026-10-09", "T-1")
    pass_time(timedelta(days=40))
    page.goto(page.url.split("/c/")[0] + firm.url("overview"))
    page.get_by_role("link", name="Reconnect to QuickBooks Online").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Connect to QuickBooks").click()
    page.get_by_label("Empty Company").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_role("heading", name="Empty Company is connected again")).to_be_visible()
    expect(page.get_by_label("Sync From")).to_have_value("2026-01-01")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("The sync goes on from where it was.")).to_be_visible()
    firm.work()
    numbers = sorted(row["DocNumber"] for row in firm.theirs.query("select * from Invoice").rows)
    assert numbers == sorted(Invoice.objects.values_list("number", flat=True))
    assert len(numbers) == 3
    assert sorted(Contact.objects.values_list("name", flat=True)) == ["Before", "Meanwhile There", "Meanwhile here"]
    assert set(Link.objects.filter(kind="invoice").values_list("status", flat=True)) == {Status.SYNCED}
    assert page.get_by_role("alert").count() == 0


def test_d5_another_company_is_refused_with_the_reason(firm: Firm, browse: Callable[..., Page]) -> None:
    firm.item_there()
    page = set_up(firm, browse)
    firm.sandbox.sandbox.companies.create("empty", "Quite Another")
    there = in_quickbooks(page, firm)
    there.get_by_text("By Robin Marsh").locator("..").get_by_role("button", name="Disconnect").click()
    edit(firm)
    firm.work()
    page.goto(page.url.split("/c/")[0] + firm.url("reconnect-to-quickbooks"))
    page.get_by_role("button", name="Connect to QuickBooks").click()
    page.get_by_label("Quite Another").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_text("belongs to the QuickBooks company “Empty Company” for good")).to_be_visible()
    assert firm.connection.status == Connection.Status.NEEDS_RECONNECTING


def test_d5_an_admin_may_reconnect_what_an_owner_connected(firm: Firm, browse: Callable[..., Page]) -> None:
    firm.item_there()
    set_up(firm, browse)
    admin = make.person("ada@example.com", Role.ADMIN, firm.company)
    firm.condition(roles={"owner@example.com": "none"})
    edit(firm)
    firm.work()
    page = browse("reconnect", by=admin)
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Connect to QuickBooks").click()
    page.get_by_label("E-mail address").fill("accountant@example.com")
    page.get_by_label("Password").fill("sandbox")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_role("heading", name="is connected again")).to_be_visible()
    assert firm.connection.connected_by == admin
    firm.work()
    assert Link.objects.get(kind="invoice").status == Status.SYNCED
    connected_at = firm.connection.connected_at
    assert connected_at is not None
    assert connected_at.date() >= date(2026, 1, 1)
