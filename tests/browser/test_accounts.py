"""C4, C5, E1, E2 and E5: accounts and their status in QuickBooks."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.test_results import results
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.sync.models import Link, Policy, State, Status


def test_c4_a_customer_in_another_currency_fails_with_both_ways_out(
    open_page: Callable[..., Page], made: Scene
) -> None:
    contact = make.contact(made.company, "Maison Verte")
    link = make.failed(
        contact, "It is in EUR in QuickBooks.", "other_currency", facts={"currency": "EUR", "home": "USD"}
    )
    page = open_page(results(made) + f"?open={link.pk}")
    expect(page.get_by_text("make it inactive there and use one in USD")).to_be_visible()
    expect(page.get_by_role("link", name="Unlink", exact=True)).to_be_visible()


def test_c5_an_unlinked_record_stays_in_the_lists_marked(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("invoices", args=[made.company.pk]) + "?q=0987")
    expect(page.get_by_role("row", name="0987")).to_contain_text("Not synced")
    page.get_by_role("link", name="0987").click()
    expect(page.get_by_text("Unlinked", exact=True)).to_be_visible()


def test_e1_the_reason_of_a_status_is_told_by_keyboard(open_page: Callable[..., Page], made: Scene) -> None:
    Link.objects.filter(name="Hollis Marine", kind="contact").update(status=Status.FAILED, details="Its name is taken.")
    page = open_page(reverse("accounts", args=[made.company.pk]) + "?sync=failed")
    status = page.get_by_role("link", name="Failed: Its name is taken.")
    status.focus()
    expect(status).to_be_focused()
    expect(status).to_have_attribute("title", "Its name is taken.")


def test_e2_all_accounts_or_those_with_documents_are_synced(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("settings", args=[made.company.pk]))
    page.get_by_label("Which accounts are synced").select_option(label="All accounts")
    page.get_by_label("When both books were changed").select_option(label="QuickBooks wins")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    policy = Policy.objects.get(company=made.company)
    assert (policy.contacts, policy.conflicts) == (Policy.Contacts.ALL, Policy.Conflicts.THEIRS)


def test_e2_a_rule_that_makes_no_sense_is_refused_beside_its_field(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("settings", args=[made.company.pk]))
    page.get_by_label("or this share of them").fill("120")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".problem")).to_contain_text("100")
    expect(page.get_by_label("or this share of them")).to_have_value("120")


def test_e5_a_near_match_asks_a_person(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("result", args=[made.company.pk, made.twins.pk]))
    page.get_by_role("link", name="Say whether they are the same").click()
    page.get_by_role("button", name="They are not the same").click()
    expect(page.get_by_text("Decided.")).to_be_visible()
    made.twins.refresh_from_db()
    assert made.twins.state == State.NEW
    assert made.twins.apart_from == ["771"]
