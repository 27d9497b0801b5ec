"""B6, C1 to C3, E3 and E4 as a person does them."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.test_results import results, row
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.sync.models import Link, State


def test_b6_ticks_raise_the_bar_survive_a_refresh_and_unlink_many(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made) + "?q=Brightwater&from=")
    rows = page.locator("tbody.result")
    number = rows.count()
    page.locator("[data-tick]").nth(0).check()
    page.locator("[data-tick]").nth(1).check()
    expect(page.locator("#ticked")).to_have_text("2 ticked:")
    make.link(make.contact(made.company, "Brightwater Annex"), attempted_at=make.NOON)
    page.get_by_role("link", name="Refresh").click()
    expect(rows).to_have_count(number + 1)
    expect(page.locator("#ticked")).to_have_text("2 ticked:")
    page.get_by_label("that match").check()
    page.get_by_role("button", name="Unlink records").click()
    expect(page.get_by_role("heading", name="Unlink")).to_be_visible()
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("Unlinked:")).to_be_visible()
    assert Link.objects.filter(name__startswith="Brightwater").exclude(state=State.UNLINKED).count() == 0


def test_c1_c2_a_record_is_unlinked_from_its_row_after_its_cascade_was_shown(
    open_page: Callable[..., Page], made: Scene
) -> None:
    page = open_page(results(made) + f"?open={made.linked_account.pk}")
    page.get_by_role("link", name="Unlink", exact=True).click()
    expect(page.locator(".fact")).to_contain_text("out of every sync")
    expect(page.locator(".tree")).to_contain_text("Payment CHQ 11")
    page.get_by_label("Why?").fill("Another currency there")
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_label("Link", exact=True)).to_have_value("unlinked")
    expect(row(page, "Unlinked by mara@example.com on 20 Nov 2026.").first).to_be_visible()


def test_c3_an_unlinked_record_is_linked_again_after_both_sides_were_compared(
    open_page: Callable[..., Page], made: Scene
) -> None:
    page = open_page(results(made) + "?link=unlinked&from=")
    page.locator(f"#tick-{made.unlinked.pk}").check()
    page.get_by_role("button", name="Link records", exact=True).click()
    expect(page.get_by_text("Nothing is written before you accept.")).to_be_visible()
    page.get_by_role("button", name="Link 1 record").click()
    expect(page.get_by_text("Linked again: 1 record.")).to_be_visible()
    made.unlinked.refresh_from_db()
    assert made.unlinked.state == State.WAITING


def test_e3_an_account_is_synced_to_the_client_that_was_found_by_searching(
    open_page: Callable[..., Page], made: Scene
) -> None:
    make.customer(made.company, "4711", "Smithson Partners")
    account = make.contact(made.company, "Nobody yet")
    page = open_page(reverse("account", args=[made.company.pk, account.pk]))
    page.get_by_text("What to do about the sync of this account").locator("..").click()
    page.get_by_role("link", name="Sync account to QuickBooks").click()
    page.get_by_role("searchbox", name="Search in QuickBooks").press_sequentially("smithson", delay=20)
    page.get_by_label("Smithson Partners").check()
    page.get_by_role("button", name="Sync this account").click()
    expect(page.get_by_text("The next run carries it out.")).to_be_visible()
    assert Link.objects.get(kind="contact", record_id=account.pk).qbo_id == "4711"


def test_e4_an_account_is_left_out_of_the_sync(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("account", args=[made.company.pk, made.contact.pk]))
    page.get_by_text("What to do about the sync of this account").locator("..").click()
    page.get_by_role("link", name="Do not sync this account").click()
    page.get_by_role("button", name="Do not sync this account").click()
    expect(page.locator(".sync-line")).to_contain_text("Skipped")


def test_a_conflict_is_settled_after_its_result_was_shown(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("conflict-of-result", args=[made.company.pk, made.conflict.pk]))
    page.get_by_label("Phone from Tieout").check()
    page.get_by_label("Address from QuickBooks").check()
    page.get_by_role("button", name="Show the result").click()
    expect(page.get_by_text("Nothing has been written yet.")).to_be_visible()
    page.get_by_role("button", name="Carry it out").click()
    expect(page.get_by_text("The next run carries it out.")).to_be_visible()
