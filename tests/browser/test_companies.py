"""B2: all companies; F1 and F2: what others see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.subledger.models import Role


def test_b2_all_companies_show_their_status_and_are_filtered_by_it(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("overview", args=[made.company.pk]))
    page.locator("#companies summary").click()
    page.get_by_role("link", name="All companies").click()
    expect(page.get_by_role("row", name="Harbour Lettings")).to_contain_text("Has errors")
    expect(page.get_by_role("row", name="Quayside Offices")).to_contain_text("first sync not started. Start it")
    page.get_by_role("link", name="Has errors 1").click()
    expect(page.get_by_role("row", name="Quayside Offices")).to_have_count(0)
    page.get_by_role("link", name="Errors in Harbour Lettings").click()
    expect(page.get_by_role("heading", name="Sync Results")).to_be_visible()


def test_b2_the_menu_of_the_results_leads_to_those_of_another_company(
    open_page: Callable[..., Page], made: Scene
) -> None:
    page = open_page(reverse("results", args=[made.company.pk]))
    page.locator("#page-menu summary").click()
    page.locator("#page-menu").get_by_role("link", name="Quayside Offices").click()
    expect(page.get_by_role("heading", name="Sync Results")).to_be_visible()
    expect(page.locator(".company-name")).to_have_text("Quayside Offices")


def test_the_status_of_the_integration_is_reached_by_its_logo(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("integrations", args=[made.company.pk]))
    page.get_by_role("link", name="QuickBooks Online: integration status").click()
    expect(page.get_by_text("Sync From", exact=True)).to_be_visible()


def test_f1_who_may_not_does_not_see_the_control(open_page: Callable[..., Page], made: Scene) -> None:
    viewer = make.person("vera@example.com", Role.VIEWER, made.company)
    page = open_page(reverse("results", args=[made.company.pk]) + f"?open={made.failed.pk}", user=viewer)
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    for name in ("Sync", "Try again", "Unlink", "Change it"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    expect(page.locator("[data-tick]")).to_have_count(0)


def test_f1_who_may_not_is_told_whom_to_ask(open_page: Callable[..., Page], made: Scene) -> None:
    member = make.person("max@example.com", Role.MEMBER, made.company)
    page = open_page(reverse("overview", args=[made.company.pk]), user=member)
    answer = page.request.get(page.url + f"sync/unlink/?link={made.failed.pk}")
    assert answer.status == 403
    assert "Ask Mara Lindqvist" in answer.text()


@pytest.mark.parametrize("name", ["results", "invoices", "tie-out", "audit", "results-csv"])
def test_f2_another_companys_pages_do_not_exist(open_page: Callable[..., Page], made: Scene, name: str) -> None:
    stranger = make.person("sam@example.com", Role.OWNER, make.company("Elsewhere"))
    page = open_page("/", user=stranger)
    answer = page.request.get(page.url.split("/c/")[0] + reverse(name, args=[made.company.pk]))
    assert answer.status == 404
