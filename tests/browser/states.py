"""What a page looks like once somebody has opened, ticked, typed or been refused something, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.pages import situations, tied_out
from tests.pages.scene import Scene
from tests.pages.situations import company_of


@dataclass(frozen=True)
class State:
    address: Callable[[Scene], str]
    act: Callable[[Page], None]

    def reach(self, page: Page, origin: str, scene: Scene) -> None:
        page.goto(origin + self.address(scene))
        if self.act is not nothing:
            self.act(page)
            page.wait_for_load_state("networkidle")


def of(name: str, query: str = "", *, link: str = "") -> Callable[[Scene], str]:
    """The page's address; of the scene's `link` where it is about one."""
    ids = ("company",) if not link else ("company", link)
    return lambda scene: reverse(name, args=[getattr(scene, each).pk for each in ids]) + query


def at(company: str, name: str, query: str = "") -> Callable[[Scene], str]:
    """A page of one of the companies that are in trouble."""
    return lambda _scene: reverse(name, args=[company_of(company).pk]) + query


def nothing(page: Page) -> None:
    pass


def refuse_every_field(page: Page) -> None:
    for box in page.locator("main form :is(input[type=text], input[type=email], input:not([type]))").all():
        if box.is_visible():
            box.fill("x")
    page.locator("main form .btn-primary").first.click()


def refuse_every_choice(page: Page) -> None:
    """As a page sends it whose choices are no longer on offer."""
    page.evaluate("""for (const list of document.querySelectorAll("main form select")) {
      list.append(new Option("gone", "gone", true, true));
    }""")
    refuse_every_field(page)


def open_the_first_row(page: Page) -> None:
    page.locator(".expand").first.click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()


def tick_some(page: Page) -> None:
    for box in page.locator("[data-tick]").all()[:3]:
        box.check()
    expect(page.locator("#bulk")).to_be_visible()


def tick_all_that_match(page: Page) -> None:
    tick_some(page)
    page.locator("[data-all]").check()


def open_technical_details(page: Page) -> None:
    for summary in page.locator(".details-row summary").all():
        if summary.is_visible():
            summary.click()


def opened(menu: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator(f"#{menu} summary").click()
        expect(page.locator(f"#{menu} summary + *")).to_be_visible()

    return act


def sent(button: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=button).first.click()


def choose_and_look(page: Page) -> None:
    for group in page.locator("table.conflict tbody tr").all():
        group.get_by_role("radio").last.check()
    page.get_by_role("button", name="Show the result").click()


def open_the_tree(page: Page) -> None:
    for summary in page.locator("main details > summary").all():
        if summary.is_visible():
            summary.click()


def press_question_mark(page: Page) -> None:
    page.locator("body").press("?")


STATES = {
    # Of so few that no row lies half under the bar, which axe would take for a target that is too small.
    "results-ticked": State(of("results", "?from=&status=failed"), tick_some),
    "results-ticked-all": State(of("results", "?from=&status=failed"), tick_all_that_match),
    "results-technical": State(lambda scene: f"{of('results')(scene)}?open={scene.failed.pk}", open_technical_details),
    "results-narrowed": State(of("results", "?from=&kind=invoice&status=failed&q=10"), nothing),
    "results-unlinked": State(of("results", "?from=&link=unlinked"), nothing),
    "results-everything": State(of("results", "?from=&per=all"), nothing),
    "results-keys": State(of("results"), press_question_mark),
    "flag-opened": State(of("overview"), opened("flag")),
    "results-menu-opened": State(of("results"), opened("page-menu")),
    "quick-links-opened": State(of("overview"), opened("quick-links")),
    "companies-opened": State(of("overview"), opened("companies")),
    "person-opened": State(of("overview"), opened("person")),
    "settings-refused": State(of("settings"), refuse_every_choice),
    "schedule": State(of("schedule"), nothing),
    "schedule-refused": State(of("schedule"), refuse_every_field),
    "payer-refused": State(of("new-payment", "?contact=Nobody"), nothing),
    "new-account-refused": State(of("new-account"), sent("Add the account")),
    "new-invoice-refused": State(of("new-invoice"), sent("Save and approve")),
    "conflict-chosen": State(of("conflict-of-result", link="conflict"), choose_and_look),
    "preview-opened": State(of("preview"), open_the_tree),
    "tie-out-opened": State(of("tie-out"), open_the_tree),
    "audit-opened": State(of("audit"), open_the_tree),
}

# Beside the scene: of `situations`, which have to be built first.
TROUBLES = {
    "running": State(at(situations.RUNNING, "overview"), opened("spinner")),
    "running-results": State(at(situations.RUNNING, "results"), nothing),
    "running-runs": State(at(situations.RUNNING, "run"), nothing),
    "comparing": State(at(situations.RUNNING, "tie-out"), nothing),
    "asked-for": State(at(situations.ASKED, "overview"), nothing),
    "lost": State(at(situations.LOST, "overview"), nothing),
    "lost-to-viewer": State(at(situations.LOST_TO_VIEWER, "overview"), nothing),
    "outage": State(at(situations.OUTAGE, "overview"), nothing),
    "switched-off": State(at(situations.SWITCHED_OFF, "overview"), nothing),
    "stopped": State(at(situations.STOPPED, "overview"), opened("flag")),
    "half-set-up": State(at(situations.HALF_SET_UP, "overview"), nothing),
    "empty-overview": State(at(situations.EMPTY, "overview"), nothing),
    "empty-results": State(at(situations.EMPTY, "results"), nothing),
    "empty-accounts": State(at(situations.EMPTY, "accounts"), nothing),
    "empty-payments": State(at(situations.EMPTY, "payments"), nothing),
    "empty-tie-out": State(at(situations.EMPTY, "tie-out"), nothing),
    "empty-preview": State(at(situations.EMPTY, "preview"), nothing),
    "empty-audit": State(at(situations.EMPTY, "audit"), nothing),
    "empty-runs": State(at(situations.EMPTY, "run"), nothing),
    "long-overview": State(at(situations.LONG, "overview"), opened("companies")),
    "long-results": State(at(situations.LONG, "results", "?from=&status=failed"), open_the_first_row),
    "long-accounts": State(at(situations.LONG, "accounts"), nothing),
    "long-invoices": State(at(situations.LONG, "invoices"), nothing),
    "long-payments": State(at(situations.LONG, "payments"), nothing),
    "long-search": State(at(situations.LONG, "search", "?q=Llan"), nothing),
    "long-people": State(at(situations.LONG, "people"), nothing),
    "long-tie-out": State(at(situations.LONG, "tie-out"), nothing),
    "thousand-rows": State(at(situations.MANY, "results", "?from="), nothing),
    "tied-out": State(at(tied_out.NAME, "tie-out"), nothing),
    "new-invoice-refused-throughout": State(of("new-invoice"), refuse_every_field),
    "new-account-refused-throughout": State(of("new-account"), refuse_every_field),
    "invitation-refused": State(of("people"), sent("Send the invitation")),
}
