"""Every page in a real browser: nothing that axe objects to, in light and dark, and none wider than a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from quickbooks_sandbox.oauth.clients import BUILT_IN

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "browser" / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: rules, preload: false, resultTypes: ['violations']})"
ASKED = {
    "client_id": BUILT_IN.client_id,
    "response_type": "code",
    "scope": "com.intuit.quickbooks.accounting openid",
    "redirect_uri": "http://localhost:9/back",
    "state": "s",
}
CONSENT = f"/connect/oauth2?{urlencode(ASKED)}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("there is no /usr/bin/chromium; apt-get install chromium brings it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def sample(serve: Any) -> Any:
    served = serve(company="sample")
    served.sandbox.companies.create("empty", "Second Company")
    served.api_get("customer/999999")
    return served


def addresses(served: Any) -> list[str]:
    invoice = served.query("select * from Invoice where Balance > '0' maxresults 1")["Invoice"][0]["Id"]
    realm = f"realmId={served.realm_id}"
    return [
        "/app",
        "/app/panel",
        f"/app/homepage?{realm}",
        f"/app/list?entity=Invoice&{realm}",
        f"/app/list?entity=Attachable&{realm}",
        f"/app/invoice?txnId={invoice}&{realm}",
        f"/app/edit?entity=Invoice&id={invoice}&{realm}",
        f"/app/edit?entity=Customer&{realm}",
        f"/app/preferences?{realm}",
        f"/app/state?{realm}",
        "/connect/oauth2?client_id=unknown",
    ]


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, RULES)
    broken = [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]
    return broken + ["too wide"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")


def faults_on_the_way_to_consent(page: Page, url: str) -> list[str]:
    page.goto(url + CONSENT)
    found = faults(page)
    for password in ("guess", "sandbox"):
        page.get_by_label("E-mail address").fill("owner@example.com")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        found += faults(page)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Read and change the company's books")).to_be_visible()
    return found + faults(page)


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 390), ("light", 1280)])
def test_every_page_is_accessible_and_fits(
    chromium: Browser, sample: Any, theme: Literal["light", "dark"], width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
    page = context.new_page()
    broken = {}
    for address in addresses(sample):
        page.goto(sample.url + address)
        for folded in page.locator("details").all():
            folded.locator("summary").click()
        broken[address] = faults(page)
    broken[CONSENT] = faults_on_the_way_to_consent(page, sample.url)
    context.close()
    assert {address: found for address, found in broken.items() if found} == {}
