"""In a real browser: new calls show by themselves, under the pages' own content security policy."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")


@pytest.mark.browser
def test_calls_show_as_they_come_in(served: Any) -> None:
    if not CHROMIUM.exists():
        pytest.skip("there is no /usr/bin/chromium; apt-get install chromium brings it")
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{served.url}/app/panel")
        expect(page.locator("#calls")).to_contain_text("0 calls")
        served.api_post("customer", {"DisplayName": "A"}, requestid="seen-live")
        expect(page.locator("#calls")).to_contain_text("seen-live", timeout=15_000)
        browser.close()
    assert complaints == []
