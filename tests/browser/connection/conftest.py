"""A company that is connected, loses access and is mended as people do it: through the sandbox's own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import sleep as real_sleep
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.conftest import ColorScheme
from tests.pages import factories as make
from tests.quickbooks.conftest import ServedSandbox, sandbox

from quickbooks_sandbox.books.company import Books
from tieout import clock, jobs
from tieout.jobs import due, running, tending
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Contact, Invoice, Item, Role, User
from tieout.subledger.services import contacts, documents, states
from tieout.subledger.services.lines import LineDraft
from tieout.sync.models import Run

__all__ = ["sandbox"]

THEIR_LOG_IN = ("owner@example.com", "sandbox")
BY = "mara@example.com"


def apart(work: Callable[[], object]) -> None:
    """In a thread of its own, as a runner does it; this one belongs to the browser's event loop."""

    def worked() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(worked).result()


@dataclass
class Firm:
    company: Company
    owner: User
    sandbox: ServedSandbox

    @property
    def connection(self) -> Connection:
        return Connection.objects.get(pk=self.company.pk)

    @property
    def theirs(self) -> Books:
        return self.sandbox.sandbox.companies.first()

    @property
    def realm(self) -> str:
        return self.sandbox.realms[0]

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.company.pk, *args])

    def work(self) -> None:
        """The runner's next moments: whatever is due now is run."""

        def run_due() -> None:
            while job := due.claim():
                running.run(job)

        apart(run_due)

    def tend(self) -> list[EmailMessage]:
        """The runner's look after mails; what was sent so far."""
        apart(tending.tend)
        return mail.outbox

    def condition(self, **changes: Any) -> None:
        self.sandbox.sandbox.conditions.change(self.realm, changes)

    def customer_there(self, name: str, **members: Any) -> str:
        return str(self.theirs.create("Customer", {"DisplayName": name, **members})["Id"])

    def item_there(self) -> str:
        income = next(a for a in self.theirs.query("select * from Account").rows if a["AccountType"] == "Income")
        item = {"Name": "Rent", "Type": "Service", "IncomeAccountRef": {"value": income["Id"]}}
        return str(self.theirs.create("Item", item)["Id"])

    def invoice_there(self, customer: str, item: str, amount: str, day: str, number: str) -> None:
        detail = {"ItemRef": {"value": item}}
        line = {"DetailType": "SalesItemLineDetail", "Amount": Decimal(amount), "SalesItemLineDetail": detail}
        body = {"CustomerRef": {"value": customer}, "TxnDate": day, "DocNumber": number, "Line": [line]}
        self.theirs.create("Invoice", body)

    def invoice(self, contact: Contact, amount: str, day: date, number: str = "") -> Invoice:
        item = Item.objects.of(self.company).get(name="Rent")
        made = documents.create(
            Invoice,
            self.company,
            BY,
            contact=contact,
            date=day,
            number=number,
            lines=[LineDraft(item, Decimal(amount))],
        )
        states.approve(made, BY)
        return made

    def contact(self, name: str, **values: str) -> Contact:
        return contacts.create(self.company, BY, name=name, **values)

    def last_run(self) -> Run:
        return Run.objects.filter(company=self.company).order_by("-pk")[0]


class ShiftedClock:
    """The real one, moved on when a test lets time pass; the sandbox's goes along."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def sleep(self, seconds: float) -> None:
        real_sleep(seconds)


@pytest.fixture
def pass_time(sandbox: ServedSandbox) -> Iterator[Callable[[timedelta], None]]:
    shifted = ShiftedClock()

    def passed(time: timedelta) -> None:
        shifted.shift += time
        sandbox.sandbox.clock.advance(time.total_seconds())

    with clock.using(shifted):
        yield passed


@pytest.fixture
def firm(sandbox: ServedSandbox, transactional_db: None, settings: Any) -> Firm:
    settings.QUICKBOOKS_SANDBOX = sandbox.origin
    company = Company.objects.create(name="Harbour Lettings")
    return Firm(company, make.person(BY, Role.OWNER, company), sandbox)


@pytest.fixture
def browse(chromium: Browser, live_server: LiveServer, firm: Firm) -> Iterator[Callable[..., Page]]:
    """Opens one of our pages as a person who has logged in here."""
    contexts: list[BrowserContext] = []

    def opened(name: str, *, by: User | None = None, width: int = 1280, theme: ColorScheme = "light") -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
        contexts.append(context)
        client = Client()
        client.force_login(by or firm.owner)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + firm.url(name))
        return page

    expect.set_options(timeout=10_000)
    yield opened
    for context in contexts:
        context.close()


def consent(page: Page, company: str = "Empty Company", log_in: tuple[str, str] = THEIR_LOG_IN) -> None:
    """From our button through QuickBooks' own pages and back."""
    page.get_by_role("button", name="Connect to QuickBooks").click()
    page.get_by_label("E-mail address").fill(log_in[0])
    page.get_by_label("Password").fill(log_in[1])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label(company).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Connect", exact=True).click()


def set_up(firm: Firm, browse: Callable[..., Page], day: str = "2026-01-01") -> Page:
    """The shortest way through the wizard."""
    page = browse("quickbooks")
    page.get_by_role("link", name="Connect", exact=True).click()
    page.get_by_role("link", name="Continue").click()
    consent(page)
    page.get_by_role("link", name="Next").click()
    page.get_by_label("Sync From").fill(day)
    page.get_by_role("button", name="Next").click()
    firm.work()
    expect(page.get_by_role("heading", name="QuickBooks is being read")).to_have_count(0)
    page.goto(page.url.split("/c/")[0] + firm.url("set-up-start"))
    page.get_by_role("button", name="Start the sync").click()
    expect(page.get_by_text("The first sync begins in a moment.")).to_be_visible()
    firm.work()
    return page


def in_quickbooks(page: Page, firm: Firm) -> Page:
    """QuickBooks' own page of the company's state: its subscription, its people, and the apps that are connected."""
    there = page.context.new_page()
    there.goto(f"{firm.sandbox.origin}/app/state?realmId={firm.realm}")
    return there


def edit(firm: Firm, name: str = "Nell Newcomer") -> Contact:
    """Somebody works on our side, which asks for a run at once."""
    made = firm.contact(name)
    firm.invoice(made, "75.00", date(2026, 10, 6), number=f"N-{made.pk}")
    jobs.wake(firm.company, by=BY)
    return made
