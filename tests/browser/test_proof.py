"""What nobody else has: the preview of a run, the tie-out, the audit trail, the guard against mass changes; B7; A6."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.test_results import results
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.jobs.behind import comparing
from tieout.sync.models import Cursor, Link, Run, State, Task
from tieout.sync.tie_out.statement import Statement


def test_a6_a_run_asked_for_during_a_run_comes_once_after_it(open_page: Callable[..., Page], made: Scene) -> None:
    make.run(made.company, make.NOON, Run.Ending.RUNNING)
    page = open_page(results(made))
    for _ in range(2):
        page.get_by_role("button", name="Sync", exact=True).click()
        expect(page.get_by_text("Sync asked for.")).to_be_visible()
    assert Cursor.objects.filter(company=made.company, wanted=True).count() == 1
    assert Run.objects.filter(company=made.company, ending=Run.Ending.RUNNING).count() == 1


def test_b7_what_the_filter_shows_comes_as_csv(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made) + "?from=&kind=credit_note")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Type"] for row in rows] == ["Credit note"]


def test_the_next_runs_writes_are_seen_before_it_starts(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("preview", args=[made.company.pk]))
    expect(page.get_by_role("heading", name="1 invoice would be made in QuickBooks")).to_be_visible()
    page.locator(".planned summary", has_text="Contact Smith Ltd").click()
    expect(page.get_by_role("row", name="Phone")).to_contain_text("503 555 0170")
    page.get_by_role("button", name="Start this run").click()
    expect(page.get_by_text("Sync asked for.")).to_be_visible()
    assert Cursor.objects.get(company=made.company).wanted


def test_both_books_are_compared_on_three_levels(
    open_page: Callable[..., Page], made: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Statement([], {"Customer": Decimal(0), "Vendor": Decimal(0)}, make.NOON)
    monkeypatch.setattr(comparing, "_statement", lambda company: (nothing, ""))
    page = open_page(reverse("overview", args=[made.company.pk]))
    page.get_by_role("link", name="See the tie-out").click()
    expect(page.get_by_text("a journal entry is of a kind that is not synced")).to_be_visible()
    page.get_by_role("button", name="Compare both books now").click()
    expect(page.get_by_role("heading", name="What is owed by each contact")).to_be_visible()
    assert Task.objects.filter(what=Task.What.TIE_OUT, state=Task.State.DONE).count() == 2


def test_the_audit_trail_is_filtered_and_opened_for_one_record(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("audit", args=[made.company.pk]))
    expect(page.get_by_role("row", name="1042").first).to_contain_text("edit by mara@example.com")
    page.get_by_label("Type").select_option(label="Payments")
    expect(page.get_by_text("Nothing in the audit trail matches")).to_be_visible()
    page.goto(page.url.split("/sync/")[0] + f"/sync/results/{made.failed.pk}/")
    page.get_by_role("link", name="Audit trail of this record").click()
    expect(page.get_by_role("heading", name="Audit trail of Invoice 1042")).to_be_visible()


def test_mass_changes_are_released_by_who_has_seen_them(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(results(made) + "?from=&reason=mass_change")
    page.locator(".expand").first.click()
    page.get_by_role("link", name="See the list and release it").click()
    expect(page.get_by_role("heading", name="3 invoices would be voided in Tieout")).to_contain_text("225.00")
    page.get_by_role("button", name="Let 3 changes through").click()
    expect(page.get_by_text("Released 3 records.")).to_be_visible()
    expect(page.get_by_text("Nothing is stopped.")).to_be_visible()
    assert not Link.objects.filter(reason="mass_change").exists()


def test_b6_an_act_on_many_shows_what_became_of_each(
    open_page: Callable[..., Page], made: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tieout.pages.views.deciding.linking.AT_ONCE", 1)
    page = open_page(results(made) + "?from=&q=120&kind=invoice")
    page.locator("[data-tick]").first.check()
    page.get_by_label("that match").check()
    page.get_by_role("button", name="Unlink records").click()
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_role("heading", name="Unlinked")).to_be_visible()
    assert Link.objects.filter(state=State.UNLINKED).count() > 2
