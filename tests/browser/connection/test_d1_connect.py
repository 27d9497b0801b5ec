"""D1: connecting, choosing the company, a date and what belongs together, and starting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm, consent
from tests.pages import factories as make

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Invoice, Role
from tieout.sync.models import Link, Policy, Run, Status


def test_d1_a_company_is_connected_step_by_step_and_syncs(firm: Firm, browse: Callable[..., Page]) -> None:
    item, ada = firm.item_there(), firm.customer_there("Ada Tenant", PrimaryEmailAddr={"Address": "ada@example.com"})
    firm.invoice_there(ada, item, "120.00", "2026-10-05", "1001")
    firm.contact("Ada Tenant", email="ada@example.com")
    page = browse("integrations")
    page.get_by_role("link", name="View Details").click()
    page.get_by_role("link", name="Connect", exact=True).click()
    page.get_by_role("link", name="Continue").click()
    consent(page)
    expect(page.get_by_text("You chose")).to_be_visible()
    expect(page.locator(".fact")).to_have_text("Empty Company")
    assert "code=" not in page.url
    page.get_by_role("link", name="Next").click()
    expect(page.locator("aside")).to_contain_text("Oldest income there")
    expect(page.locator("aside")).to_contain_text("5 Oct 2026")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    page.get_by_label("Sync From").fill("2026-01-01")
    expect(page.get_by_label("Take along what was open")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="QuickBooks is being read")).to_be_visible()
    firm.work()
    expect(page.get_by_text("There is nothing to decide here.")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="Surely the same: 1")).to_be_visible()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Who computes sales tax").select_option("QuickBooks computes it")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("row", name="Automatically apply credits")).to_contain_text("Fine")
    page.get_by_role("button", name="Next").click()
    row = page.get_by_role("row", name="Invoices")
    expect(row.get_by_role("cell").nth(2)).to_have_text("1")
    assert not Invoice.objects.exists()
    page.get_by_role("button", name="Start the sync").click()
    expect(page.get_by_text("The first sync begins in a moment.")).to_be_visible()
    firm.work()
    assert firm.last_run().ending == Run.Ending.DONE
    assert Invoice.objects.get().number == "1001"
    assert Link.objects.get(kind="contact").status == Status.SYNCED
    assert firm.connection.connected_by == firm.owner


def test_d1_a_set_up_that_was_left_shows_and_another_owner_goes_on(firm: Firm, browse: Callable[..., Page]) -> None:
    page = browse("connect")
    page.get_by_role("link", name="Continue").click()
    consent(page)
    page.get_by_role("link", name="Next").click()
    page.get_by_label("Sync From").fill("2026-02-01")
    page.get_by_role("button", name="Next").click()
    firm.work()
    expect(page.get_by_text("There is nothing to decide here.")).to_be_visible()
    page.close()
    other = make.person("otto@example.com", Role.OWNER, firm.company)
    page = browse("quickbooks", by=other)
    expect(page.get_by_role("heading", name="Set-up unfinished")).to_be_visible()
    page.get_by_role("link", name="Go on with the set-up").click()
    expect(page.locator(".steps [aria-current]")).to_have_text("Tax codes and lists")
    page.goto(page.url.replace("lists", "date"))
    expect(page.get_by_label("Sync From")).to_have_value("2026-02-01")
    assert Policy.objects.get().sync_from == date(2026, 2, 1)


def test_d1_a_company_chosen_by_mistake_is_let_go_before_anything_was_read(
    firm: Firm, browse: Callable[..., Page]
) -> None:
    right = firm.sandbox.sandbox.companies.create("empty", "Harbour Lettings LLC").realm_id
    page = browse("connect")
    page.get_by_role("link", name="Continue").click()
    consent(page)
    page.get_by_role("button", name="It is the wrong one").click()
    assert not Connection.objects.exists()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Connect to QuickBooks").click()
    page.get_by_label("Harbour Lettings LLC").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.locator(".fact")).to_have_text("Harbour Lettings LLC")
    assert firm.connection.realm_id == right


def test_d1_a_company_that_belongs_to_another_is_refused_without_naming_it(
    firm: Firm, browse: Callable[..., Page]
) -> None:
    other = make.company("Secret Holdings")
    make.connection(other, realm_id=firm.realm)
    page = browse("connect")
    page.get_by_role("link", name="Continue").click()
    consent(page)
    expect(page.get_by_text("connected to another company here already")).to_be_visible()
    expect(page.get_by_text("Secret Holdings")).to_have_count(0)
    assert Connection.objects.count() == 1


def test_d1_whoever_refuses_in_quickbooks_comes_back_unharmed(firm: Firm, browse: Callable[..., Page]) -> None:
    page = browse("connect-to-quickbooks")
    page.get_by_role("button", name="Connect to QuickBooks").click()
    page.get_by_label("E-mail address").fill("owner@example.com")
    page.get_by_label("Password").fill("sandbox")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="No, thanks").click()
    expect(page.get_by_text("access was not allowed in QuickBooks")).to_be_visible()
    assert not Connection.objects.exists()
