"""D6: switched off and on again with an earlier date, disconnected, and links forgotten."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm, edit, set_up
from tests.pages import factories as make

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Invoice, Role
from tieout.sync.models import Link


def numbers(firm: Firm) -> list[str]:
    return sorted(row["DocNumber"] for row in firm.theirs.query("select * from Invoice").rows)


def test_d6_switched_on_again_with_an_earlier_date_it_takes_in_the_reopened_period(
    firm: Firm, browse: Callable[..., Page]
) -> None:
    item, ada = firm.item_there(), firm.customer_there("Ada Tenant")
    firm.invoice_there(ada, item, "10.00", "2025-11-05", "OLD")
    firm.invoice_there(ada, item, "20.00", "2026-02-05", "NEW")
    page = browse("connect")
    page = set_up(firm, browse, "2026-01-01")
    taken = set(Invoice.objects.values_list("number", flat=True))
    assert taken == {"NEW", "OLD"}, "what is open comes along"
    page.goto(page.url.split("/c/")[0] + firm.url("quickbooks"))
    page.get_by_role("link", name="Switch off").click()
    expect(page.get_by_text("Every link is kept, and so is the authorisation.")).to_be_visible()
    page.get_by_role("button", name="Switch off").click()
    edit(firm, "Meanwhile")
    firm.work()
    assert numbers(firm) == ["NEW", "OLD"], "nothing goes across while it is off"
    page.get_by_role("link", name="Switch on again").click()
    expect(page.get_by_label("Sync From")).to_have_value("2026-01-01")
    page.get_by_label("Sync From").fill("2026-03-01")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("or an earlier day")).to_be_visible()
    page.get_by_label("Sync From").fill("2025-01-01")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("Sync From was moved back")).to_be_visible()
    firm.work()
    firm.work()
    assert len(numbers(firm)) == 3
    assert sorted(Invoice.objects.values_list("number", flat=True)) == numbers(firm)


def test_d6_disconnecting_keeps_links_and_only_an_owner_who_types_the_name_forgets_them(
    firm: Firm, browse: Callable[..., Page]
) -> None:
    firm.item_there()
    page = set_up(firm, browse)
    edit(firm)
    firm.work()
    linked = Link.objects.exclude(qbo_id=None).count()
    page.goto(page.url.split("/c/")[0] + firm.url("quickbooks"))
    page.get_by_role("link", name="Disconnect").click()
    expect(page.get_by_text("Every link, result and setting is kept.")).to_be_visible()
    page.get_by_role("button", name="Disconnect").click()
    expect(page.get_by_text("Every link is kept for when it is connected again.")).to_be_visible()
    assert firm.connection.status == Connection.Status.DISCONNECTED
    assert not [grant for grant in firm.sandbox.sandbox.connections.grants() if not grant.own]
    assert Link.objects.exclude(qbo_id=None).count() == linked
    admin = make.person("ada@example.com", Role.ADMIN, firm.company)
    expect(browse("quickbooks", by=admin).get_by_role("link", name="Forget links")).to_have_count(0)
    page.get_by_role("link", name="Forget links").click()
    page.get_by_label("Type the company's name").fill("Harbour")
    page.get_by_role("button", name="Forget all links").click()
    expect(page.get_by_text("Type the name exactly as it is")).to_be_visible()
    page.get_by_label("Type the company's name").fill("Harbour Lettings")
    page.get_by_role("button", name="Forget all links").click()
    expect(page.get_by_text(f"Forgotten: {linked} links.")).to_be_visible()
    assert not Link.objects.exists()
    page.goto(page.url.split("/c/")[0] + firm.url("connect"))
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Connect to QuickBooks").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_role("heading", name="is connected again")).to_be_visible()
    firm.work()
    assert len(numbers(firm)) == 1, "what was in both books is found again, not doubled"
    assert Invoice.objects.count() == 1
