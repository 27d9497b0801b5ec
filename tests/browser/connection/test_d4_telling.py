"""D4: who is told of lost access, and how."""

from __future__ import annotations

from collections.abc import Callable

from django.core.mail import EmailMultiAlternatives
from playwright.sync_api import Page, expect
from tests.browser.connection.conftest import Firm, edit, in_quickbooks, set_up
from tests.pages import factories as make

from tieout.subledger.models import Role


def test_d4_a_red_banner_for_those_who_may_reconnect_a_neutral_note_for_others_and_one_mail(
    firm: Firm, browse: Callable[..., Page]
) -> None:
    firm.item_there()
    page = set_up(firm, browse)
    there = in_quickbooks(page, firm)
    there.get_by_text("By Robin Marsh").locator("..").get_by_role("button", name="Disconnect").click()
    edit(firm)
    for _ in range(3):
        firm.work()
        sent = firm.tend()
    assert [message.to for message in sent] == [[firm.owner.email]]
    assert isinstance(sent[0], EmailMultiAlternatives)
    html, _ = sent[0].alternatives[0]
    assert isinstance(html, str)
    assert "most likely the app was disconnected" in sent[0].body
    assert "Reconnect to QuickBooks Online" in html
    admin = make.person("ada@example.com", Role.ADMIN, firm.company)
    member = make.person("mo@example.com", Role.MEMBER, firm.company)
    for name in ("overview", "results", "accounts", "people"):
        page = browse(name, by=admin)
        expect(page.locator(".banner-red")).to_contain_text("Nothing is lost; documents wait.")
        expect(page.get_by_role("link", name="Reconnect to QuickBooks Online")).to_be_visible()
        page = browse(name, by=member)
        expect(page.locator(".banner-red")).to_have_count(0)
        expect(page.get_by_text("Documents wait until an owner or admin has reconnected")).to_be_visible()
        expect(page.get_by_role("link", name="Reconnect")).to_have_count(0)
