"""The main ways through the pages in a browser that runs no script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.addresses import addresses
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.subledger.models import Contact, Payment
from tieout.sync.models import Cursor, Link, Policy, State, Status

Open = Callable[..., Page]


@pytest.fixture
def plainly(open_page: Open, made: Scene) -> Callable[[str], Page]:
    return lambda name: open_page(addresses(made)[name], java_script_enabled=False)


def test_a_person_logs_in_and_is_led_to_the_page_they_asked_for(open_page: Open, made: Scene) -> None:
    page = open_page(reverse("results", args=[made.company.pk]), log_in=False, java_script_enabled=False)
    page.get_by_label("E-mail").fill("mara@example.com")
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Sync Results")).to_be_visible()


def test_the_menus_of_the_top_bar_open_and_start_a_sync(plainly: Callable[[str], Page], made: Scene) -> None:
    page = plainly("overview")
    page.locator("#flag summary").click()
    page.locator("#flag").get_by_role("link", name="Messages").click()
    expect(page.get_by_text("5 records need you")).to_be_visible()
    page.locator("#quick-links summary").click()
    page.locator("#quick-links").get_by_role("button", name="Start Sync").click()
    expect(page.get_by_text("Sync asked for.")).to_be_visible()
    assert Cursor.objects.get(company=made.company).wanted


def test_ticked_records_are_unlinked(open_page: Open, made: Scene) -> None:
    address = reverse("results", args=[made.company.pk]) + "?from=&status=synced&kind=payment"
    page = open_page(address, java_script_enabled=False)
    page.locator("[data-tick]").first.check()
    page.get_by_role("button", name="Unlink records").click()
    page.get_by_role("button", name="Unlink 1 record").click()
    expect(page.locator("tbody.result", has_text="CHQ 11")).to_contain_text("Unlinked")
    assert Link.objects.get(kind="payment").state == State.UNLINKED


def test_rules_are_saved(plainly: Callable[[str], Page], made: Scene) -> None:
    page = plainly("settings")
    page.get_by_label("Stop a run that changes more").fill("25")
    page.get_by_text("Exceptions from it").click()
    page.get_by_label("Due date").select_option("QuickBooks wins")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    policy = Policy.objects.get(company=made.company)
    assert (policy.mass_count, policy.conflicts_by_group) == (25, {"due date": "theirs"})


def test_an_account_is_added_and_left_out_of_the_sync(plainly: Callable[[str], Page], made: Scene) -> None:
    page = plainly("new-account")
    page.get_by_label("Name", exact=True).fill("Plain Joinery")
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_role("heading", name="Plain Joinery")).to_be_visible()
    page = plainly("account")
    page.locator("summary", has_text="What to do about the sync").click()
    page.get_by_role("link", name="Do not sync this account").click()
    page.get_by_role("button", name="Do not sync this account").click()
    assert Contact.objects.filter(name="Plain Joinery").exists()
    assert Link.objects.get(kind="contact", record_id=made.contact.pk).status == Status.SKIPPED


def test_a_payment_is_entered_for_who_paid(plainly: Callable[[str], Page], made: Scene) -> None:
    before = Payment.objects.count()
    page = plainly("new-payment")
    page.get_by_label("Who paid?").fill(made.open_invoice.contact.name)
    page.get_by_role("button", name="Show what is open").click()
    page.get_by_label("Amount received").fill("12.00")
    page.get_by_label(f"Amount for invoice {made.open_invoice}").fill("12.00")
    page.get_by_role("button", name="Enter the payment").click()
    expect(page.get_by_role("heading", name="Payment")).to_be_visible()
    assert Payment.objects.count() == before + 1


def test_a_conflict_is_settled(plainly: Callable[[str], Page], made: Scene) -> None:
    page = plainly("conflict")
    for group in page.locator("table.conflict tbody tr").all():
        group.get_by_role("radio").last.check()
    page.get_by_role("button", name="Show the result").click()
    page.get_by_role("button", name="Carry it out").click()
    made.conflict.refresh_from_db()
    assert not made.conflict.facts.get("groups")


def test_lists_are_turned_searched_and_sized(open_page: Open, made: Scene) -> None:
    page = open_page(reverse("invoices", args=[made.company.pk]) + "?per=25", java_script_enabled=False)
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text("Showing 26–")).to_be_visible()
    page.get_by_label("Rows per page").select_option("All")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-row]")).to_have_count(int(page.locator("#showing").inner_text().split()[-1]))
    page.get_by_label("Search records").fill("1042")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Found for")).to_be_visible()
