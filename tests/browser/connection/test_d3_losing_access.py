"""D3: the five causes for which access ends or pauses, each brought about in QuickBooks and told apart in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm, edit, in_quickbooks, set_up

from quickbooks_sandbox.conditions import Outage
from tieout.quickbooks.connecting.causes import Cause
from tieout.quickbooks.models import Connection
from tieout.sync.models import Link, Status


@pytest.fixture
def page(firm: Firm, browse: Callable[..., Page]) -> Page:
    firm.item_there()
    return set_up(firm, browse)


def banner(page: Page, firm: Firm) -> str:
    page.goto(page.url.split("/c/")[0] + firm.url("invoices"))
    return page.get_by_role("alert").inner_text()


def test_d3_an_expired_trial_is_told_and_says_to_subscribe(firm: Firm, page: Page) -> None:
    there = in_quickbooks(page, firm)
    there.get_by_label("Subscription").select_option("lapsed")
    there.get_by_role("button", name="Save").click()
    edit(firm)
    firm.work()
    assert firm.connection.cause == Cause.SUBSCRIPTION_ENDED
    assert "trial or subscription of QuickBooks Online has ended" in banner(page, firm)
    page.get_by_role("link", name="Reconnect to QuickBooks Online").click()
    expect(page.get_by_text("subscribe there first")).to_be_visible()
    assert not Link.objects.filter(status=Status.FAILED).exists()


def test_d3_a_user_who_lost_their_rights_there_is_told_from_a_disconnected_app(firm: Firm, page: Page) -> None:
    there = in_quickbooks(page, firm)
    there.get_by_label("owner@example.com").select_option("removed")
    there.get_by_role("button", name="Save").click()
    edit(firm)
    firm.work()
    assert firm.connection.cause == Cause.NO_LONGER_ADMIN
    assert "is no longer an admin of the company in QuickBooks, or was removed there" in banner(page, firm)


def test_d3_an_app_disconnected_in_quickbooks_is_noticed_at_the_next_run(firm: Firm, page: Page) -> None:
    there = in_quickbooks(page, firm)
    there.get_by_text("By Robin Marsh").locator("..").get_by_role("button", name="Disconnect").click()
    edit(firm)
    firm.work()
    assert firm.connection.cause == Cause.DISCONNECTED
    assert "most likely the app was disconnected in its settings" in banner(page, firm)


def test_d3_maintenance_is_waited_out_quietly_and_ends_by_itself(
    firm: Firm, page: Page, pass_time: Callable[[timedelta], None]
) -> None:
    there = in_quickbooks(page, firm)
    there.get_by_label("Under maintenance").check()
    there.get_by_role("button", name="Save").click()
    edit(firm)
    firm.work()
    assert firm.connection.status == Connection.Status.CONNECTED
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".notice-info")).to_contain_text("the company is under maintenance there")
    expect(page.locator(".notice-info")).to_contain_text("nothing is needed from you")
    there.get_by_label("Under maintenance").uncheck()
    there.get_by_role("button", name="Save").click()
    firm.work()
    assert firm.connection.outage_since is not None, "its pause of a minute is not over"
    pass_time(timedelta(seconds=61))
    firm.work()
    page.reload()
    expect(page.locator(".notice-info")).to_have_count(0)
    assert Link.objects.get(kind="invoice").status == Status.SYNCED
    assert firm.tend() == []


def test_d3_an_outage_is_tried_again_ever_more_rarely_up_to_twenty_minutes(
    firm: Firm, page: Page, pass_time: Callable[[timedelta], None]
) -> None:
    firm.sandbox.sandbox.conditions.set_outage(Outage(accounting=True))
    edit(firm)
    pauses = []
    for _ in range(7):
        firm.work()
        retry_at, ended_at = firm.connection.retry_at, firm.last_run().ended_at
        assert retry_at is not None
        assert ended_at is not None
        pauses.append(round((retry_at - ended_at).total_seconds() / 60))
        pass_time(timedelta(minutes=pauses[-1], seconds=1))
    assert pauses == [1, 2, 4, 8, 16, 20, 20]
    page.reload()
    expect(page.locator(".notice-info")).to_contain_text("QuickBooks is not answering.")
    firm.sandbox.sandbox.conditions.set_outage(Outage())
    firm.work()
    assert firm.connection.outage_since is None
    page.goto(page.url.split("/c/")[0] + firm.url("quickbooks"))
    expect(page.locator(".timeline")).to_contain_text("QuickBooks answers again")


def test_d3_an_authorisation_that_was_not_used_for_100_days_says_so(
    firm: Firm, page: Page, pass_time: Callable[[timedelta], None]
) -> None:
    pass_time(timedelta(days=102))
    firm.work()
    assert firm.connection.cause == Cause.UNUSED
    assert "was not used for 100 days" in banner(page, firm)
