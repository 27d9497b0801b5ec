from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.pages import factories as make
from tests.pages.scene import Scene


def test_someone_logs_in_and_out(open_page: Callable[..., Page], made: Scene) -> None:
    wanted = reverse("results", args=[made.company.pk])
    page = open_page(wanted, log_in=False)
    page.get_by_label("E-mail").fill(made.owner.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Sync Results")).to_be_visible()
    assert page.url.endswith(wanted)
    page.get_by_text("You: Mara Lindqvist").locator("..").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()


def test_someone_changes_the_company_and_stays_on_the_page(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("invoices", args=[made.company.pk]))
    page.locator("#companies summary").click()
    page.get_by_role("link", name="Quayside Offices").click()
    expect(page.get_by_role("heading", name="Invoices")).to_be_visible()
    expect(page.locator(".company-name")).to_contain_text("Quayside Offices")
    expect(page.get_by_text("No invoices yet.")).to_be_visible()


def test_the_look_can_be_chosen(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("overview", args=[made.company.pk]))
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("#person summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(ground) != light


def test_the_look_follows_the_readers_system(open_page: Callable[..., Page], made: Scene) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    address = reverse("overview", args=[made.company.pk])
    assert open_page(address, theme="dark").evaluate(ground) != open_page(address, theme="light").evaluate(ground)


def test_the_menu_opens_on_a_narrow_screen(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("overview", args=[made.company.pk]), width=390)
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_hidden()
    page.get_by_role("link", name="Menu").click()
    menu.get_by_role("link", name="Invoices").click()
    expect(page.get_by_role("heading", name="Invoices")).to_be_visible()
    expect(menu).to_be_hidden()
