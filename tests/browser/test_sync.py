"""A3 to A5: starting a sync, the spinner and the flag."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.sync.models import Cursor, Run

PROGRESS = {"contact": {"done": 40, "total": 40}, "invoice": {"done": 3, "total": 12}}


def test_a3_a_sync_is_started_from_the_bell(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("invoices", args=[made.company.pk]))
    page.locator("#quick-links summary").click()
    page.get_by_role("button", name="Start Sync").click()
    expect(page.get_by_text("Sync asked for.")).to_be_visible()
    expect(page.get_by_role("heading", name="Invoices")).to_be_visible()
    assert Cursor.objects.get(company=made.company).wanted


def test_a3_a_sync_is_started_from_the_results_and_from_the_integration(
    open_page: Callable[..., Page], made: Scene
) -> None:
    for name in ("results", "quickbooks"):
        Cursor.objects.update(wanted=False)
        page = open_page(reverse(name, args=[made.company.pk]))
        page.get_by_role("button", name="Sync", exact=True).click()
        expect(page.get_by_text("Sync asked for.")).to_be_visible()
        assert Cursor.objects.get(company=made.company).wanted


def test_a4_the_spinner_shows_what_is_syncing_and_goes_when_the_run_ends(
    open_page: Callable[..., Page], made: Scene
) -> None:
    run = make.run(
        made.company, make.NOON, Run.Ending.RUNNING, progress=PROGRESS, kind="invoice", by="mara@example.com"
    )
    page = open_page(reverse("accounts", args=[made.company.pk]))
    page.locator("#spinner summary").click()
    expect(page.locator("#run-panel [aria-current=step]")).to_contain_text("3 of 12")
    run.progress = PROGRESS | {"invoice": {"done": 9, "total": 12}}
    run.save()
    expect(page.locator("#run-panel [aria-current=step]")).to_contain_text("9 of 12")
    run.ending, run.ended_at = Run.Ending.DONE, make.NOON
    run.save()
    expect(page.locator("#spinner")).to_have_count(0)
    expect(page.locator("#flag")).to_contain_text("Errors")


def test_a5_the_flag_opens_messages_and_a_message_its_row(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("overview", args=[made.company.pk]))
    page.locator("#flag summary").click()
    panel = page.locator("#flag-panel")
    expect(panel.get_by_text("5 records need you")).to_be_visible()
    expect(panel.locator("a").first).to_have_text("View Sync Results")
    panel.get_by_text("This invoice is dated 28 Feb").click()
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()
    assert f"open={made.failed.pk}" in page.url
