"""A1: how often a company syncs by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm, set_up

from tieout.sync.models import Policy, Run


def test_a1_the_interval_is_set_within_its_bounds_and_kept_to(
    firm: Firm, browse: Callable[..., Page], pass_time: Callable[[timedelta], None]
) -> None:
    firm.item_there()
    page = set_up(firm, browse)
    page.goto(page.url.split("/c/")[0] + firm.url("quickbooks"))
    page.get_by_role("link", name="Change the schedule").click()
    expect(page.get_by_text("A run that was missed is made up for once")).to_be_visible()
    field = page.get_by_label("Minutes between two automatic runs")
    expect(field).to_have_value("20")
    for wrong in ("4", "1441"):
        field.fill(wrong)
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".problem")).to_be_visible()
    field.fill("45")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Every 45 minutes.")).to_be_visible()
    assert Policy.objects.get().interval_minutes == 45
    pass_time(timedelta(minutes=46))
    firm.work()
    before = Run.objects.count()
    for _ in range(4):
        pass_time(timedelta(minutes=10))
        firm.work()
    assert Run.objects.count() == before
    pass_time(timedelta(minutes=6))
    firm.work()
    assert Run.objects.count() == before + 1


def test_a1_missed_slots_make_one_run_and_a_clock_set_back_doubles_none(
    firm: Firm, browse: Callable[..., Page], pass_time: Callable[[timedelta], None]
) -> None:
    firm.item_there()
    set_up(firm, browse)
    before = Run.objects.count()
    pass_time(timedelta(hours=9))
    firm.work()
    assert Run.objects.count() == before + 1
    pass_time(timedelta(minutes=-10))
    firm.work()
    firm.work()
    assert Run.objects.count() == before + 1
