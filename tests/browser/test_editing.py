"""A2 as a person does it."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.pages.scene import Scene

from tieout.subledger.models import Contact, Invoice, Item, Payment
from tieout.sync.models import Cursor


def test_a2_an_invoice_is_entered_approved_and_syncs_at_once(open_page: Callable[..., Page], made: Scene) -> None:
    Item.objects.create(company=made.company, name="Rent", full_name="Rent", type="Service")
    page = open_page(reverse("invoices", args=[made.company.pk]))
    page.get_by_role("link", name="New invoice").click()
    page.get_by_label("Customer", exact=True).press_sequentially("Hollis", delay=20)
    expect(page.locator("#contact-choices option")).to_have_attribute("value", "Hollis Marine")
    page.get_by_label("Customer", exact=True).fill("Hollis Marine")
    page.get_by_label("Product or service of line 1").select_option("Rent")
    page.get_by_label("Quantity of line 1").fill("2")
    page.get_by_label("Rate of line 1").fill("412.50")
    page.get_by_role("button", name="Save and approve").click()
    expect(page.get_by_text("Approved", exact=True)).to_be_visible()
    expect(page.get_by_text("825.00").first).to_be_visible()
    assert Invoice.objects.latest("pk").contact.name == "Hollis Marine"
    assert Cursor.objects.get(company=made.company).wanted
    expect(page.locator("#spinner")).to_contain_text("Starting")


def test_a2_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(
    open_page: Callable[..., Page], made: Scene
) -> None:
    page = open_page(reverse("new-account", args=[made.company.pk]))
    page.get_by_label("Name", exact=True).fill("Colon: Ltd")
    page.get_by_label("City").fill("Astoria")
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_text("Must not hold a colon")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Colon Ltd")
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_role("heading", name="Colon Ltd")).to_be_visible()
    assert Contact.objects.get(name="Colon Ltd").city == "Astoria"


def test_a2_an_invoice_is_paid_and_the_payment_voided(open_page: Callable[..., Page], made: Scene) -> None:
    page = open_page(reverse("invoice", args=[made.company.pk, made.open_invoice.pk]))
    page.get_by_role("link", name="Enter a payment").click()
    page.get_by_role("button", name="Enter the payment").click()
    expect(page.get_by_role("heading", name="Allocations")).to_be_visible()
    made.open_invoice.refresh_from_db()
    assert made.open_invoice.balance == 0
    page.get_by_role("link", name="Void").click()
    expect(page.get_by_text("is open again")).to_be_visible()
    page.get_by_role("button", name="Void it").click()
    expect(page.get_by_text("Void", exact=True)).to_be_visible()
    assert Payment.objects.latest("pk").status == "void"
