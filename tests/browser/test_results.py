"""B1 and B3 as a person does them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.subledger.models import Invoice
from tieout.sync.models import Link, Run


def results(made: Scene) -> str:
    return reverse("results", args=[made.company.pk])


def row(page: Page, text: str) -> Locator:
    return page.locator("tbody.result", has_text=text)


def test_b1_every_column_is_there_and_the_ids_lead_to_both_books(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made))
    names = page.locator("table.results thead th").all_inner_texts()
    columns = ["Date", "Type", "Tieout ID", "External ID", "Direction", "Status", "Details", "Link status"]
    assert names[1:-1] == columns
    failed = row(page, "books in QuickBooks are closed")
    theirs = failed.get_by_role("link", name=made.failed.qbo_id)
    assert str(theirs.get_attribute("href")).startswith("http://127.0.0.1:8080/app/invoice?txnId=")
    failed.get_by_role("link", name=str(made.failed.record_id), exact=True).click()
    expect(page.get_by_role("heading", name="Invoice 1042")).to_be_visible()


def test_b1_the_arrow_expands_the_row_and_the_address_can_be_sent_on(
    open_page: Callable[..., Page], made: Scene
) -> None:
    page = open_page(results(made))
    arrow = row(page, "books in QuickBooks are closed").get_by_role("link", name="More detail")
    arrow.click()
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()
    expect(page.get_by_text("differs").first).to_be_visible()
    page.get_by_text("Technical details").click()
    expect(page.get_by_text("1-65a1f0c2-7b").first).to_be_visible()
    assert f"open={made.failed.pk}" in page.url
    arrow.click()
    expect(page.get_by_role("heading", name="What to do")).to_be_hidden()
    assert "open=" not in page.url


def test_b1_the_arrow_works_without_a_script(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made), java_script_enabled=False)
    row(page, "books in QuickBooks are closed").get_by_role("link", name="More detail").click()
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()


def test_b3_a_filter_acts_at_once_and_becomes_a_chip(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made))
    page.get_by_label("Type", exact=True).select_option("Contacts")
    expect(page.get_by_text("Showing 1–12 of 12")).to_be_visible()
    assert "kind=contact" in page.url
    page.get_by_role("link", name="Contacts , remove this filter").click()
    expect(row(page, "books in QuickBooks are closed")).to_be_visible()


def test_b3_status_link_and_search_narrow_the_list(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made))
    page.get_by_label("Link", exact=True).select_option("Unlinked")
    expect(page.locator("tbody.result")).to_have_count(1)
    expect(row(page, "0987")).to_be_visible()
    page.get_by_label("Link", exact=True).select_option("All")
    page.get_by_label("Status", exact=True).select_option("Failed")
    expect(page.locator("tbody.result")).to_have_count(5)
    page.get_by_label("Search", exact=True).fill("credit note of 3 May")
    page.keyboard.press("Enter")
    expect(page.locator("tbody.result")).to_have_count(1)


def test_b3_the_filters_work_without_a_script(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made), java_script_enabled=False)
    page.get_by_label("Status", exact=True).select_option("Failed")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tbody.result")).to_have_count(5)


def test_b4_refresh_brings_what_is_new_and_keeps_the_open_row(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made))
    row(page, "books in QuickBooks are closed").get_by_role("link", name="More detail").click()
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()
    make.link(make.contact(made.company, "Just arrived"), attempted_at=make.NOON)
    page.get_by_role("link", name="Refresh").click()
    expect(row(page, "Just arrived")).to_be_visible()
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()


def test_b4_while_a_run_is_on_the_page_refreshes_by_itself(open_page: Callable[..., Page], made: Scene) -> None:
    make.run(made.company, ending=Run.Ending.RUNNING)
    page = open_page(results(made) + "?from=2026-11-01")
    expect(page.locator("#spinner")).to_be_visible()
    make.link(make.contact(made.company, "Just arrived"), attempted_at=make.NOON)
    expect(row(page, "Just arrived")).to_be_visible()


def test_b5_the_arrows_turn_pages(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made) + "?from=&per=25")
    expect(page.get_by_text("Showing 1–25 of")).to_be_visible()
    first = page.locator("tbody.result").first.inner_text()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text("Showing 26–")).to_be_visible()
    page.get_by_role("link", name="Previous page").click()
    expect(page.get_by_text("Showing 1–25 of")).to_be_visible()
    assert page.locator("tbody.result").first.inner_text() == first


def test_b5_all_rows_arrive_while_one_scrolls(
    open_page: Callable[..., Page], made: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tieout.pages.listing.PART", 15)
    page = open_page(results(made) + "?from=&per=all")
    every = Link.objects.count()
    rows = page.locator("tbody.result")
    while (seen := rows.count()) < every:
        page.mouse.wheel(0, 10_000)
        expect(rows.nth(seen)).to_be_attached()
    expect(rows).to_have_count(every)


def test_the_keyboard_alone_finds_and_opens_a_row(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made) + "?status=failed")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="What happened")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("1042")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Found for")).to_be_visible()


def test_records_are_read_from_list_to_page(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("accounts", args=[made.company.pk]))
    page.get_by_role("link", name="Smith Ltd").click()
    expect(page.get_by_role("heading", name="Info")).to_be_visible()
    page.get_by_role("link", name="1042").click()
    expect(page.get_by_role("heading", name="Invoice 1042")).to_be_visible()
    expect(page.locator(".sync-line")).to_contain_text("Failed")
    assert Invoice.objects.filter(number="1042").exists()
