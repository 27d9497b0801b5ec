"""The pages by keyboard alone: where the focus is can be seen, and it does not get lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.addresses import addresses
from tests.pages.scene import Scene

# A date's last stop is the browser's own calendar button inside the field, which the browser itself marks.
UNSEEN = """() => {
  const one = document.activeElement;
  if (one === document.body || one.type === "date") return "";
  return getComputedStyle(one).outlineStyle === "none" ? one.outerHTML.slice(0, 120) : "";
}"""


def unseen_stops(page: Page) -> list[str]:
    """What the tabulator reaches from the top of the page to its end without a mark that it is there."""
    found = []
    for _ in range(45):
        page.keyboard.press("Tab")
        found.append(page.evaluate(UNSEEN))
    return [each for each in found if each]


def test_the_focus_is_seen_wherever_the_tabulator_leads(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("results", args=[made.company.pk]))
    assert unseen_stops(page) == []
    page = open_page(reverse("unlink", args=[made.company.pk]) + f"?link={made.linked_account.pk}")
    assert unseen_stops(page) == []


def test_escape_closes_a_menu_and_leaves_the_focus_on_it(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("overview", args=[made.company.pk]))
    menu = page.locator("#quick-links summary")
    menu.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#quick-links")).not_to_have_attribute("open", "")
    expect(menu).to_be_focused()


def test_escape_closes_an_opened_row_and_leaves_the_focus_on_its_arrow(
    open_page: Callable[..., Page], made: Scene
) -> None:
    page = open_page(reverse("results", args=[made.company.pk]) + "?from=&status=failed")
    arrow = page.locator(".expand").first
    arrow.press("Enter")
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    page.locator(".details-row .btn").first.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="What happened")).to_be_hidden()
    expect(arrow).to_be_focused()


def test_an_account_is_opened_from_its_list(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("accounts", args=[made.company.pk]))
    for key in ("j", "j", "k", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Info")).to_be_visible()


@pytest.mark.parametrize("name", ["companies", "audit", "search", "tie-out", "invoices", "payments", "credit-notes"])
def test_every_list_is_walked_through_row_by_row(open_page: Callable[..., Page], made: Scene, name: str) -> None:
    page = open_page(addresses(made)[name])
    rows = page.locator("[data-row]")
    for key, at in (("j", 0), ("j", 1), ("k", 0)) if rows.count() > 1 else (("j", 0),):
        page.keyboard.press(key)
        expect(rows.nth(at).locator("[data-open]")).to_be_focused()
    target = rows.first.locator("[data-open]").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_a_row_that_was_ticked_is_where_the_keys_go_on(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("results", args=[made.company.pk]) + "?from=&status=failed")
    ticks = page.locator("[data-tick]")
    ticks.nth(1).check()
    page.keyboard.press("j")
    expect(page.locator(".expand").nth(2)).to_be_focused()
    page.keyboard.press("x")
    expect(ticks.nth(2)).to_be_checked()
