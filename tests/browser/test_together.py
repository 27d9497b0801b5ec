"""Two people on one page, and a person whose session ended: nobody's work is lost."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.pages import factories as make
from tests.pages.scene import Scene

from tieout.subledger.models import Role


def test_the_later_of_two_edits_is_told_and_keeps_what_was_typed(open_page: Callable[..., Page], made: Scene) -> None:
    address = reverse("edit-account", args=[made.company.pk, made.contact.pk])
    ann = make.person("ann@example.com", Role.MEMBER, made.company)
    first, second = open_page(address), open_page(address, user=ann)
    first.get_by_label("Phone").fill("503 555 0111")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_role("heading", name="Smith Ltd")).to_be_visible()
    second.get_by_label("City").fill("Salem")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("changed it since you opened it")).to_be_visible()
    expect(second.get_by_label("City")).to_have_value("Salem")
    made.contact.refresh_from_db()
    assert (made.contact.phone, made.contact.city) == ("503 555 0111", "Portland")


def test_one_unlinks_while_the_other_edits(open_page: Callable[..., Page], made: Scene) -> None:
    contact = made.linked_account.record_id
    editing = open_page(reverse("edit-account", args=[made.company.pk, contact]))
    admin = make.person("ada@example.com", Role.ADMIN, made.company)
    unlinking = open_page(reverse("unlink", args=[made.company.pk]) + f"?link={made.linked_account.pk}", user=admin)
    unlinking.get_by_role("button", name="Unlink").click()
    expect(unlinking.get_by_text("Unlinked:")).to_be_visible()
    editing.get_by_label("City").fill("Salem")
    editing.get_by_role("button", name="Save").click()
    expect(editing.get_by_text("Salem")).to_be_visible()
    expect(editing.get_by_text("Unlinked by ada@example.com").first).to_be_visible()


def test_a_decision_somebody_else_has_taken_meanwhile_is_told(open_page: Callable[..., Page], made: Scene) -> None:
    address = reverse("deleted-result", args=[made.company.pk, made.deleted.pk])
    first, second = open_page(address), open_page(address)
    first.get_by_role("button", name="Send it again").click()
    expect(first.get_by_text("Decided.")).to_be_visible()
    second.get_by_role("button", name="Void it here").click()
    expect(second.get_by_text("It is no longer shown as deleted in QuickBooks.")).to_be_visible()


def test_a_lost_session_returns_to_the_same_page(open_page: Callable[..., Page], made: Scene) -> None:
    address = reverse("results", args=[made.company.pk]) + "?from=&kind=invoice"
    page = open_page(address)
    Session.objects.all().delete()
    page.reload()
    page.get_by_label("E-mail").fill(made.owner.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Sync Results")).to_be_visible()
    assert page.url.endswith(address)


def test_a_page_that_refreshes_by_itself_leads_to_the_log_in_and_back(
    open_page: Callable[..., Page], made: Scene
) -> None:
    page = open_page(reverse("accounts", args=[made.company.pk]) + "?type=tenant")
    Session.objects.all().delete()
    page.locator("#flag summary").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.get_by_label("E-mail").fill(made.owner.email)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Accounts")).to_be_visible()
    assert page.url.endswith("?type=tenant")
